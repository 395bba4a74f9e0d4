/**
 * Rectangles collected by the paint they take and filled paint by paint: changing the fill of a canvas between every two rectangles costs
 * more than filling them. Buffers are kept from frame to frame.
 */
import type { KindPaint } from './palette.ts'

class Rects {
  #values = new Float32Array(1024)
  #length = 0

  add(x: number, y: number, width: number, height: number): void {
    if (this.#length + 4 > this.#values.length) {
      const larger = new Float32Array(this.#values.length * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#length++] = x
    this.#values[this.#length++] = y
    this.#values[this.#length++] = width
    this.#values[this.#length++] = height
  }

  fill(context: CanvasRenderingContext2D, style: string | CanvasPattern): void {
    if (this.#length === 0) return
    context.fillStyle = style
    const values = this.#values
    for (let i = 0; i < this.#length; i += 4) {
      context.fillRect(values[i] ?? 0, values[i + 1] ?? 0, values[i + 2] ?? 0, values[i + 3] ?? 0)
    }
    this.#length = 0
  }
}

/** Below this width a texture can't be told from its colour, which is filled faster. */
const TEXTURED_PIXELS = 4

export class RectBatch {
  #plain: Rects[] = []
  #textured: Rects[] = []

  #of(list: Rects[], kind: number): Rects {
    let rects = list[kind]
    if (rects === undefined) {
      rects = new Rects()
      list[kind] = rects
    }
    return rects
  }

  add(kind: number, x: number, y: number, width: number, height: number): void {
    this.#of(width < TEXTURED_PIXELS ? this.#plain : this.#textured, kind).add(x, y, width, height)
  }

  fill(context: CanvasRenderingContext2D, paints: readonly KindPaint[]): void {
    for (const [kind, paint] of paints.entries()) {
      this.#plain[kind]?.fill(context, paint.colour)
      this.#textured[kind]?.fill(context, paint.pattern ?? paint.colour)
    }
  }
}

/** The ruler above the lanes: labelled marks, and the moment under the pointer. */
import { fontOf, type Picture } from './picture.ts'
import { axisOf } from './ticks.ts'
import { pixelOf } from './viewport.ts'

export function drawAxis(context: CanvasRenderingContext2D, picture: Picture, height: number): void {
  const { view, pixels, palette, format } = picture
  context.clearRect(-8, 0, pixels + 16, height)
  const axis = axisOf(view, pixels, 84 * palette.rem)
  const minor = axis.step / axis.parts
  context.fillStyle = palette.line
  const last = Math.floor(view.to / minor)
  for (let n = Math.ceil(view.from / minor); n <= last; n++) {
    const x = Math.round(pixelOf(view, n * minor, pixels))
    context.fillRect(x, height - 4 * palette.rem, 1, 4 * palette.rem)
  }
  context.font = fontOf(palette, 12)
  context.textBaseline = 'middle'
  for (const time of axis.times) {
    const x = Math.round(pixelOf(view, time, pixels))
    context.fillStyle = palette.faint
    context.fillRect(x, height - 8 * palette.rem, 1, 8 * palette.rem)
    const text = format.tick(time, axis)
    const half = context.measureText(text).width / 2
    context.fillStyle = palette.muted
    context.textAlign = 'left'
    // At the edges a label stands inside instead of being cut.
    context.fillText(text, Math.min(Math.max(x - half, 0), pixels - 2 * half), (height - 6 * palette.rem) / 2)
  }
  context.fillStyle = palette.line
  context.fillRect(0, height - 1, pixels, 1)
}

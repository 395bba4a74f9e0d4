/**
 * The timeline as a picture to keep: title, ruler, every lane with its name, and the legend, on the surface and in the colours of the
 * theme, twice as fine as the screen. All lanes, also those scrolled away; in time, what is in view.
 */
import { download } from '../download.ts'
import { prepared } from './canvas-surface.ts'
import { drawAxis } from './draw-axis.ts'
import { drawOverlay } from './draw-overlay.ts'
import type { LaneNames } from './lane-names.ts'
import { type Palette, readPalette } from './palette.ts'
import { fontOf, type Picture } from './picture.ts'
import { kindOf } from './span-kinds.ts'
import { fittedText } from './text-fit.ts'
import { AXIS_HEIGHT, drawScene } from './use-drawing.ts'
import type { Viewport } from './viewport.ts'

const SCALE = 2
/** Canvases have a largest side in every browser; a picture of more lanes than that is cut at the bottom. */
const TALLEST = 6000

export interface PictureWords {
  title: string
  names: LaneNames
  kind(kind: ReturnType<typeof kindOf>): string
}

function drawNames(context: CanvasRenderingContext2D, picture: Picture, words: PictureWords, gutter: number): void {
  const { palette, layout, index } = picture
  context.textBaseline = 'middle'
  context.textAlign = 'left'
  for (const block of layout.blocks) {
    const heading = block.type === 'heading'
    if (heading) {
      context.fillStyle = palette.sunken
      context.fillRect(-gutter, block.y, gutter, block.height)
    }
    const lane = block.type === 'lane' ? index.lanes.get(block.id)?.lane : undefined
    const name = heading
      ? words.names.group(block.group)
      : block.type === 'counter'
        ? words.names.counter(index.counters.get(block.id)?.name ?? '')
        : lane === undefined
          ? ''
          : words.names.lane(lane)
    const font = fontOf(palette, heading ? 14 : 12, heading ? 600 : 400)
    const text = fittedText(context, font, name, heading && !block.collapsed ? gutter * 2 : gutter - 14)
    context.font = font
    context.fillStyle = heading ? palette.ink : palette.muted
    const middle = block.y + Math.min(block.height, 22 * palette.rem) / 2
    if (text === null) continue
    context.fillText(text.text, -gutter + (heading ? 6 : 12), middle + 0.5)
    const window = heading && !block.collapsed ? picture.window(block.group) : null
    if (window === null || !Number.isFinite(window.to)) continue
    context.font = fontOf(palette, 14)
    context.fillStyle = palette.muted
    context.fillText(picture.format.duration(window.to - window.from), -gutter + 14 + text.width, middle + 0.5)
  }
}

function drawKinds(
  context: CanvasRenderingContext2D,
  picture: Picture,
  words: PictureWords,
  y: number,
  wide: number,
): number {
  const { palette, index, kinds } = picture
  context.font = fontOf(palette, 13)
  context.textBaseline = 'middle'
  let x = 0
  let line = y
  for (const [code, paint] of palette.kinds.entries()) {
    if ((index.kinds & kinds & (1 << code)) === 0) continue
    const text = words.kind(kindOf(code))
    const needed = 20 * palette.rem + context.measureText(text).width + 18
    if (x + needed > wide && x > 0) {
      x = 0
      line += 24 * palette.rem
    }
    context.fillStyle = paint.pattern ?? paint.colour
    context.fillRect(x, line - 6 * palette.rem, 13 * palette.rem, 12 * palette.rem)
    context.fillStyle = palette.muted
    context.fillText(text, x + 19 * palette.rem, line)
    x += needed
  }
  return line + 16 * palette.rem
}

async function composePng(
  element: Element,
  picture: Omit<Picture, 'palette' | 'top' | 'height'>,
  words: PictureWords,
  range: Viewport | null,
): Promise<Blob | null> {
  const palette: Palette = readPalette(element, SCALE)
  const { rem } = palette
  const padding = 20 * rem
  const gutter = 136 * rem
  const head = 44 * rem
  const foot = 48 * rem
  const axisHeight = AXIS_HEIGHT * rem
  const wide = picture.pixels + gutter + 2 * padding
  const body = Math.min(picture.layout.height, TALLEST)
  const canvas = document.createElement('canvas')
  const context = prepared(canvas, wide, padding * 2 + head + axisHeight + body + foot, SCALE)
  if (context === null) return null
  const whole: Picture = { ...picture, palette, top: 0, height: body }

  context.fillStyle = palette.raised
  context.fillRect(0, 0, wide, canvas.height)
  context.fillStyle = palette.ink
  context.font = fontOf(palette, 18, 600)
  context.textBaseline = 'alphabetic'
  context.fillText(words.title, padding, padding + 18 * rem, wide - 2 * padding)

  // The ruler and the overlay clear what is below them, so they are drawn apart and laid on top.
  const lay = (height: number, y: number, draw: (apart: CanvasRenderingContext2D) => void): void => {
    const layer = document.createElement('canvas')
    const apart = prepared(layer, picture.pixels, height, SCALE)
    if (apart === null) return
    draw(apart)
    context.drawImage(layer, padding + gutter, y, picture.pixels, height)
  }
  const top = padding + head + axisHeight
  lay(axisHeight, padding + head, (apart) => drawAxis(apart, whole, axisHeight))
  lay(body, top, (apart) => {
    drawScene(apart, whole)
  })
  lay(body, top, (apart) => drawOverlay(apart, whole, { hovered: null, cursor: null, range, pointer: null }))
  context.save()
  context.translate(padding + gutter, top)
  drawNames(context, whole, words, gutter)
  context.restore()
  context.save()
  context.translate(padding, top + body + 24 * rem)
  drawKinds(context, whole, words, 0, wide - 2 * padding)
  context.restore()
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
}

/** Does nothing where the browser has no memory for the picture. */
export async function savePicture(...composed: Parameters<typeof composePng>): Promise<void> {
  const blob = await composePng(...composed)
  if (blob === null) return
  download(blob, `${composed[2].title}.png`)
}

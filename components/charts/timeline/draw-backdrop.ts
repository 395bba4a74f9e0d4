/** What stands behind the spans: surface, headings' bands, lines of the time grid, and the end of each group where only one round is shown. */
import type { Picture } from './picture.ts'
import { axisOf } from './ticks.ts'
import { pixelOf } from './viewport.ts'

export function drawBackdrop(context: CanvasRenderingContext2D, picture: Picture): void {
  const { layout, view, pixels, palette } = picture
  context.fillStyle = palette.raised
  context.fillRect(0, picture.top, pixels, picture.height)
  context.fillStyle = palette.grid
  for (const time of axisOf(view, pixels, 84 * palette.rem).times) {
    context.fillRect(Math.round(pixelOf(view, time, pixels)), picture.top, 1, picture.height)
  }
  for (const block of layout.blocks) {
    if (block.y + block.height < picture.top || block.y > picture.top + picture.height) continue
    if (block.type === 'heading') {
      context.fillStyle = palette.sunken
      context.fillRect(0, block.y, pixels, block.height)
    }
  }
}

/** In front of the spans: where a group's part of the round ends. How long it took stands in its heading. */
export function drawGroupEnds(context: CanvasRenderingContext2D, picture: Picture): void {
  const { layout, view, pixels, palette } = picture
  for (const [position, block] of layout.blocks.entries()) {
    if (block.type !== 'heading') continue
    const window = picture.window(block.group)
    if (window === null || !Number.isFinite(window.to)) continue
    const x = Math.round(pixelOf(view, window.to - window.offset, pixels))
    if (x < 0 || x > pixels + 1) continue
    let bottom = block.y + block.height
    for (const next of layout.blocks.slice(position + 1)) {
      if (next.group !== block.group) break
      bottom = next.y + next.height
    }
    context.fillStyle = palette.muted
    context.fillRect(Math.min(x, pixels - 1), block.y, 1, bottom - block.y)
  }
}

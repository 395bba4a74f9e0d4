/**
 * Counters as small areas: per pixel the smallest and the largest value that held there, so that no peak is hidden however much time
 * a pixel stands for. The area reaches up to the minimum, a lighter one on to the maximum.
 */
import { fontOf, type Picture } from './picture.ts'
import { width } from './viewport.ts'

export function drawCounters(context: CanvasRenderingContext2D, picture: Picture): void {
  const { index, layout, view, pixels, palette, format } = picture
  const perPixel = width(view) / pixels
  for (const block of layout.blocks) {
    if (block.type !== 'counter') continue
    if (block.y + block.height < picture.top || block.y > picture.top + picture.height) continue
    const window = picture.window(block.group)
    const counter = index.counters.get(block.id)
    const extremes = counter?.extremes()
    if (window === null || counter === undefined || extremes === null || extremes === undefined) continue
    const floor = Math.min(0, extremes.min)
    const span = extremes.max - floor || 1
    const room = block.height - 3 * palette.rem
    const yOf = (value: number): number => block.y + block.height - ((value - floor) / span) * room
    context.fillStyle = palette.model
    for (let x = 0; x < pixels; x++) {
      const from = view.from + x * perPixel + window.offset
      if (from > Math.min(window.to, counter.lastTime) || from + perPixel < window.from) continue
      const range = counter.range(from, from + perPixel)
      if (range === null) continue
      const low = yOf(range.min)
      const high = yOf(range.max)
      context.globalAlpha = 0.22
      context.fillRect(x, low, 1, block.y + block.height - low)
      context.globalAlpha = 0.75
      context.fillRect(x, high - 1, 1, Math.max(1.5, low - high))
    }
    context.globalAlpha = 1
    context.fillStyle = palette.line
    context.fillRect(0, block.y + block.height, pixels, 1)
    context.font = fontOf(palette, 11)
    context.textBaseline = 'top'
    context.textAlign = 'right'
    context.fillStyle = palette.faint
    context.fillText(format.number(extremes.max), pixels - 3, block.y + 2)
  }
}

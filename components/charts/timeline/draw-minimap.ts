/** The whole run at once, a strip per lane: where in it the view is, and where it is worth going. */
import { walkRow } from './level-of-detail.ts'
import type { Picture } from './picture.ts'
import { KIND_COUNT } from './span-kinds.ts'
import { width } from './viewport.ts'

/** `picture.view` is the whole of the bounds here, `picture.height` the height of the map. */
export function drawMinimap(context: CanvasRenderingContext2D, picture: Omit<Picture, 'spanName'>): void {
  const { index, layout, view, pixels, palette, height } = picture
  context.fillStyle = palette.sunken
  context.fillRect(0, 0, pixels, height)
  const shown = new Set(layout.blocks.filter((block) => block.type === 'heading').map((block) => block.group))
  const lanes = [...index.lanes.values()].filter(({ lane }) => shown.has(lane.group))
  const each = (height - 4) / Math.max(1, lanes.length)
  const perMicro = pixels / width(view)
  for (const [position, { lane, rows }] of lanes.entries()) {
    const window = picture.window(lane.group)
    if (window === null) continue
    const sight = {
      from: Math.max(view.from + window.offset, window.from),
      to: Math.min(view.to + window.offset, window.to),
      pixelsPerMicro: perMicro,
      kinds: picture.kinds,
    }
    const y = 2 + position * each
    const rowHeight = each / Math.max(1, rows.length)
    for (const [r, row] of rows.entries()) {
      const top = y + r * rowHeight
      const bar = Math.max(0.75, rowHeight - (rowHeight > 3 ? 0.5 : 0))
      walkRow(row, sight, {
        span(series, i) {
          const left = (series.start(i) - window.offset - view.from) * perMicro
          const right = (series.end(i) - window.offset - view.from) * perMicro
          context.fillStyle = palette.kinds[series.kind(i)]?.colour ?? palette.ink
          context.fillRect(left, top, Math.max(0.75, right - left), bar)
        },
        column(series, i, j, time) {
          let strongest = 0
          let most = -1
          for (let kind = 0; kind < KIND_COUNT; kind++) {
            if ((picture.kinds & (1 << kind)) === 0) continue
            const busy = series.busy(kind, i, j)
            if (busy > most) {
              most = busy
              strongest = kind
            }
          }
          context.globalAlpha = Math.min(1, 0.25 + most * perMicro)
          context.fillStyle = palette.kinds[strongest]?.colour ?? palette.ink
          context.fillRect((time - window.offset - view.from) * perMicro, top, 1, bar)
          context.globalAlpha = 1
        },
      })
    }
  }
}

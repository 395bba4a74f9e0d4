/**
 * Draws lanes: spans as blocks in their kind's colour and texture with their name where it fits, and what is thinner than a
 * pixel as columns stacked by the share of time that each kind took there.
 */

import type { GroupWindow } from './group-clock.ts'
import type { Block } from './layout.ts'
import { type Sink, walkRow } from './level-of-detail.ts'
import { fontOf, type Picture } from './picture.ts'
import { RectBatch } from './rect-batch.ts'
import type { RowSeries } from './row-series.ts'
import { KIND_COUNT } from './span-kinds.ts'
import { fittedText } from './text-fit.ts'
import { width } from './viewport.ts'

/** One for all timelines of a page: frames are drawn one after another. */
const batch = new RectBatch()

interface NameTag {
  row: RowSeries
  i: number
  left: number
  right: number
  y: number
  height: number
}

/** Holds what changes from row to row, so that a frame allocates nothing per span but the names it shows. */
class RowBrush implements Sink {
  #picture: Picture
  #perMicro: number
  #origin = 0
  #y = 0
  #height = 0
  #named = false
  spans = 0
  tags: NameTag[] = []

  constructor(picture: Picture) {
    this.#picture = picture
    this.#perMicro = picture.pixels / width(picture.view)
  }

  begin(y: number, height: number, offset: number): void {
    const { view, palette } = this.#picture
    this.#y = y
    this.#height = height
    // Whole pixels: panning then moves the grid of columns without changing it.
    this.#origin = Math.round((view.from + offset) * this.#perMicro)
    this.#named = height >= 12 * palette.rem
  }

  span(row: RowSeries, i: number): void {
    const from = Math.round(row.start(i) * this.#perMicro) - this.#origin
    const to = Math.round(row.end(i) * this.#perMicro) - this.#origin
    const left = Math.max(from, -8)
    const right = Math.min(to, this.#picture.pixels + 8)
    this.spans++
    // Neighbours are told apart by a line of background, where there is room for one.
    const gap = to - from > 3 ? 1 : 0
    batch.add(row.kind(i), left, this.#y, Math.max(1, right - left - gap), this.#height)
    if (!this.#named || right - left <= 26) return
    const edge = Math.min(right, this.#picture.pixels)
    this.tags.push({ row, i, left: Math.max(left, 0), right: edge, y: this.#y, height: this.#height })
  }

  column(row: RowSeries, i: number, j: number, time: number): void {
    const x = Math.round(time * this.#perMicro) - this.#origin
    let bottom = this.#y + this.#height
    for (let kind = 0; kind < KIND_COUNT; kind++) {
      if ((row.present & this.#picture.kinds & (1 << kind)) === 0) continue
      const share = Math.min(1, row.busy(kind, i, j) * this.#perMicro)
      if (share === 0) continue
      // Never thinner than a pixel and a half: what happened must leave a mark.
      const height = Math.min(bottom - this.#y, Math.max(1.5, share * this.#height))
      batch.add(kind, x, bottom - height, 1, height)
      bottom -= height
    }
  }
}

function drawName(context: CanvasRenderingContext2D, picture: Picture, tag: NameTag): void {
  const { index, palette, spanName } = picture
  const name = index.spanAt(tag.row.span(tag.i))?.name
  const paint = palette.kinds[tag.row.kind(tag.i)]
  if (name === undefined || paint === undefined) return
  const font = fontOf(palette, Math.min(12, (tag.height / palette.rem) * 0.8), 500)
  // A texture must stay visible beside the name.
  const room = tag.right - tag.left - (paint.pattern === null ? 10 : 26)
  const text = fittedText(context, font, spanName(name), room)
  if (text === null) return
  if (paint.pattern !== null) {
    context.fillStyle = paint.colour
    context.fillRect(tag.left + 2, tag.y + 1, text.width + 6, tag.height - 2)
  }
  context.font = font
  context.fillStyle = paint.ink
  context.fillText(text.text, tag.left + 5, tag.y + tag.height / 2 + 0.5)
}

export function drawRows(context: CanvasRenderingContext2D, picture: Picture): { spans: number; aggregated: number } {
  const { index, layout, view, kinds, palette } = picture
  const brush = new RowBrush(picture)
  let aggregated = 0

  const drawLane = (
    lane: string,
    window: GroupWindow,
    y: number,
    rowHeight: number,
    rows: number,
    gap: number,
  ): void => {
    const sight = {
      from: Math.max(view.from + window.offset, window.from),
      to: Math.min(view.to + window.offset, window.to),
      pixelsPerMicro: picture.pixels / width(view),
      kinds,
    }
    const series = index.lanes.get(lane)?.rows ?? []
    for (let r = 0; r < Math.min(rows, series.length); r++) {
      const row = series[r]
      if (row === undefined) continue
      brush.begin(y + r * rowHeight, Math.max(1, rowHeight - gap), window.offset)
      aggregated += walkRow(row, sight, brush)
    }
  }

  const drawCollapsed = (block: Block & { type: 'heading' }, window: GroupWindow): void => {
    const lanes = [...index.lanes.values()].filter(({ lane }) => lane.group === block.group)
    const rows = lanes.reduce((sum, lane) => sum + Math.max(1, lane.rows.length), 0)
    const room = block.height - 8 * palette.rem
    const each = room / Math.max(1, rows)
    let y = block.y + 4 * palette.rem
    for (const lane of lanes) {
      const count = Math.max(1, lane.rows.length)
      drawLane(lane.lane.id, window, y, each, count, 0)
      y += count * each
    }
  }

  for (const block of layout.blocks) {
    if (block.y + block.height < picture.top || block.y > picture.top + picture.height) continue
    const window = picture.window(block.group)
    if (window === null) continue
    if (block.type === 'lane') {
      drawLane(block.id, window, block.y, block.rowHeight, block.rows, block.rowHeight > 4 ? 1 : 0)
    } else if (block.type === 'heading' && block.collapsed) drawCollapsed(block, window)
  }
  batch.fill(context, palette.kinds)
  context.textBaseline = 'middle'
  context.textAlign = 'left'
  for (const tag of brush.tags) drawName(context, picture, tag)
  return { spans: brush.spans, aggregated }
}

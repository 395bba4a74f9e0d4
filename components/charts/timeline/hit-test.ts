/** What is under a point: a span, a column of spans too thin to be drawn, or a counter's value. Forgives a few pixels. */
import type { GroupWindow } from './group-clock.ts'
import { blockAt, type Layout } from './layout.ts'
import type { RowSeries } from './row-series.ts'
import type { SpanIndex } from './span-index.ts'
import { type Viewport, width } from './viewport.ts'

export interface SpanPlace {
  lane: string
  row: number
  /** Position in the row. */
  i: number
}

export type Hit =
  | { type: 'span'; place: SpanPlace; span: number }
  | { type: 'column'; lane: string; row: number; i: number; j: number; from: number; to: number }
  | { type: 'counter'; id: string; at: number }

export interface Scene {
  index: SpanIndex
  layout: Layout
  view: Viewport
  pixels: number
  kinds: number
  window(group: string): GroupWindow | null
}

const REACH_PIXELS = 3

/** The shown span nearest to `time` within reach: inside counts as no distance. */
function nearest(row: RowSeries, time: number, reach: number, kinds: number): number | null {
  let best: number | null = null
  let bestDistance = reach
  let i = Math.max(0, row.firstEndingAfter(time - reach) - 1)
  for (; i < row.length && row.start(i) <= time + reach; i++) {
    if ((kinds & (1 << row.kind(i))) === 0) continue
    const distance = Math.max(0, row.start(i) - time, time - row.end(i))
    if (distance < bestDistance || (distance === 0 && best === null)) {
      best = i
      bestDistance = distance
    }
    if (distance === 0) break
  }
  return best
}

export function hitTest(scene: Scene, x: number, y: number): Hit | null {
  const block = blockAt(scene.layout, y)
  if (block === null || block.type === 'heading') return null
  const window = scene.window(block.group)
  if (window === null) return null
  const microsPerPixel = width(scene.view) / scene.pixels
  const time = scene.view.from + x * microsPerPixel + window.offset
  if (block.type === 'counter') return { type: 'counter', id: block.id, at: time }
  const indexed = scene.index.lanes.get(block.id)
  const rowNumber = Math.min(block.rows - 1, Math.max(0, Math.floor((y - block.y) / block.rowHeight)))
  const row = indexed?.rows[rowNumber]
  if (
    row === undefined ||
    time < window.from - REACH_PIXELS * microsPerPixel ||
    time > window.to + REACH_PIXELS * microsPerPixel
  )
    return null
  // The same grid as level-of-detail.ts: what was drawn as a column is named as one.
  const from = Math.floor(time / microsPerPixel) * microsPerPixel
  const i = row.firstStartingFrom(from)
  let j = row.firstStartingFrom(from + microsPerPixel, i)
  if (j > i && row.end(j - 1) - row.start(j - 1) >= microsPerPixel) j--
  const inside = row.firstEndingAfter(time)
  const covered =
    inside < row.length && row.start(inside) <= time && row.end(inside) - row.start(inside) >= microsPerPixel
  if (!covered && j - i > 1)
    return { type: 'column', lane: block.id, row: rowNumber, i, j, from, to: from + microsPerPixel }
  const found = nearest(row, time, REACH_PIXELS * microsPerPixel, scene.kinds)
  if (found === null) return null
  return { type: 'span', place: { lane: block.id, row: rowNumber, i: found }, span: row.span(found) }
}

/** The spans that a scene shows, in the order of time, a page at a time: for the table, where thousands of rows help nobody. */
import type { Span } from '#lib/contract/trace.ts'
import type { Scene } from './hit-test.ts'
import { shownLanes } from './selection.ts'

export interface SpanPage {
  spans: Span[]
  /** Of all pages. */
  total: number
}

export function spansInView(scene: Scene, page: number, pageSize: number): SpanPage {
  const found: { start: number; span: number }[] = []
  for (const id of shownLanes(scene)) {
    const indexed = scene.index.lanes.get(id)
    const window = indexed === undefined ? null : scene.window(indexed.lane.group)
    if (indexed === undefined || window === null) continue
    const from = Math.max(scene.view.from + window.offset, window.from)
    const to = Math.min(scene.view.to + window.offset, window.to)
    for (const row of indexed.rows) {
      for (let i = row.firstEndingAfter(from); i < row.length && row.start(i) <= to; i++) {
        if (scene.kinds & (1 << row.kind(i))) found.push({ start: row.start(i) - window.offset, span: row.span(i) })
      }
    }
  }
  found.sort((a, b) => a.start - b.start || a.span - b.span)
  const spans = found
    .slice(page * pageSize, (page + 1) * pageSize)
    .map(({ span }) => scene.index.spanAt(span))
    .filter((span) => span !== undefined)
  return { spans, total: found.length }
}

/** Where a span stands on the clock that is displayed, which is not the run's where starts are lined up. */
import type { SpanPlace } from './hit-test.ts'
import type { TimelineStore } from './timeline-store.ts'
import type { Viewport } from './viewport.ts'

/** Null when the span is no longer there or its group is not shown. */
export function stretchOf(store: TimelineStore, place: SpanPlace): Viewport | null {
  const indexed = store.index.lanes.get(place.lane)
  const row = indexed?.rows[place.row]
  const window = indexed === undefined ? null : store.windowOf(indexed.lane.group)
  if (row === undefined || window === null || place.i >= row.length) return null
  return { from: row.start(place.i) - window.offset, to: row.end(place.i) - window.offset }
}

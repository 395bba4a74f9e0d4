/** Stepping from span to span without a pointer: along a lane in the order of time, and to the lane above or below. */
import type { SpanPlace } from './hit-test.ts'
import type { RowSeries } from './row-series.ts'

export interface WalkRange {
  from: number
  to: number
  kinds: number
}

const shown = (row: RowSeries, i: number, range: WalkRange): boolean =>
  (range.kinds & (1 << row.kind(i))) !== 0 && row.end(i) >= range.from && row.start(i) <= range.to

/** Order of a lane: by start, upper rows first. */
function beyond(row: RowSeries, rowNumber: number, start: number, startRow: number, step: 1 | -1, range: WalkRange) {
  let i = row.firstStartingFrom(start)
  if (step === 1) {
    while (i < row.length && row.start(i) === start && rowNumber <= startRow) i++
    while (i < row.length && !shown(row, i, range)) i++
    return i < row.length ? i : null
  }
  if (rowNumber < startRow) while (i < row.length && row.start(i) === start) i++
  i--
  while (i >= 0 && !shown(row, i, range)) i--
  return i >= 0 ? i : null
}

/** The next or the previous span of the lane; null at its end. */
export function stepAlong(
  rows: readonly RowSeries[],
  place: SpanPlace,
  step: 1 | -1,
  range: WalkRange,
): SpanPlace | null {
  const here = rows[place.row]
  if (here === undefined) return null
  const sameRow = place.i + step
  const start = here.start(place.i)
  let best: SpanPlace | null = null
  let bestStart = 0
  for (const [rowNumber, row] of rows.entries()) {
    let i: number | null
    if (rowNumber === place.row) {
      i = sameRow
      while (i >= 0 && i < row.length && !shown(row, i, range)) i += step
      if (i < 0 || i >= row.length) i = null
    } else {
      i = beyond(row, rowNumber, start, place.row, step, range)
    }
    if (i === null) continue
    const candidate = row.start(i)
    // Rows are visited downwards: at one start the upper row comes first in time's order.
    if (best === null || (step === 1 ? candidate < bestStart : candidate >= bestStart)) {
      best = { lane: place.lane, row: rowNumber, i }
      bestStart = candidate
    }
  }
  return best
}

/** The shown span of a lane that is nearest to a moment. */
export function nearestOf(lane: string, rows: readonly RowSeries[], time: number, range: WalkRange): SpanPlace | null {
  let best: SpanPlace | null = null
  let bestDistance = Number.POSITIVE_INFINITY
  for (const [rowNumber, row] of rows.entries()) {
    const around = row.firstEndingAfter(time)
    for (const step of [1, -1] as const) {
      let i = step === 1 ? around : around - 1
      while (i >= 0 && i < row.length && !shown(row, i, range)) i += step
      if (i < 0 || i >= row.length) continue
      const distance = Math.max(0, row.start(i) - time, time - row.end(i))
      if (distance < bestDistance) {
        best = { lane, row: rowNumber, i }
        bestDistance = distance
      }
    }
  }
  return best
}

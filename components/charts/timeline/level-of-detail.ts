/**
 * Decides what of a row is drawn as itself and what is too thin for that. A span of at least a pixel is drawn; thinner ones that share a
 * pixel column become one column, which tells how much of its time each kind took. The walk costs as much as the pixels it fills,
 * not as the spans: whole columns are skipped by galloping search. Columns stand on a grid of the clock, not of the view, so that
 * panning moves the picture and does not make it shimmer.
 */
import type { RowSeries } from './row-series.ts'

export interface Sight {
  /** The stretch of the lane's own clock that is drawn. */
  from: number
  to: number
  pixelsPerMicro: number
  /** A bit per kind that is shown. */
  kinds: number
}

export interface Sink {
  span(row: RowSeries, i: number): void
  /** The spans [i, j) share the column that begins at `time` and is one pixel wide. */
  column(row: RowSeries, i: number, j: number, time: number): void
}

/** Gives the number of spans that went into columns. */
export function walkRow(row: RowSeries, sight: Sight, sink: Sink): number {
  const column = 1 / sight.pixelsPerMicro
  const everything = (row.present & ~sight.kinds) === 0
  let aggregated = 0
  let i = row.firstEndingAfter(sight.from)
  while (i < row.length && row.start(i) <= sight.to) {
    const start = row.start(i)
    if (row.end(i) - start >= column) {
      if (everything || sight.kinds & (1 << row.kind(i))) sink.span(row, i)
      i++
      continue
    }
    const cell = Math.floor(start * sight.pixelsPerMicro)
    let j = Math.max(i + 1, row.firstStartingFrom((cell + 1) * column, i))
    // Spans of a row are disjoint, so only the last that starts in a column can be wider than it.
    if (j - 1 > i && row.end(j - 1) - row.start(j - 1) >= column) j--
    let shown = j - i
    if (!everything) {
      shown = 0
      for (let k = i; k < j; k++) if (sight.kinds & (1 << row.kind(k))) shown++
    }
    if (shown > 1) {
      sink.column(row, i, j, cell * column)
      aggregated += shown
    } else if (shown === 1) {
      for (let k = i; k < j; k++) if (sight.kinds & (1 << row.kind(k))) sink.span(row, k)
    }
    i = j
  }
  return aggregated
}

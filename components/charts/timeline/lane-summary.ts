/** Busy time per kind, of a lane or of many, over a stretch of time: what the table, the selection and the tooltip of a column say. */
import type { RowSeries } from './row-series.ts'
import { KIND_COUNT } from './span-kinds.ts'

export interface Summary {
  spans: number
  /** Microseconds per kind code. Nested spans count in their own kind and in the outer one's. */
  busy: number[]
}

export const emptySummary = (): Summary => ({ spans: 0, busy: new Array<number>(KIND_COUNT).fill(0) })

export function addRow(summary: Summary, row: RowSeries, from: number, to: number): void {
  const i = row.firstEndingAfter(from)
  const j = row.firstStartingFrom(to, i)
  if (j <= i) return
  summary.spans += j - i
  for (let kind = 0; kind < KIND_COUNT; kind++) {
    summary.busy[kind] = (summary.busy[kind] ?? 0) + row.busyBetween(kind, from, to)
  }
}

export function summaryOf(rows: readonly RowSeries[], from: number, to: number): Summary {
  const summary = emptySummary()
  for (const row of rows) addRow(summary, row, from, to)
  return summary
}

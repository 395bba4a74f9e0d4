/**
 * Percentiles of latencies by nearest rank: every one is a latency that somebody really had, and p99 of 50 requests is the
 * slowest, not a value interpolated below it. For small samples with intervals see median.ts.
 */
import { sortedAscending } from './median.ts'

export interface Percentiles {
  p50: number
  p95: number
  p99: number
  max: number
}

/** `percent` from 0 to 100, of an ascending array; NaN when empty. */
export const nearestRank = (sorted: ArrayLike<number>, percent: number): number => {
  // Without the small step back, 95% of 20 is the 20th instead of the 19th: 0.95 × 20 isn't 19 in binary.
  const rank = Math.ceil((percent / 100) * sorted.length - 1e-9)
  return sorted[Math.max(rank, 1) - 1] ?? Number.NaN
}

/** Null when there are no values. */
export const percentilesOf = (values: readonly number[] | Float64Array): Percentiles | null => {
  if (values.length === 0) return null
  // A typed array sorts by value and without a comparator's cost: there may be a million.
  const sorted = values instanceof Float64Array ? values.toSorted() : sortedAscending(values)
  return {
    p50: nearestRank(sorted, 50),
    p95: nearestRank(sorted, 95),
    p99: nearestRank(sorted, 99),
    max: nearestRank(sorted, 100),
  }
}

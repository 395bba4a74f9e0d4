/**
 * Median and quantiles of a sample. Quantiles are type 7 of R. J. Hyndman and Y. Fan, "Sample quantiles in statistical
 * packages", The American Statistician 50 (1996): linear between order statistics, the default of R, NumPy and Excel.
 */

export const sortedAscending = (samples: readonly number[]): number[] => [...samples].sort((a, b) => a - b)

/** Of an ascending array that isn't empty; `probability` from 0 to 1. NaN when empty. */
export const quantileOfSorted = (sorted: ArrayLike<number>, probability: number): number => {
  const position = (sorted.length - 1) * probability
  const below = Math.floor(position)
  const low = sorted[below]
  if (low === undefined) return Number.NaN
  const high = sorted[below + 1]
  // No arithmetic where it isn't needed: ∞ − ∞ would be NaN, and equal neighbours would come back rounded.
  return high === undefined || high === low || position === below ? low : low + (position - below) * (high - low)
}

/** NaN when there are no samples. */
export const quantile = (samples: readonly number[], probability: number): number =>
  quantileOfSorted(sortedAscending(samples), probability)

/** The middle sample, or the mean of the two in the middle; NaN when there are no samples. */
export const median = (samples: readonly number[]): number => quantile(samples, 0.5)

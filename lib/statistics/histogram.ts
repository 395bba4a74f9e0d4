/**
 * Counts of values per bin. Every value is counted somewhere: what lies outside the edges goes to the first or the last bin, so
 * the counts always add up to the number of values.
 */

export interface Bin {
  /** Included. */
  from: number
  /** Excluded, but for the last bin. */
  to: number
  count: number
}

/** `count` bins of equal width from `min` to `max`; one bin where they are equal. */
export const linearEdges = (min: number, max: number, count: number): number[] =>
  max > min
    ? Array.from({ length: count + 1 }, (_, i) => (i === count ? max : min + ((max - min) * i) / count))
    : [min, max]

/** `count` bins of equal ratio from `min` to `max`, both positive: for latencies, which span orders of magnitude. */
export const logarithmicEdges = (min: number, max: number, count: number): number[] =>
  max > min
    ? Array.from({ length: count + 1 }, (_, i) => (i === count ? max : min * (max / min) ** (i / count)))
    : [min, max]

/** `edges` ascending, at least two. */
export const histogramOf = (values: Iterable<number>, edges: readonly number[]): Bin[] => {
  const bins = edges.slice(0, -1).map((from, i) => ({ from, to: edges[i + 1] ?? from, count: 0 }))
  for (const value of values) {
    let low = 0
    let high = bins.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (value >= (bins[middle]?.from ?? Number.POSITIVE_INFINITY)) low = middle
      else high = middle - 1
    }
    const bin = bins[low]
    if (bin) bin.count++
  }
  return bins
}

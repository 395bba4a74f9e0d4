/**
 * Fewer points of a series, with every peak still in it: of each stretch of time the smallest and the largest value stay, and the
 * first and last point of all. After U. Jugel et al., "M4: a visualization-oriented time series data aggregation", VLDB 2014.
 */

export interface Series {
  times: readonly number[]
  values: readonly number[]
}

/**
 * At most `maxPoints` (4 or more) of the points given, in order, none invented. `times` ascending. The stretches are equal in
 * time and not in number of points, so a series that was thinned before and grew since is thinned evenly.
 */
export const downsample = ({ times, values }: Series, maxPoints: number): { times: number[]; values: number[] } => {
  const last = times.length - 1
  if (times.length <= maxPoints) return { times: [...times], values: [...values] }
  const stretches = Math.floor((maxPoints - 2) / 2)
  const from = times[0] ?? 0
  const width = ((times[last] ?? 0) - from) / stretches
  const kept = [0]
  let smallest = -1
  let largest = -1
  let stretch = 0
  const valueAt = (index: number) => values[index] ?? 0
  const close = () => {
    if (smallest === -1) return
    kept.push(Math.min(smallest, largest))
    if (smallest !== largest) kept.push(Math.max(smallest, largest))
    smallest = largest = -1
  }
  for (let index = 1; index < last; index++) {
    const own = width > 0 ? Math.min(stretches - 1, Math.floor(((times[index] ?? 0) - from) / width)) : 0
    if (own !== stretch) {
      close()
      stretch = own
    }
    if (smallest === -1 || valueAt(index) < valueAt(smallest)) smallest = index
    if (largest === -1 || valueAt(index) > valueAt(largest)) largest = index
  }
  close()
  kept.push(last)
  return { times: kept.map((index) => times[index] ?? 0), values: kept.map(valueAt) }
}

/**
 * A histogram of fixed size for durations from a microsecond to half an hour, whatever their number: recording costs a few
 * nanoseconds and no memory, and the memory may be shared between threads. Every octave is cut into 64 buckets, so a percentile
 * read from it is at most 1.6% away from the value that somebody really had; below 64 it is exact.
 *
 * After G. Tene, "HdrHistogram".
 */

const BITS = 6
const PER_OCTAVE = 2 ** BITS
const LARGEST = 2 ** 31 - 1

/** Of the largest value, 2^31 − 1, which larger ones are counted as. */
export const LOG_BUCKETS = (31 - BITS) * PER_OCTAVE + PER_OCTAVE

/** Of a whole number from 0 on. */
export const logBucketOf = (value: number): number => {
  const whole = value > LARGEST ? LARGEST : value < 0 ? 0 : value | 0
  if (whole < PER_OCTAVE) return whole
  const octave = 31 - Math.clz32(whole)
  return (octave - BITS) * PER_OCTAVE + (whole >> (octave - BITS))
}

/** Where a bucket begins; the next one's beginning is its end. */
export const logBucketStart = (bucket: number): number => {
  if (bucket < 2 * PER_OCTAVE) return bucket
  const shift = Math.floor(bucket / PER_OCTAVE) - 1
  return (bucket - shift * PER_OCTAVE) * 2 ** shift
}

export const addLogCounts = (into: Float64Array, counts: ArrayLike<number>): void => {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] ?? 0) + (counts[i] ?? 0)
}

/** By nearest rank: the middle of the bucket that holds it. NaN when nothing was counted. */
export const logPercentile = (counts: ArrayLike<number>, percent: number): number => {
  let total = 0
  for (let i = 0; i < counts.length; i++) total += counts[i] ?? 0
  const rank = Math.max(1, Math.ceil((percent / 100) * total - 1e-9))
  let seen = 0
  for (let i = 0; i < counts.length; i++) {
    seen += counts[i] ?? 0
    if (seen >= rank) return (logBucketStart(i) + logBucketStart(i + 1) - 1) / 2
  }
  return Number.NaN
}

/** `count` bars of equal ratio at most, from the smallest value counted to the largest; what was counted is in one of them each. */
export const logBins = (counts: ArrayLike<number>, count: number): { from: number; to: number; count: number }[] => {
  let first = -1
  let last = -1
  for (let i = 0; i < counts.length; i++) {
    if (!counts[i]) continue
    if (first === -1) first = i
    last = i
  }
  if (first === -1) return []
  const step = Math.max(1, Math.ceil((last - first + 1) / count))
  const bins = []
  for (let from = first; from <= last; from += step) {
    let sum = 0
    for (let i = from; i < Math.min(from + step, counts.length); i++) sum += counts[i] ?? 0
    bins.push({ from: logBucketStart(from), to: logBucketStart(Math.min(from + step, counts.length)), count: sum })
  }
  return bins
}

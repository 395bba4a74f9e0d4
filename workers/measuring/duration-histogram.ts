/**
 * How long something took, very often, in a hot loop: counts in preallocated memory, nothing allocated, 10–20 ns a record.
 * Buckets grow with the duration, 32 to each doubling, so a percentile is right to about 3% from a nanosecond to 4 s; the
 * sum and the maximum are exact. Memory may be shared: one thread records, another reads when it has ended.
 *
 * Source: the layout of G. Tene's HdrHistogram.
 */

const SUB_BITS = 5
const SUB_BUCKETS = 1 << SUB_BITS
const BUCKETS = (32 - SUB_BITS) * SUB_BUCKETS + SUB_BUCKETS
const LONGEST_NS = 2 ** 32 - 1

export interface DurationMemory {
  readonly counts: Uint32Array
  /** [0] sum, [1] maximum; microseconds. */
  readonly sums: Float64Array
}

export const createDurationMemory = (): DurationMemory => ({
  counts: new Uint32Array(new SharedArrayBuffer(4 * BUCKETS)),
  sums: new Float64Array(new SharedArrayBuffer(16)),
})

const bucketOf = (ns: number): number => {
  if (ns < SUB_BUCKETS) return ns
  const exponent = 31 - Math.clz32(ns)
  return (exponent - SUB_BITS + 1) * SUB_BUCKETS + ((ns >>> (exponent - SUB_BITS)) & (SUB_BUCKETS - 1))
}

/** The lowest duration that falls into the bucket, in nanoseconds. */
const lowestOf = (bucket: number): number => {
  if (bucket < SUB_BUCKETS) return bucket
  const exponent = Math.floor(bucket / SUB_BUCKETS) + SUB_BITS - 1
  return (SUB_BUCKETS + (bucket % SUB_BUCKETS)) * 2 ** (exponent - SUB_BITS)
}

export class DurationHistogram {
  readonly #counts: Uint32Array
  readonly #sums: Float64Array

  constructor(memory: DurationMemory = createDurationMemory()) {
    this.#counts = memory.counts
    this.#sums = memory.sums
  }

  /** Below 0 counts as 0. */
  record(us: number): void {
    const ns = us > 0 ? Math.min(LONGEST_NS, Math.floor(us * 1000)) : 0
    const bucket = bucketOf(ns)
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1
    if (us <= 0) return
    this.#sums[0] = (this.#sums[0] ?? 0) + us
    if (us > (this.#sums[1] ?? 0)) this.#sums[1] = us
  }

  add(other: DurationHistogram): void {
    for (const [bucket, count] of other.#counts.entries()) {
      if (count > 0) this.#counts[bucket] = (this.#counts[bucket] ?? 0) + count
    }
    this.#sums[0] = this.totalUs + other.totalUs
    this.#sums[1] = Math.max(this.maxUs, other.maxUs)
  }

  get count(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0)
  }

  get totalUs(): number {
    return this.#sums[0] ?? 0
  }

  get maxUs(): number {
    return this.#sums[1] ?? 0
  }

  /** By nearest rank, the middle of its bucket; 0 when empty. */
  percentileUs(percent: number): number {
    const { count } = this
    const rank = Math.max(1, Math.ceil((percent / 100) * count - 1e-9))
    let seen = 0
    for (const [bucket, own] of this.#counts.entries()) {
      seen += own
      if (own > 0 && seen >= rank) {
        return bucket === 0 ? 0 : Math.min(this.maxUs, (lowestOf(bucket) + lowestOf(bucket + 1)) / 2000)
      }
    }
    return 0
  }

  /** What took any time, in bins of `perDoubling` to each doubling: those with something in them, in microseconds. */
  bins(perDoubling: 1 | 2 | 4): { from: number; to: number; count: number }[] {
    const width = SUB_BUCKETS / perDoubling
    const bins: { from: number; to: number; count: number }[] = []
    for (let bucket = SUB_BUCKETS; bucket < BUCKETS; bucket += width) {
      const count = this.#counts.subarray(bucket, bucket + width).reduce((sum, own) => sum + own, 0)
      if (count > 0) bins.push({ from: lowestOf(bucket) / 1000, to: lowestOf(bucket + width) / 1000, count })
    }
    const below = this.#counts.subarray(1, SUB_BUCKETS).reduce((sum, own) => sum + own, 0)
    return below > 0 ? [{ from: 0.001, to: SUB_BUCKETS / 1000, count: below }, ...bins] : bins
  }
}

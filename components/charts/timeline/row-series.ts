/**
 * One drawable row: spans that never overlap, in typed arrays sorted by time. Because they are disjoint, starts and ends are both
 * ascending, so what is visible is found by binary search; sums of busy time per kind are prefix sums, so a pixel that holds a
 * thousand spans and a selection over all of them cost the same. Appending is O(1); a late span is moved into its place.
 * Moments are microseconds, rounded to 1/1024 µs so that spans that touch don't overlap by a rounding error.
 */
import { KIND_COUNT } from './span-kinds.ts'

export const quantised = (micros: number): number => Math.round(micros * 1024) / 1024

const grown = <A extends Float64Array | Uint32Array | Uint8Array>(array: A, make: (length: number) => A): A => {
  const larger = make(Math.max(16, array.length * 2))
  larger.set(array)
  return larger
}

export class RowSeries {
  length = 0
  #starts = new Float64Array(16)
  #ends = new Float64Array(16)
  #kinds = new Uint8Array(16)
  #spans = new Uint32Array(16)
  #busy: (Float64Array | undefined)[] = new Array(KIND_COUNT)
  /** Per kind, up to which length its prefix sums are right. */
  #summed = new Uint32Array(KIND_COUNT)
  #present = 0

  start(i: number): number {
    return this.#starts[i] ?? 0
  }
  end(i: number): number {
    return this.#ends[i] ?? 0
  }
  kind(i: number): number {
    return this.#kinds[i] ?? 0
  }
  /** The position of the span in `trace.spans`. */
  span(i: number): number {
    return this.#spans[i] ?? 0
  }
  /** A bit per kind that occurs. */
  get present(): number {
    return this.#present
  }

  /** The first span that ends after `time`; `length` when none does. */
  firstEndingAfter(time: number): number {
    let low = 0
    let high = this.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.end(middle) > time) high = middle
      else low = middle + 1
    }
    return low
  }

  /** The first span at or after position `from` that starts at `time` or later. Gallops: cheap when it is near. */
  firstStartingFrom(time: number, from = 0): number {
    let step = 1
    let low = from
    let high = from
    while (high < this.length && this.start(high) < time) {
      low = high + 1
      high += step
      step *= 2
    }
    high = Math.min(high, this.length)
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.start(middle) >= time) high = middle
      else low = middle + 1
    }
    return low
  }

  #place(start: number, end: number): number {
    const last = this.length - 1
    if (last < 0 || this.start(last) < start || (this.start(last) === start && this.end(last) <= end))
      return this.length
    let i = this.firstStartingFrom(start)
    while (i < this.length && this.start(i) === start && this.end(i) <= end) i++
    return i
  }

  /** Whether the span can stand in this row without overlapping another. */
  fits(start: number, end: number): boolean {
    if (this.length === 0 || this.end(this.length - 1) <= start) return true
    const i = this.#place(start, end)
    return (i === 0 || this.end(i - 1) <= start) && (i === this.length || this.start(i) >= end)
  }

  /** The caller has asked `fits`. */
  insert(start: number, end: number, kind: number, span: number): void {
    if (this.length === this.#starts.length) {
      this.#starts = grown(this.#starts, (n) => new Float64Array(n))
      this.#ends = grown(this.#ends, (n) => new Float64Array(n))
      this.#kinds = grown(this.#kinds, (n) => new Uint8Array(n))
      this.#spans = grown(this.#spans, (n) => new Uint32Array(n))
    }
    const i = this.#place(start, end)
    if (i < this.length) {
      for (const array of [this.#starts, this.#ends, this.#kinds, this.#spans]) array.copyWithin(i + 1, i, this.length)
      for (let k = 0; k < KIND_COUNT; k++) this.#summed[k] = Math.min(this.#summed[k] ?? 0, i)
    }
    this.#starts[i] = start
    this.#ends[i] = end
    this.#kinds[i] = kind
    this.#spans[i] = span
    this.#present |= 1 << kind
    this.length++
  }

  /** Microseconds of `kind` in the spans [from, to), whole spans. */
  busy(kind: number, from: number, to: number): number {
    if ((this.#present & (1 << kind)) === 0 || to <= from) return 0
    let sums = this.#busy[kind]
    let summed = this.#summed[kind] ?? 0
    if (sums === undefined || sums.length <= this.length) {
      const larger = new Float64Array(this.#starts.length + 1)
      if (sums !== undefined) larger.set(sums.subarray(0, summed + 1))
      sums = larger
      this.#busy[kind] = larger
    }
    for (; summed < this.length; summed++) {
      const own = this.kind(summed) === kind ? this.end(summed) - this.start(summed) : 0
      sums[summed + 1] = (sums[summed] ?? 0) + own
    }
    this.#summed[kind] = summed
    return (sums[to] ?? 0) - (sums[from] ?? 0)
  }

  /** Microseconds of `kind` between two moments: spans that reach over an edge count with their inner part. */
  busyBetween(kind: number, from: number, to: number): number {
    if ((this.#present & (1 << kind)) === 0) return 0
    const i = this.firstEndingAfter(from)
    const j = this.firstStartingFrom(to, i)
    if (j <= i) return 0
    let sum = this.busy(kind, i, j)
    if (this.kind(i) === kind) sum -= Math.max(0, from - this.start(i))
    if (this.kind(j - 1) === kind) sum -= Math.max(0, this.end(j - 1) - to)
    return sum
  }
}

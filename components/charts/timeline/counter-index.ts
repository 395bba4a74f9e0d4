/**
 * A counter over time that can be asked for the smallest and largest value between two moments in O(log n), however many samples lie
 * there: a tree of minima and maxima over blocks of 16. Nothing a chart draws from it hides a peak. Samples come in
 * time order; one that doesn't is put at the last known moment.
 */
const FANOUT = 16

export interface ValueRange {
  min: number
  max: number
}

export class CounterIndex {
  readonly id: string
  readonly group: string
  readonly name: string
  readonly unit: string
  #times: number[] = []
  /** Level 0 are the values themselves, twice; level k holds a block of 16^k. */
  #minima: number[][] = [[]]
  #maxima: number[][] = [[]]

  constructor(series: { id: string; group: string; name: string; unit: string }) {
    this.id = series.id
    this.group = series.group
    this.name = series.name
    this.unit = series.unit
  }

  get length(): number {
    return this.#times.length
  }
  get firstTime(): number {
    return this.#times[0] ?? 0
  }
  get lastTime(): number {
    return this.#times[this.length - 1] ?? 0
  }

  append(time: number, value: number): void {
    const i = this.#times.length
    this.#times.push(Math.max(time, this.lastTime))
    let block = i
    for (let level = 0; level < this.#minima.length; level++) {
      const minima = this.#minima[level] ?? []
      const maxima = this.#maxima[level] ?? []
      minima[block] = block in minima ? Math.min(minima[block] ?? value, value) : value
      maxima[block] = block in maxima ? Math.max(maxima[block] ?? value, value) : value
      if (level === this.#minima.length - 1 && minima.length > FANOUT) this.#addLevel()
      block = Math.floor(block / FANOUT)
    }
  }

  #addLevel(): void {
    const below = this.#minima.length - 1
    const minima: number[] = []
    const maxima: number[] = []
    const low = this.#minima[below] ?? []
    const high = this.#maxima[below] ?? []
    // The last block of the level below is still being filled by the append that called this.
    for (let i = 0; i < low.length; i++) {
      const block = Math.floor(i / FANOUT)
      minima[block] = Math.min(minima[block] ?? Number.POSITIVE_INFINITY, low[i] ?? 0)
      maxima[block] = Math.max(maxima[block] ?? Number.NEGATIVE_INFINITY, high[i] ?? 0)
    }
    this.#minima.push(minima)
    this.#maxima.push(maxima)
  }

  /** The first sample later than `time`. */
  #after(time: number): number {
    let low = 0
    let high = this.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#times[middle] ?? 0) > time) high = middle
      else low = middle + 1
    }
    return low
  }

  /** The value that holds at `time`: that of the last sample up to it. Null before the first. */
  valueAt(time: number): number | null {
    const i = this.#after(time) - 1
    return i < 0 ? null : (this.#minima[0]?.[i] ?? null)
  }

  /** Extremes of the values that held anywhere in [from, to]; null when the counter did not exist yet. */
  range(from: number, to: number): ValueRange | null {
    // A counter holds its value until the next sample, so the sample before `from` counts too.
    let low = Math.max(0, this.#after(from) - 1)
    let high = this.#after(to)
    if (high <= low) return null
    let min = Number.POSITIVE_INFINITY
    let max = Number.NEGATIVE_INFINITY
    const take = (level: number, i: number): void => {
      min = Math.min(min, this.#minima[level]?.[i] ?? min)
      max = Math.max(max, this.#maxima[level]?.[i] ?? max)
    }
    for (let level = 0; low < high; level++) {
      if (level === this.#minima.length - 1) {
        for (; low < high; low++) take(level, low)
        break
      }
      for (; low < high && low % FANOUT !== 0; low++) take(level, low)
      for (; low < high && high % FANOUT !== 0; high--) take(level, high - 1)
      low = Math.floor(low / FANOUT)
      high = Math.floor(high / FANOUT)
    }
    return { min, max }
  }

  /** Extremes of all samples; null when there is none. */
  extremes(): ValueRange | null {
    return this.length === 0 ? null : this.range(this.firstTime, this.lastTime)
  }
}

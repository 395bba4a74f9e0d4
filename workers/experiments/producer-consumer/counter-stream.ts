/**
 * A counter on its way to the browser: of every stretch of time the smallest and the largest value are told, and the last one at the
 * end, so that no peak is lost and a long run tells no more than a short one.
 */
import type { CounterSeries } from '#lib/contract/trace.ts'

export class CounterStream {
  readonly #series: Omit<CounterSeries, 'times' | 'values'>
  readonly #stretchUs: number
  #times: number[] = []
  #values: number[] = []
  #until = Number.NEGATIVE_INFINITY
  #smallest: [number, number] | null = null
  #largest: [number, number] | null = null
  #last: [number, number] | null = null

  constructor(series: Omit<CounterSeries, 'times' | 'values'>, stretchUs: number) {
    this.#series = series
    this.#stretchUs = stretchUs
  }

  add(atUs: number, value: number): void {
    if (atUs >= this.#until) {
      this.#close()
      this.#until = atUs + this.#stretchUs
    }
    if (this.#smallest === null || value < this.#smallest[1]) this.#smallest = [atUs, value]
    if (this.#largest === null || value > this.#largest[1]) this.#largest = [atUs, value]
    this.#last = [atUs, value]
  }

  /** What has been closed since the last call; with `end` everything. */
  drain(end = false): CounterSeries[] {
    if (end) {
      const last = this.#last
      this.#close()
      if (last !== null && this.#times.at(-1) !== last[0]) this.#put(last)
    }
    if (this.#times.length === 0) return []
    const series = { ...this.#series, times: this.#times, values: this.#values }
    this.#times = []
    this.#values = []
    return [series]
  }

  #close(): void {
    const smallest = this.#smallest
    const largest = this.#largest
    this.#smallest = null
    this.#largest = null
    if (smallest === null || largest === null) return
    if (smallest[0] === largest[0]) this.#put(smallest)
    else for (const point of [smallest, largest].sort((a, b) => a[0] - b[0])) this.#put(point)
  }

  #put([atUs, value]: [number, number]): void {
    this.#times.push(atUs)
    this.#values.push(value)
  }
}

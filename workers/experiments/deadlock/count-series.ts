/**
 * A count that only grows as a counter of the trace, told bit by bit: it begins with 0 at the moment at which the threads began, and
 * neither its moments nor its values ever go back.
 */
import type { CounterSeries } from '#lib/contract/trace.ts'

export class CountSeries {
  readonly #group: string
  readonly #name: string
  #toldUs: number | null = null
  #toldValue = 0

  constructor(group: string, name: string) {
    this.#group = group
    this.#name = name
  }

  /** What is new since it was told last: a changed value at the moment of its change, an unchanged one at the moment of looking. */
  tell(value: number, { beganUs, changedUs, atUs }: Record<'beganUs' | 'changedUs' | 'atUs', number>): CounterSeries {
    const first = this.#toldUs === null ? [beganUs] : []
    // Threads read clocks of their own, some microseconds apart, and one may say late when it made the last change.
    this.#toldUs = Math.max(this.#toldUs ?? beganUs, value > this.#toldValue ? changedUs : atUs)
    this.#toldValue = Math.max(this.#toldValue, value)
    return {
      id: `${this.#group}/${this.#name}`,
      group: this.#group,
      name: this.#name,
      unit: '',
      times: [...first, this.#toldUs],
      values: [...first.map(() => 0), this.#toldValue],
    }
  }
}

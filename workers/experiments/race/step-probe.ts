/**
 * Notes what a thread did, step by step, in a traced trial: what kind of step, on what, with which value, and between which
 * moments. Reading the clock takes longer than the step itself, so traced trials go wrong more readily than the counted ones
 * and are not counted: they show how it happens, not how often. Preallocated; what doesn't fit is left out.
 */

import type { StepAction } from '#lib/experiments/race-interleaving.ts'
import type { Mutex } from '#lib/primitives/mutex.ts'
import { placeOf } from './lock-places.ts'

const CAPACITY = 4_000

export interface Step {
  action: StepAction
  /** Which account, object, message or lock (lock-places.ts); 0 where there is only one. */
  target: number
  value: number
  startUs: number
  endUs: number
}

export class StepProbe {
  readonly #nowUs: () => number
  readonly #actions: StepAction[] = new Array<StepAction>(CAPACITY).fill('read')
  readonly #targets = new Int32Array(CAPACITY)
  readonly #values = new Int32Array(CAPACITY)
  readonly #starts = new Float64Array(CAPACITY)
  readonly #ends = new Float64Array(CAPACITY)
  #count = 0
  #startUs = 0

  constructor(nowUs: () => number) {
    this.#nowUs = nowUs
  }

  /** The next step begins. */
  mark(): void {
    this.#startUs = this.#nowUs()
  }

  /** The step that began at the last mark is over. */
  step(action: StepAction, target: number, value: number): void {
    const at = this.#count
    if (at === CAPACITY) return
    this.#ends[at] = this.#nowUs()
    this.#starts[at] = this.#startUs
    this.#actions[at] = action
    this.#targets[at] = target
    this.#values[at] = value
    this.#count++
  }

  acquire(lock: Mutex): void {
    this.mark()
    lock.acquire()
    this.step('lock', placeOf(lock), 0)
  }

  release(lock: Mutex): void {
    this.mark()
    lock.release()
    this.step('unlock', placeOf(lock), 0)
  }

  get steps(): Step[] {
    return this.#actions.slice(0, this.#count).map((action, i) => ({
      action,
      target: this.#targets[i] ?? 0,
      value: this.#values[i] ?? 0,
      startUs: this.#starts[i] ?? 0,
      endUs: this.#ends[i] ?? 0,
    }))
  }
}

/** Both do nothing without a lock, and note the step where there is a probe. */
export const take = (lock: Mutex | null, probe: StepProbe | null): void => {
  if (lock === null) return
  if (probe === null) lock.acquire()
  else probe.acquire(lock)
}
export const give = (lock: Mutex | null, probe: StepProbe | null): void => {
  if (lock === null) return
  if (probe === null) lock.release()
  else probe.release(lock)
}

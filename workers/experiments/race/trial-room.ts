/** The shared memory of trials: made once, as new before each of them. */
import type { RaceParams } from '#lib/experiments/race.ts'
import { OPENING_BALANCE } from './bank.ts'
import { LOCK_STRIDE } from './lock-places.ts'
import type { TrialMemory } from './trial.ts'

export class TrialRoom {
  readonly iterations: number
  readonly #memory: TrialMemory
  readonly #filledWith: number

  constructor({ scenario, threads, accounts }: RaceParams, iterations: number) {
    this.iterations = iterations
    this.#filledWith = scenario === 'bank' ? OPENING_BALANCE : 0
    const words = { counter: 1, bank: accounts, 'lazy-init': iterations, message: iterations }[scenario]
    const locks = 1 + threads + (scenario === 'bank' ? accounts : 0)
    this.#memory = {
      words: new Int32Array(new SharedArrayBuffer(4 * words)),
      data: new Int32Array(new SharedArrayBuffer(scenario === 'message' ? 4 * iterations : 0)),
      built: new Uint8Array(new SharedArrayBuffer(scenario === 'lazy-init' ? threads * iterations : 0)),
      locks: new Int32Array(new SharedArrayBuffer(4 * LOCK_STRIDE * locks)),
    }
  }

  /** Nobody may be racing in it. */
  cleared(): TrialMemory {
    this.#memory.words.fill(this.#filledWith)
    this.#memory.data.fill(0)
    this.#memory.built.fill(0)
    this.#memory.locks.fill(0)
    return this.#memory
  }
}

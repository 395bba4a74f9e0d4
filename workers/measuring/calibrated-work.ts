/**
 * Computing for a given time without looking at a clock: steps of a random number generator, each needing the one before, and
 * how many of them this machine does in a microsecond. Real work that occupies a core; a loop that looked at the clock would
 * finish on time even while the core was taken away from it, and so would hide what contention costs.
 */

import { settledRate } from './settled-rate.ts'

/** Keeps the generator's state alive, or the optimiser would leave the steps out. */
let state = 0x9e3779b9

export const work = (steps: number): void => {
  let x = state
  for (let i = 0; i < steps; i++) {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
  }
  state = x
}

const CHUNK_STEPS = 200_000
const CHUNKS = 20

/** Steps a microsecond. Takes 20–50 ms of a core. */
export const calibrateWork = (): number =>
  settledRate(
    () => {
      work(CHUNK_STEPS)
      return CHUNK_STEPS
    },
    { chunksPerBatch: CHUNKS },
  ) / 1000

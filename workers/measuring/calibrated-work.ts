/**
 * Computing for a given time without looking at a clock: steps of a random number generator, each needing the one before, and
 * how many of them this machine does in a microsecond. Real work that occupies a core; a loop that looked at the clock would
 * finish on time even while the core was taken away from it, and so would hide what contention costs.
 */

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
const SETTLED = 1.02
const SETTLED_BATCHES = 2
const MOST_BATCHES = 50

/**
 * Steps a microsecond: from the fastest of many short chunks, for the slower ones were interrupted. Goes on until batches of them
 * bring no gain any more: on a busy machine the optimiser, a thread of its own, may be late. Takes 20–50 ms of a core.
 */
export const calibrateWork = (): number => {
  let best = 0
  let settled = 0
  for (let batch = 0; batch < MOST_BATCHES && settled < SETTLED_BATCHES; batch++) {
    const before = best
    for (let chunk = 0; chunk < CHUNKS; chunk++) {
      const startedAt = performance.now()
      work(CHUNK_STEPS)
      best = Math.max(best, CHUNK_STEPS / ((performance.now() - startedAt) * 1000))
    }
    settled = best <= before * SETTLED ? settled + 1 : 0
  }
  return best
}

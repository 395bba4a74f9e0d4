/**
 * How much of some counted work this machine does in a millisecond, by the fastest of many short chunks of it: the slower ones
 * were interrupted, the first ones still compiled. By the clock on the wall, because a thread's CPU time advances in ticks of up
 * to 4 ms: of a chunk that takes less it tells nothing.
 */

const SETTLED = 1.02
const SETTLED_BATCHES = 2
const MOST_BATCHES = 50

export interface SettledRateOptions {
  /** Chunks between two looks at whether there is still a gain. */
  chunksPerBatch: number
  /** Monotonic milliseconds; a test brings its own. */
  nowMs?: () => number
}

/**
 * `chunk` does a chunk of the work and returns how much that was. Goes on until batches of chunks bring no gain any more: on a
 * busy machine the optimiser, a thread of its own, may be late.
 */
export const settledRate = (
  chunk: () => number,
  { chunksPerBatch, nowMs = () => performance.now() }: SettledRateOptions,
): number => {
  let best = 0
  let settled = 0
  for (let batch = 0; batch < MOST_BATCHES && settled < SETTLED_BATCHES; batch++) {
    const before = best
    for (let i = 0; i < chunksPerBatch; i++) {
      const startedAt = nowMs()
      const done = chunk()
      best = Math.max(best, done / (nowMs() - startedAt))
    }
    settled = best <= before * SETTLED ? settled + 1 : 0
  }
  return best
}

/** Makes the clock of a run: for the runner, for the bench, and for tests of handlers, so that all count from one origin. */
import type { RunClock } from '../experiments/run-context.ts'

/** Left out, the run begins now. An origin from another thread or process of this machine is on the same monotonic clock. */
export const createRunClock = (originNs: bigint = process.hrtime.bigint()): RunClock => ({
  originNs,
  nowUs: () => Number(process.hrtime.bigint() - originNs) / 1000,
})

/** The run's clock as a function, for a worker: microseconds since the run's origin. */
import { createRunClock } from '../measuring/run-clock.ts'

export const createClock = (originNs: bigint): (() => number) => createRunClock(originNs).nowUs

/**
 * The work of short requests and of the long computation: primes are counted in a stretch of numbers that are all about equally
 * hard. How many make a millisecond is measured once, and every kind does the same, counted work: where a computation is
 * held up it takes longer, as a loop that ran for a given time would not.
 */
import { defineTask, type TaskContext } from '../../executors/executor.ts'
import { settledRate } from '../../measuring/settled-rate.ts'
import { countPrimes } from '../../workloads/primes.ts'

const FIRST = 10_000_000

/** Between two looks at the clock, in ms: fine enough for slices of half a millisecond. */
const PIECE_MS = 0.1

type Cancellable = Pick<TaskContext, 'cancelled'>

/** Counts primes in `numbers` numbers, piece by piece; each step of the generator is one piece. Returns how many were found. */
export function* computation(numbers: number, numbersPerMs: number, context: Cancellable): Generator<void, number> {
  const piece = Math.max(16, Math.round(numbersPerMs * PIECE_MS))
  let primes = 0
  for (let done = 0; done < numbers; done += piece) {
    primes += countPrimes({ from: FIRST + done, to: FIRST + Math.min(numbers, done + piece) }, context).count
    yield
  }
  return primes
}

export const computeToEnd = (steps: Generator<void, number>): number => {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

const CALIBRATION_NUMBERS = 20_000
const GUESS_PER_MS = 1_000
const CHUNKS = 4

/** Numbers a millisecond. */
export const calibrate = (_: null, context: Cancellable): number =>
  settledRate(
    () => {
      computeToEnd(computation(CALIBRATION_NUMBERS, GUESS_PER_MS, context))
      return CALIBRATION_NUMBERS
    },
    { chunksPerBatch: CHUNKS },
  )

export const calibrateTask = defineTask<null, number>(import.meta.url, 'calibrate')

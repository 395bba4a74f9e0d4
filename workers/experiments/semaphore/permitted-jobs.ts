/** One thread of the semaphore lab: takes the next job, waits for a permit, computes, gives the permit back, until no job is left. */
import { Semaphore } from '#lib/primitives/semaphore.ts'
import { calibrateWork, work } from '../../measuring/calibrated-work.ts'
import type { SpanLabel } from '../../threads/span-recorder.ts'
import { defineThreadProgram, type ThreadContext } from '../../threads/thread-program.ts'

export interface JobsShared {
  /** null: everyone may enter. */
  semaphore: Int32Array | null
  /** [0] jobs taken [1] inside now [2] most that were inside [3] fewest, seen by those who left */
  words: Int32Array
  /** When each job got its permit and when it gave it back, by job: microseconds, [2 × job] and [2 × job + 1]. */
  times: Float64Array
}

export interface JobsArgs {
  jobs: number
  jobSteps: number
}

export interface JobsShare {
  startUs: number
  endUs: number
  waited: number
}

export const TAKEN = 0
export const INSIDE = 1
export const MOST = 2
export const FEWEST = 3

const WAIT = 0
const HELD = 1
const FREE = 2
export const JOB_LABELS: readonly SpanLabel[] = [
  { kind: 'wait', name: 'waiting for a permit' },
  { kind: 'held', name: 'job' },
  // Without a limit there is nothing to hold.
  { kind: 'cpu', name: 'job' },
]

/** Looked at between pieces of a job, so that a cancelled run doesn't compute its job to the end. */
const PIECES_PER_JOB = 50

const extreme = (words: Int32Array, index: number, value: number, better: (a: number, b: number) => boolean): void => {
  let seen = Atomics.load(words, index)
  while (better(value, seen)) {
    const before = Atomics.compareExchange(words, index, seen, value)
    if (before === seen) return
    seen = before
  }
}

export const doJobs = (thread: ThreadContext<JobsShared, JobsArgs>): JobsShare => {
  const { args, cancellation, spans, nowUs } = thread
  const { words, times } = thread.shared
  const semaphore = thread.shared.semaphore && new Semaphore(undefined, thread.shared.semaphore)
  const piece = args.jobSteps / PIECES_PER_JOB
  let waited = 0
  const startUs = thread.startTogether()
  for (;;) {
    const job = Atomics.add(words, TAKEN, 1)
    if (job >= args.jobs || cancellation.cancelled) return { startUs, endUs: nowUs(), waited }
    if (semaphore && !semaphore.tryAcquire()) {
      waited++
      spans.enter(WAIT, nowUs())
      semaphore.acquire({ cancellation })
      spans.leave(nowUs())
    }
    // Between having the permit and giving it back, so what is counted is never more than what was permitted.
    extreme(words, MOST, Atomics.add(words, INSIDE, 1) + 1, (a, b) => a > b)
    const enteredUs = nowUs()
    for (let i = 0; i < PIECES_PER_JOB && !cancellation.cancelled; i++) work(piece)
    const leftUs = nowUs()
    extreme(words, FEWEST, Atomics.sub(words, INSIDE, 1) - 1, (a, b) => a < b)
    semaphore?.release()
    times[2 * job] = enteredUs
    times[2 * job + 1] = leftUs
    spans.record(semaphore ? HELD : FREE, enteredUs, leftUs)
  }
}
export const jobsProgram = defineThreadProgram<JobsShared, JobsArgs, JobsShare>(import.meta.url, 'doJobs')

/** By one thread alone: how many steps of computing a microsecond takes. */
export const calibrate = (): number => calibrateWork()
export const calibrateProgram = defineThreadProgram<null, null, number>(import.meta.url, 'calibrate')

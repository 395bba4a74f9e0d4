/** What acquiring, holding and a whole turn cost a thread that nobody contends with: from these the limit of a lock is made. */
import type { ContendedLock } from '#lib/experiments/lock-contention-locks.ts'
import type { UncontendedCosts } from '#lib/experiments/lock-contention-model.ts'
import { createDurationMemory, DurationHistogram } from '../../measuring/duration-histogram.ts'
import type { ThreadCrew } from '../../threads/thread-crew.ts'
import { returned } from '../../threads/thread-outcome.ts'
import { contendProgram, handOverProgram } from './contend.ts'
import { createLockWords } from './guard.ts'

/** Turns in one window. */
const TURNS = 50
const SHORTEST_MS = 1
const LONGEST_MS = 25
/** All windows together take about so long, of which there are many when they are short. */
const BUDGET_MS = 60
const FEWEST_WINDOWS = 4

/** One window is long enough for some turns and so short that, of many, one is not interrupted: that one counts. */
const windowsFor = (turnUs: number): { durationMs: number; windows: number } => {
  const durationMs = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, (TURNS * turnUs) / 1000))
  return { durationMs, windows: Math.max(FEWEST_WINDOWS, Math.round(BUDGET_MS / durationMs)) }
}

export interface Effort {
  lock: ContendedLock
  permits: number
  readShare: number
  holdSteps: number
  outsideSteps: number
  /** What a turn should take, hold and outside; microseconds. */
  turnUs: number
}

export const measureLimit = async (crew: ThreadCrew, effort: Effort): Promise<UncontendedCosts> => {
  const { lock, permits, readShare, holdSteps, outsideSteps, turnUs } = effort
  const { durationMs, windows } = windowsFor(turnUs)
  let cycleUs = Number.POSITIVE_INFINITY
  let holdUs = Number.POSITIVE_INFINITY
  for (let time = 0; time < windows; time++) {
    const [waits, holds] = [createDurationMemory(), createDurationMemory()]
    const run = await crew.run(contendProgram(lock), {
      threads: 1,
      shared: { counter: new Int32Array(new SharedArrayBuffer(4)), lockWords: createLockWords(lock, permits) },
      argsOf: () => ({
        ...{ lock, readShare, holdSteps, outsideSteps, waits, holds },
        ...{ durationMs, seed: time + 1, traced: false },
      }),
    })
    const [share] = returned(run)
    if (!share || share.acquisitions < 2) continue
    const ownHoldUs = new DurationHistogram(holds).totalUs / share.acquisitions
    holdUs = Math.min(holdUs, ownHoldUs)
    // The last turn ends with its hold: without it, from the first acquisition to the last.
    cycleUs = Math.min(cycleUs, (share.endUs - share.startUs - ownHoldUs) / (share.acquisitions - 1))
  }
  const shared = createLockWords(lock, permits)
  const [handOverUs = 0] = returned(
    await crew.run(handOverProgram(lock), { threads: 1, shared, argsOf: () => ({ lock }) }),
  )
  return { holdUs, handOverUs, cycleUs }
}

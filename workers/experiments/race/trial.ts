/** One trial as each thread executes it: makes its handles on the shared memory, waits for all, races, and tells what it did. */
import type { RaceGuard, RaceScenario, StepLock } from '#lib/experiments/race-kinds.ts'
import { Mutex } from '#lib/primitives/mutex.ts'
import { calibrateWork } from '../../measuring/calibrated-work.ts'
import { defineThreadProgram, type ThreadContext } from '../../threads/thread-program.ts'
import { transferAll } from './bank.ts'
import { countUp } from './counter.ts'
import { buildMissing } from './lazy-init.ts'
import { LOCK_STRIDE } from './lock-places.ts'
import { publishAll, readAll } from './message.ts'
import { type Step, StepProbe } from './step-probe.ts'

export interface TrialMemory {
  /** counter: one word; bank: the accounts; lazy-init: the objects; message: the flags. */
  words: Int32Array
  /** message: the data. */
  data: Int32Array
  /** lazy-init: for each thread and object, whether that thread built it. */
  built: Uint8Array
  /** Mutexes: the common one, one for each thread, one for each account. */
  locks: Int32Array
}

export interface TrialArgs {
  scenario: RaceScenario
  guard: RaceGuard
  withdrawLock: StepLock
  depositLock: StepLock
  iterations: number
  gap: number
  seed: number
  traced: boolean
}

export interface ThreadTrial {
  startUs: number
  endUs: number
  /** bank: what this thread's transfers come to. */
  changes: number[]
  wrongAudits: number
  /** message: flags seen without data. */
  early: number
  steps: Step[]
}

export const raceOnce = (thread: ThreadContext<TrialMemory, TrialArgs>): ThreadTrial => {
  const { index, threads, shared, args, cancellation, nowUs, startTogether } = thread
  const { scenario, guard, iterations, gap } = args
  const lockAt = (at: number) => new Mutex(shared.locks.subarray(at * LOCK_STRIDE, (at + 1) * LOCK_STRIDE), index + 1)
  const global = lockAt(0)
  const own = lockAt(1 + index)
  const lock = guard === 'lock-per-thread' ? own : global
  const probe = args.traced ? new StepProbe(nowUs) : null
  const told: ThreadTrial = { startUs: 0, endUs: 0, changes: [], wrongAudits: 0, early: 0, steps: [] }
  const common = { guard, lock, iterations, gap, probe }

  if (scenario === 'bank') {
    const accounts = Array.from(shared.words, (_, at) => lockAt(1 + threads + at))
    const { withdrawLock, depositLock, seed } = args
    const locks = { global, thread: own, accounts }
    told.startUs = startTogether()
    const done = transferAll({ ...common, accounts: shared.words, locks, withdrawLock, depositLock, seed })
    told.endUs = nowUs()
    return { ...told, ...done, steps: probe?.steps ?? [] }
  }
  const built = shared.built.subarray(index * iterations, (index + 1) * iterations)
  told.startUs = startTogether()
  if (scenario === 'counter') countUp({ ...common, counter: shared.words })
  else if (scenario === 'lazy-init') buildMissing({ ...common, objects: shared.words, built, index })
  else if (index === 0) publishAll({ ...common, flags: shared.words, data: shared.data, cancellation })
  else told.early = readAll({ ...common, flags: shared.words, data: shared.data, cancellation })
  told.endUs = nowUs()
  return { ...told, steps: probe?.steps ?? [] }
}
export const raceOnceProgram = defineThreadProgram<TrialMemory, TrialArgs, ThreadTrial>(import.meta.url, 'raceOnce')

/** By one thread alone: how many steps of computing a microsecond takes. */
export const calibrate = (): number => calibrateWork()
export const calibrateProgram = defineThreadProgram<null, null, number>(import.meta.url, 'calibrate')

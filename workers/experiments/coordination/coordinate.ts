/** What a thread of `coordination` executes: its part of the scenario, from a start that all make together. */
import { roleOf } from '#lib/experiments/coordination-kinds.ts'
import { calibrateWork } from '../../measuring/calibrated-work.ts'
import { defineThreadProgram, type ThreadContext } from '../../threads/thread-program.ts'
import { keepPace } from './barrier.ts'
import { consume, produce } from './condition.ts'
import type { CoordinationArgs, CoordinationMemory } from './coordination-memory.ts'
import { announce, listen } from './event.ts'
import { play } from './ping-pong.ts'
import { type ThreadAccount, ThreadLedger } from './thread-ledger.ts'

const PARTS = {
  producer: produce,
  consumer: consume,
  announcer: announce,
  listener: listen,
  party: keepPace,
  ping: play,
  pong: play,
} as const

export const coordinate = (thread: ThreadContext<CoordinationMemory, CoordinationArgs>): ThreadAccount => {
  const ledger = new ThreadLedger(thread, thread.threads)
  const role = roleOf(thread.args.scenario, thread.index, thread.threads)
  ledger.account.startUs = thread.startTogether()
  PARTS[role](thread, ledger)
  ledger.account.endUs = thread.nowUs()
  return ledger.account
}
export const coordinateProgram = defineThreadProgram<CoordinationMemory, CoordinationArgs, ThreadAccount>(
  import.meta.url,
  'coordinate',
)

/** By one thread alone: how many steps of computing a microsecond takes. */
export const calibrate = (): number => calibrateWork()
export const calibrateProgram = defineThreadProgram<null, null, number>(import.meta.url, 'calibrate')

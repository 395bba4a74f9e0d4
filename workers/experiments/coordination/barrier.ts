/** Phases: every thread does its part, which differ in length, and none begins the next phase before all have come to the barrier. */
import { Barrier } from '#lib/primitives/barrier.ts'
import type { ThreadContext } from '../../threads/thread-program.ts'
import type { CoordinationArgs, CoordinationMemory } from './coordination-memory.ts'
import type { ThreadLedger } from './thread-ledger.ts'

export const keepPace = (thread: ThreadContext<CoordinationMemory, CoordinationArgs>, ledger: ThreadLedger): void => {
  const { shared, args, index, threads, nowUs, cancellation } = thread
  const barrier = new Barrier(undefined, shared.barrier)
  const { atUs } = shared.stamps
  for (let phase = 0; phase < args.items; phase++) {
    ledger.work(args.steps[phase % args.steps.length] ?? 0)
    // Two turns: whoever is slow to read this phase's arrivals holds up the next phase, so nobody writes the phase after that yet.
    const turn = (phase % 2) * threads
    const sinceUs = nowUs()
    atUs[turn + index] = sinceUs
    barrier.wait(Number.POSITIVE_INFINITY, { cancellation })
    let last = 0
    for (let other = 1; other < threads; other++) {
      if ((atUs[turn + other] ?? 0) > (atUs[turn + last] ?? 0)) last = other
    }
    if (last === index) ledger.account.already++
    else ledger.waited(sinceUs, { by: last, atUs: atUs[turn + last] ?? 0 })
    ledger.account.completed++
  }
}

/** Pairs of threads and two semaphores each: one may go on only when the other has played the ball back. A volley is there and back. */
import { volleysOf } from '#lib/experiments/coordination-kinds.ts'
import { Semaphore } from '#lib/primitives/semaphore.ts'
import type { ThreadContext } from '../../threads/thread-program.ts'
import type { CoordinationArgs, CoordinationMemory } from './coordination-memory.ts'
import type { ThreadLedger } from './thread-ledger.ts'

export const play = (thread: ThreadContext<CoordinationMemory, CoordinationArgs>, ledger: ThreadLedger): void => {
  const { shared, args, index, threads, nowUs, cancellation } = thread
  const isPing = index % 2 === 0
  const other = isPing ? index + 1 : index - 1
  const mine = new Semaphore(undefined, shared.semaphores[index])
  const theirs = new Semaphore(undefined, shared.semaphores[other])
  const { by, atUs } = shared.stamps
  const volleys = volleysOf(Math.floor(index / 2), threads / 2, args.items)
  const receive = (): void => {
    const sinceUs = nowUs()
    mine.acquire({ cancellation })
    ledger.waited(sinceUs, { by: other, atUs: atUs[other] ?? 0 })
  }
  const strike = (): void => {
    by[index] = index
    atUs[index] = nowUs()
    theirs.release()
  }
  for (let volley = 0; volley < volleys; volley++) {
    if (!isPing) receive()
    ledger.work(args.steps[volley % args.steps.length] ?? 0)
    strike()
    if (isPing) receive()
    ledger.account.completed++
  }
}

/**
 * One announces, the others listen: an event is set, all who wait go on, and acknowledge. An event remembers, so it may be set
 * before anyone waits. The mistake `signal-before-wait` takes that away: the event is pulsed (set and cleared at once), and who
 * does not wait in this very moment sleeps until the watchdog. Two events take turns, so that clearing one meets nobody who
 * waits for the next announcement.
 */
import { Event } from '#lib/primitives/event.ts'
import { Semaphore } from '#lib/primitives/semaphore.ts'
import type { ThreadContext } from '../../threads/thread-program.ts'
import type { CoordinationArgs, CoordinationMemory } from './coordination-memory.ts'
import type { ThreadLedger } from './thread-ledger.ts'

type Thread = ThreadContext<CoordinationMemory, CoordinationArgs>

const ANNOUNCED = 0

const eventsOf = ({ events }: CoordinationMemory): Event[] => events.map((words) => new Event(words))
const acknowledgements = ({ semaphores }: CoordinationMemory): Semaphore => new Semaphore(undefined, semaphores[0])

export const announce = (thread: Thread, ledger: ThreadLedger): void => {
  const { shared, args, threads, nowUs, cancellation } = thread
  const events = eventsOf(shared)
  const acks = acknowledgements(shared)
  for (let item = 0; item < args.items; item++) {
    ledger.work(args.steps[item % args.steps.length] ?? 0)
    const event = events[item % 2]
    shared.stamps.by[0] = 0
    shared.stamps.atUs[0] = nowUs()
    event?.set()
    // Said after it was set: a listener that believed it earlier would count a signal as lost that was still to come.
    Atomics.store(shared.state, ANNOUNCED, item + 1)
    if (args.bug === 'signal-before-wait') event?.clear()
    const sinceUs = nowUs()
    for (let listener = 1; listener < threads; listener++) acks.acquire({ cancellation })
    ledger.waited(sinceUs, lastOf(shared, threads))
    event?.clear()
    ledger.account.completed++
  }
}

/** Whose acknowledgement came last: it was the one that the announcer waited for. */
const lastOf = ({ roomStamps }: CoordinationMemory, threads: number): { by: number; atUs: number } => {
  let by = 1
  for (let listener = 2; listener < threads; listener++) {
    if ((roomStamps.atUs[listener] ?? 0) > (roomStamps.atUs[by] ?? 0)) by = listener
  }
  return { by, atUs: roomStamps.atUs[by] ?? 0 }
}

export const listen = (thread: Thread, ledger: ThreadLedger): void => {
  const { shared, args, index, nowUs, cancellation } = thread
  const events = eventsOf(shared)
  const acks = acknowledgements(shared)
  const { account } = ledger
  const isAnnounced = (item: number): boolean => Atomics.load(shared.state, ANNOUNCED) > item
  for (let item = 0; item < args.items; item++) {
    const event = events[item % 2]
    if (event?.isSet) account.already++
    const sinceUs = nowUs()
    // A wait that the watchdog ended for nothing is only begun again; as is one in whose last moment the event was set.
    while (!event?.wait(args.watchdogMs, { cancellation })) {
      if (!isAnnounced(item) || event?.isSet) continue
      account.lost++
      break
    }
    ledger.waited(sinceUs, { by: 0, atUs: shared.stamps.atUs[0] ?? 0 })
    shared.roomStamps.atUs[index] = nowUs()
    acks.release()
    // Acknowledged first: so the next announcement can come while this one is still at work.
    ledger.work(args.steps[item % args.steps.length] ?? 0)
    account.completed++
  }
}

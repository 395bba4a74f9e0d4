/**
 * Producers and consumers at a small buffer, guarded by a mutex and two condition variables. Right: `while (empty) wait`. The
 * mistakes, executed as they are written:
 * - `if-instead-of-while`: whoever is woken takes, although another consumer may have been faster. The buffer's positions go
 *   wrong as in the real thing: what was read a turn ago is taken again, what is put in next is passed over.
 * - `signal-before-wait`: a consumer waits for the signal without looking first. If it came before, it sleeps until the watchdog.
 */
import type { CoordinationBug } from '#lib/experiments/coordination-kinds.ts'
import { ConditionVariable } from '#lib/primitives/condition-variable.ts'
import { Mutex } from '#lib/primitives/mutex.ts'
import type { ThreadContext } from '../../threads/thread-program.ts'
import type { CoordinationArgs, CoordinationMemory, Stamps } from './coordination-memory.ts'
import type { ThreadAccount, ThreadLedger } from './thread-ledger.ts'

/** Positions in `state`; all of them only under the mutex. */
const CLAIMED = 0
const PUT = 1
const TAKEN = 2

type Thread = ThreadContext<CoordinationMemory, CoordinationArgs>

interface Monitor {
  mutex: Mutex
  notEmpty: ConditionVariable
  notFull: ConditionVariable
}

const monitorOf = ({ shared, index }: Thread): Monitor => ({
  mutex: new Mutex(shared.mutex, index + 1),
  notEmpty: new ConditionVariable(shared.notEmpty),
  notFull: new ConditionVariable(shared.notFull),
})

const at = (words: Int32Array, position: number): number => words[position] ?? 0

/** Less than 0 once somebody took what was not there. */
const inside = ({ state }: CoordinationMemory): number => at(state, PUT) - at(state, TAKEN)

const stampOf = (stamps: Stamps, turn: number): { by: number; atUs: number } | null => {
  const slot = ((turn % stamps.by.length) + stamps.by.length) % stamps.by.length
  const atUs = stamps.atUs[slot] ?? 0
  return atUs === 0 ? null : { by: at(stamps.by, slot), atUs }
}

const stamp = (stamps: Stamps, turn: number, by: number, atUs: number): void => {
  stamps.by[turn % stamps.by.length] = by
  stamps.atUs[turn % stamps.by.length] = atUs
}

/** A cancelled wait ends with the mutex held: the others couldn't end theirs. */
const releasing = (mutex: Mutex, act: () => void): void => {
  try {
    act()
  } finally {
    if (mutex.heldBy === mutex.owner) mutex.release()
  }
}

export const produce = (thread: Thread, ledger: ThreadLedger): void => {
  const monitor = monitorOf(thread)
  releasing(monitor.mutex, () => produceAll(thread, monitor, ledger))
}

export const consume = (thread: Thread, ledger: ThreadLedger): void => {
  const monitor = monitorOf(thread)
  releasing(monitor.mutex, () => consumeAll(thread, monitor, ledger))
}

const produceAll = (thread: Thread, { mutex, notEmpty, notFull }: Monitor, ledger: ThreadLedger): void => {
  const { shared, args, index, nowUs, cancellation } = thread
  const { state, slots } = shared
  const { account } = ledger
  for (let turn = 0; ; turn++) {
    ledger.work(args.steps[turn % args.steps.length] ?? 0)
    let sinceUs = nowUs()
    mutex.acquire({ cancellation })
    const item = at(state, CLAIMED)
    if (item >= args.items) {
      mutex.release()
      return
    }
    state[CLAIMED] = item + 1
    let waited = false
    while (inside(shared) >= args.capacity) {
      waited = true
      const woken = notFull.wait(mutex, args.watchdogMs, { cancellation })
      if (woken && inside(shared) >= args.capacity) account.spurious++
    }
    sinceUs = ledger.waited(sinceUs, waited ? stampOf(shared.roomStamps, at(state, PUT) - args.capacity) : null)
    const position = at(state, PUT)
    slots[position % args.capacity] = item + 1
    stamp(shared.stamps, position, index, nowUs())
    state[PUT] = position + 1
    notEmpty.notify()
    mutex.release()
    ledger.held(sinceUs, nowUs())
    account.completed++
  }
}

const consumeAll = (thread: Thread, { mutex, notEmpty, notFull }: Monitor, ledger: ThreadLedger): void => {
  const { shared, args, index, nowUs } = thread
  const { state, slots } = shared
  const { account } = ledger
  for (let turn = 0; ; turn++) {
    let sinceUs = nowUs()
    mutex.acquire({ cancellation: thread.cancellation })
    const waited = awaitItem(args.bug, account, {
      nothing: () => inside(shared) <= 0 && at(state, TAKEN) < args.items,
      wait: () => notEmpty.wait(mutex, args.watchdogMs, { cancellation: thread.cancellation }),
    })
    const position = at(state, TAKEN)
    if (position >= args.items) {
      mutex.release()
      ledger.waited(sinceUs, null)
      return
    }
    sinceUs = ledger.waited(sinceUs, waited ? stampOf(shared.stamps, position) : null)
    if (inside(shared) <= 0) account.takenFromEmpty++
    account.taken.push(at(slots, position % args.capacity))
    stamp(shared.roomStamps, position, index, nowUs())
    state[TAKEN] = position + 1
    notFull.notify()
    // The others have nothing more to wait for.
    if (position + 1 >= args.items) notEmpty.notifyAll()
    mutex.release()
    ledger.held(sinceUs, nowUs())
    account.completed++
    ledger.work(args.steps[turn % args.steps.length] ?? 0)
  }
}

interface Items {
  nothing(): boolean
  /** @returns false when the watchdog ended it */
  wait(): boolean
}

/** Holding the mutex: until there is something to take, or so it is believed. @returns whether it waited */
export const awaitItem = (
  bug: CoordinationBug,
  account: Pick<ThreadAccount, 'lost' | 'spurious' | 'already'>,
  { nothing, wait }: Items,
): boolean => {
  if (bug === 'signal-before-wait') {
    let notified = wait()
    if (!notified && !nothing()) account.lost++
    while (nothing()) {
      if (notified) account.spurious++
      notified = wait()
    }
    return true
  }
  if (!nothing()) {
    account.already++
    return false
  }
  if (bug === 'if-instead-of-while') {
    if (wait() && nothing()) account.spurious++
    return true
  }
  while (nothing()) if (wait() && nothing()) account.spurious++
  return true
}

/**
 * A lock that is handed over strictly in the order of asking (FIFO): draw a ticket, wait until it is served. Fair to the
 * last, and therefore slow under load: every hand-over waits for one particular thread to wake up (the convoy).
 *
 * Memory, 2 + 64 int32:
 *   [0] next      the ticket that the next one draws
 *   [1] serving   the ticket that holds it, or would if it were drawn; next = serving means free
 *   [2…65] slots  one for ticket mod 64, on which its waiter sleeps: ⌊ticket / 64⌋ × 4 + 1 once it is served, + 2 once it was
 *                 given up, 0 unmarked. With the slot's place that is the whole ticket: the mark of another says nothing to it.
 * Tickets wrap at 2^32. A mark stays until its slot is marked again, which without contention is never, so every 2^24 tickets
 * the holder wipes those that are no longer out: none is old enough to be taken for that of the same ticket a wrap later.
 * At most 64 are out at once, those given up counted until their turn has passed; whoever finds no ticket looks again every
 * `CHECK_INTERVAL_MS`, and is in order from when he has one.
 *
 * Giving up (time-out, cancellation) races with being served: both compare-exchange the slot, and the one who wins decides.
 * No owner: anyone may release it; while it is free that throws NotHeldError. A thread that is terminated keeps its ticket,
 * whether it held the lock or waited: once that is served the lock stays held, others time out, until one who knows of the
 * death releases it. One that is terminated as it hands over may leave the next one asleep: `recover` wakes it.
 *
 * Source: J. Mellor-Crummey, M. Scott, "Algorithms for Scalable Synchronization on Shared-Memory Multiprocessors", ACM TOCS
 * 9(1), 1991; the slots for sleeping and giving up are ours.
 */
import { Acquirable } from './acquirable.ts'
import { CHECK_INTERVAL_MS } from './cancellation.ts'
import { NotHeldError } from './errors.ts'
import { type AsyncWaitOptions, deadlineAfter, park, parkAsync, type WaitOptions } from './park.ts'

const NEXT = 0
const SERVING = 1
const SLOTS = 2
const SLOT_COUNT = 64
const UNMARKED = 0
/** A multiple of SLOT_COUNT, far below the wrap. */
const TICKETS_PER_WIPE = 2 ** 24

const slotOf = (ticket: number): number => SLOTS + (ticket & (SLOT_COUNT - 1))
const turnOf = (ticket: number): number => (ticket >>> 6) << 2
const served = (ticket: number): number => turnOf(ticket) | 1
const givenUp = (ticket: number): number => turnOf(ticket) | 2

export class TicketLock extends Acquirable {
  static readonly WORDS = SLOTS + SLOT_COUNT
  readonly words: Int32Array

  constructor(words: Int32Array = new Int32Array(new SharedArrayBuffer(4 * TicketLock.WORDS))) {
    super()
    this.words = words
  }

  get held(): boolean {
    return Atomics.load(this.words, NEXT) !== Atomics.load(this.words, SERVING)
  }

  tryAcquire(timeoutMs = 0, options?: WaitOptions): boolean {
    if (this.#takeIfFree()) return true
    if (timeoutMs <= 0) return false
    const deadline = deadlineAfter(timeoutMs)
    let ticket = this.#draw()
    while (ticket === null) {
      if (!park(this.words, SERVING, this.#serving, this.#nextLook(deadline), options?.cancellation)) return false
      ticket = this.#draw()
    }
    try {
      for (;;) {
        const mark = Atomics.load(this.words, slotOf(ticket))
        // The mark is read before the turn: whoever serves us changes both, in the other order, so no wake-up is lost.
        if (this.#serving === ticket) return true
        if (!park(this.words, slotOf(ticket), mark, deadline, options?.cancellation)) return !this.#giveUp(ticket)
      }
    } catch (error) {
      // Cancelled, but perhaps served in the same moment: then it is ours and must be passed on.
      if (!this.#giveUp(ticket)) this.release()
      throw error
    }
  }

  async tryAcquireAsync(timeoutMs = 0, options?: AsyncWaitOptions): Promise<boolean> {
    if (this.#takeIfFree()) return true
    if (timeoutMs <= 0) return false
    const deadline = deadlineAfter(timeoutMs)
    let ticket = this.#draw()
    while (ticket === null) {
      if (!(await parkAsync(this.words, SERVING, this.#serving, this.#nextLook(deadline), options))) return false
      ticket = this.#draw()
    }
    try {
      for (;;) {
        const mark = Atomics.load(this.words, slotOf(ticket))
        if (this.#serving === ticket) return true
        if (!(await parkAsync(this.words, slotOf(ticket), mark, deadline, options))) return !this.#giveUp(ticket)
      }
    } catch (error) {
      if (!this.#giveUp(ticket)) this.release()
      throw error
    }
  }

  release(): void {
    let ticket = this.#serving
    if (Atomics.load(this.words, NEXT) === ticket) throw new NotHeldError('released although nobody holds it')
    do {
      ticket = (ticket + 1) | 0
      if ((ticket & (TICKETS_PER_WIPE - 1)) === 0) this.#wipeOldMarks(ticket)
      Atomics.store(this.words, SERVING, ticket)
      // Not drawn yet: whoever draws it finds that it is served already.
    } while (Atomics.load(this.words, NEXT) !== ticket && !this.#serve(ticket))
  }

  /**
   * To be called for any thread that was terminated while it may have used the lock: wakes all who sleep, and they look again.
   * When its ticket's turn has come, the lock is to be released, too.
   */
  recover(): void {
    for (let word = SERVING; word < TicketLock.WORDS; word++) Atomics.notify(this.words, word)
  }

  get #serving(): number {
    return Atomics.load(this.words, SERVING)
  }

  /** @returns false when the ticket was given up, so that the next one has to be served */
  #serve(ticket: number): boolean {
    const slot = slotOf(ticket)
    for (;;) {
      const mark = Atomics.load(this.words, slot)
      if (mark === givenUp(ticket)) return false
      // We were preempted after SERVING was stored; this ticket saw that and has had its turn. Looked at after the mark: while
      // it is still this one's turn, the slot is its own, and the compare-exchange below fails if it no longer is.
      if (this.#serving !== ticket) return true
      if (Atomics.compareExchange(this.words, slot, mark, served(ticket)) === mark) {
        Atomics.notify(this.words, slot)
        return true
      }
    }
  }

  /** @returns false when it was served first, so that the lock is ours after all */
  #giveUp(ticket: number): boolean {
    const slot = slotOf(ticket)
    for (;;) {
      const mark = Atomics.load(this.words, slot)
      if (mark === served(ticket)) return false
      if (Atomics.compareExchange(this.words, slot, mark, givenUp(ticket)) === mark) return true
    }
  }

  /** @returns null when all are out: two waiters on one slot would take each other's marks for their own */
  #draw(): number | null {
    for (;;) {
      const ticket = Atomics.load(this.words, NEXT)
      if (((ticket - this.#serving) | 0) >= SLOT_COUNT) return null
      if (Atomics.compareExchange(this.words, NEXT, ticket, (ticket + 1) | 0) === ticket) return ticket
    }
  }

  /** By the holder, before `next` is served: those from it on may be out and given up, what else is marked has had its turn. */
  #wipeOldMarks(next: number): void {
    for (let ticket = next; ticket !== ((next + SLOT_COUNT) | 0); ticket = (ticket + 1) | 0) {
      const slot = slotOf(ticket)
      const mark = Atomics.load(this.words, slot)
      // Nobody is woken: who sleeps here does so until this very slot is notified, whatever stands in it.
      if (mark !== givenUp(ticket)) Atomics.compareExchange(this.words, slot, mark, UNMARKED)
    }
  }

  #takeIfFree(): boolean {
    const serving = this.#serving
    return Atomics.compareExchange(this.words, NEXT, serving, (serving + 1) | 0) === serving
  }

  #nextLook(deadline: number): number {
    return Math.min(deadline, performance.now() + CHECK_INTERVAL_MS)
  }
}

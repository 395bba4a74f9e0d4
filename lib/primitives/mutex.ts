/**
 * A mutual exclusion lock that knows its owner: releasing another's throws NotOwnerError, acquiring it twice throws
 * AlreadyOwnedError instead of hanging.
 *
 * Memory, two int32:
 *   [0] state   0 = free; owner × 2 = held; owner × 2 + 1 = held and somebody may be asleep
 *   [1] owners  how many owner numbers were given out
 *
 * An owner is a handle, one for each thread; tasks of one event loop that exclude each other need a handle each, too.
 *
 * Because the owner stands in the state itself, the uncontended pair is two atomic read-modify-writes, and the second of
 * them checks the owner for nothing: compare-exchange (owner × 2 → 0) fails unless we hold it and nobody sleeps.
 *
 * Not FIFO: one who is running may overtake one who sleeps, which is what keeps both cores busy. A sleeper that was woken and
 * finds itself overtaken naps before it asks to be woken again, each time twice as long, up to a millisecond: until then
 * releases have nobody to wake, and that is most of what contention costs.
 * A holder that is terminated leaves it held for ever: others time out. Whoever knows that the thread is dead may `recover`
 * it, and must then take the guarded data for unfinished.
 *
 * Source: the three-state mutex of U. Drepper, "Futexes Are Tricky" (2011), mutex3, with the owner in the state word; the naps
 * are the exponential back-off of T. E. Anderson, "The Performance of Spin Lock Alternatives" (1990), asleep instead of spinning.
 */
import { Acquirable } from './acquirable.ts'
import { AlreadyOwnedError, NotOwnerError } from './errors.ts'
import { type AsyncWaitOptions, deadlineAfter, nap, park, parkAsync, type WaitOptions } from './park.ts'
import { AdaptiveSpin } from './spin.ts'

const STATE = 0
const OWNERS = 1
const FREE = 0
const SLEEPERS = 1
const MAX_OWNER = 2 ** 29
/** About what a wake-up costs, which is lost in vain if the next one comes as early. */
const FIRST_NAP_MS = 0.1
/** So long may a mutex stand free before one who was overtaken looks again. */
const LONGEST_NAP_MS = 1
/** Owners that are given out begin here, so that they don't meet those that a program chooses itself. */
const FIRST_GIVEN_OUT = 2 ** 16

export class Mutex extends Acquirable {
  static readonly WORDS = 2
  readonly words: Int32Array
  /** This handle's number, above 0. Each thread makes its own handle on the shared words. */
  readonly owner: number
  readonly #held: number
  readonly #spin = new AdaptiveSpin()

  /** @param owner the thread's number, 1 … 65,535, different for each; left out, the next free one above is taken */
  constructor(words: Int32Array = new Int32Array(new SharedArrayBuffer(4 * Mutex.WORDS)), owner?: number) {
    super()
    this.words = words
    this.owner = owner ?? FIRST_GIVEN_OUT + Atomics.add(words, OWNERS, 1)
    if (!Number.isInteger(this.owner) || this.owner < 1 || this.owner > MAX_OWNER) {
      throw new RangeError(`owner: got ${this.owner}, 1 to ${MAX_OWNER} is accepted`)
    }
    this.#held = this.owner * 2
  }

  /** The number of the owner, or null when it is free; may be out of date as soon as it is read. */
  get heldBy(): number | null {
    const state = Atomics.load(this.words, STATE)
    return state === FREE ? null : state >> 1
  }

  override acquire(options?: WaitOptions): void {
    if (Atomics.compareExchange(this.words, STATE, FREE, this.#held) === FREE) return
    this.#refuseOwned()
    this.#acquireSlowly(Number.POSITIVE_INFINITY, options)
  }

  tryAcquire(timeoutMs = 0, options?: WaitOptions): boolean {
    if (Atomics.compareExchange(this.words, STATE, FREE, this.#held) === FREE) return true
    this.#refuseOwned()
    return timeoutMs <= 0 ? false : this.#acquireSlowly(deadlineAfter(timeoutMs), options)
  }

  async tryAcquireAsync(timeoutMs = 0, options?: AsyncWaitOptions): Promise<boolean> {
    if (Atomics.compareExchange(this.words, STATE, FREE, this.#held) === FREE) return true
    this.#refuseOwned()
    if (timeoutMs <= 0) return false
    const deadline = deadlineAfter(timeoutMs)
    // No spin: an event loop has other work to do.
    for (;;) {
      const state = this.#announceSleeper()
      if (state === FREE) return true
      if (!(await parkAsync(this.words, STATE, state, deadline, options))) return false
    }
  }

  release(): void {
    if (Atomics.compareExchange(this.words, STATE, this.#held, FREE) === this.#held) return
    const state = Atomics.load(this.words, STATE)
    if (state >> 1 !== this.owner) {
      if (state === FREE) throw new NotOwnerError('released although nobody holds it')
      throw new NotOwnerError(`released by ${this.owner}, held by ${state >> 1}`)
    }
    // Ours and marked: nobody else changes that, so storing overwrites nothing.
    Atomics.store(this.words, STATE, FREE)
    Atomics.notify(this.words, STATE, 1)
  }

  /**
   * Frees the mutex if a thread that is known to be dead held it. To be called for any thread that was terminated while it
   * may have used the mutex: dying between its wake-up and taking the mutex it would have left the other sleepers asleep.
   * @returns whether it held it
   */
  recover(deadOwner: number): boolean {
    let held = false
    for (;;) {
      const state = Atomics.load(this.words, STATE)
      held = state !== FREE && state >> 1 === deadOwner
      // Compared, not stored: of two who recover the same owner the slower would free another's mutex.
      if (!held || Atomics.compareExchange(this.words, STATE, state, FREE) === state) break
    }
    Atomics.notify(this.words, STATE)
    return held
  }

  #refuseOwned(): void {
    if (Atomics.load(this.words, STATE) >> 1 === this.owner) {
      throw new AlreadyOwnedError('acquired again by its owner, which would wait for itself')
    }
  }

  #acquireSlowly(deadline: number, options?: WaitOptions): boolean {
    const limit = this.#spin.limit
    for (let spins = 0; spins < limit; spins++) {
      // Look before trying: a failed compare-exchange would take the cache line away from the holder.
      if (
        Atomics.load(this.words, STATE) === FREE &&
        Atomics.compareExchange(this.words, STATE, FREE, this.#held) === FREE
      ) {
        this.#spin.learn(spins)
        return true
      }
      Atomics.pause()
    }
    this.#spin.learn(limit)
    for (let napMs = FIRST_NAP_MS; ; ) {
      const state = this.#announceSleeper()
      if (state === FREE) return true
      if (!park(this.words, STATE, state, deadline, options?.cancellation)) return false
      const found = Atomics.load(this.words, STATE)
      if (found === FREE || found === state) continue
      // Our wake-up took the mark away, and others may be asleep: whatever ends the nap, the time-out and a cancellation too,
      // the next round marks again or takes, before anybody gives up.
      nap(napMs, deadline)
      napMs = Math.min(2 * napMs, LONGEST_NAP_MS)
    }
  }

  /**
   * Takes it if it is free, else marks that somebody sleeps. @returns FREE when taken, else the state to sleep on.
   * Taken here it stays marked: there may be other sleepers, and one needless wake-up costs less than a lost one.
   */
  #announceSleeper(): number {
    for (;;) {
      const state = Atomics.load(this.words, STATE)
      const next = state === FREE ? this.#held | SLEEPERS : state | SLEEPERS
      if (state === next || Atomics.compareExchange(this.words, STATE, state, next) === state) {
        return state === FREE ? FREE : next
      }
    }
  }
}

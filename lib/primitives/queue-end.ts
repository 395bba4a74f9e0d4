/**
 * One end of a bounded queue, the producers' or the consumers': it admits one thread at a time, counts the messages that went
 * through, and lets threads sleep until the other end has moved.
 *
 * Memory, 16 int32 (a cache line) an end:
 *   [0] state     who is inside, how many messages went through, who may be asleep, in the bits of queue-state.ts; threads of
 *                 the other end sleep on it
 *   [1] turns     threads of this end sleep on it for the entrance; one more each time those are woken
 *   [2] seen      the other end's state as last read; only who is inside reads and writes it
 *   [3] always 0: an event loop that finds somebody inside sleeps on it for a moment, where it takes nobody's wake-up
 * The state is one word, so that letting the next one in, publishing the messages and seeing that somebody sleeps are a single
 * compare-exchange: entering and leaving is all that a message, or a batch, costs. Like a mutex, it knows its owner, and is
 * not FIFO.
 *
 * [2] saves reading the other's cache line while there is enough by what was seen. It belongs to the end, not to a handle:
 * nobody can have gone beyond it, so it is never more than the capacity behind, however long a handle was idle.
 *
 * No lost wake-up: one who finds nothing to do sets SLEEPERS in the other's state if its count hasn't moved, and sleeps on the
 * result; who moves the count sees the bit, or changes the word before the sleep. Waking leaves the bit where more may be
 * asleep; it is cleared before waking all of them, not after. Whoever was woken and then leaves with nothing (its time up at
 * the entrance) wakes the next. A thread that is terminated asleep leaves nothing behind but a bit, which costs one notify.
 *
 * The count wraps at 2^21. Comparisons of state fail only for a thread that is kept from running between reading it and going
 * to sleep while exactly a multiple of that passes; it would sleep until the next message.
 */
import { type AsyncWaitOptions, park, parkAsync, type WaitOptions } from './park.ts'
import { STATE_BITS } from './queue-state.ts'
import { MAX_SPINS } from './spin.ts'

/** What an attempt gives when it found nothing to do, and when nothing will ever come of it; anything else ends the wait. */
export const NOTHING = -1
export const ENDED = -2

const { CLOSED, SLEEPERS, QUEUING, OWNER_SHIFT, OWNER, ONE, COUNT } = STATE_BITS

const TURNS = 1
const SEEN = 2
const NEVER_CHANGES = 3

/**
 * How the short spin before sleeping looks: so often, with so many pauses between. Looking all the time would take the cache
 * line from the other end at each message, and follow it in lock-step; letting a few gather makes both faster.
 */
const LOOKS = 32
const PAUSES = 16
/** An event loop can't spin at the entrance: it tries again after so long. */
const BUSY_MS = 1

export class QueueEnd {
  static readonly WORDS = 16
  readonly #words: Int32Array
  readonly #own: number
  readonly #other: number
  readonly #ownerBits: number
  /** The state while this handle is inside. */
  #entered = 0
  /** The other end's state as this handle read it last: what it sleeps on. */
  #across = 0

  /** @param own index of this end's line in `words`. @param other of the other end's */
  constructor(words: Int32Array, own: number, other: number, participant: number) {
    this.#words = words
    this.#own = own
    this.#other = other
    this.#ownerBits = participant << OWNER_SHIFT
  }

  get state(): number {
    return Atomics.load(this.#words, this.#own)
  }

  /** The state as it was when this handle entered: while it is inside nobody else moves the count. */
  get entered(): number {
    return this.#entered
  }

  /** The other end's state as last read. For who is inside. */
  get otherSeen(): number {
    return this.#words[this.#own + SEEN] as number
  }

  /** Reads the other end's state anew, which may cost a cache miss. For who is inside. */
  lookAcross(): number {
    const state = Atomics.load(this.#words, this.#other)
    this.#across = state
    this.#words[this.#own + SEEN] = state
    return state
  }

  /** Waits until nobody else is inside, which takes as long as a copy. @returns false when the time was up */
  enter(deadline: number, options?: WaitOptions): boolean {
    // Read without atomics, which would be a call: a guess that the compare-exchange puts to the test.
    const guess = this.#words[this.#own] as number
    return ((guess & OWNER) === 0 && this.#take(guess)) || this.#enterSlowly(deadline, options)
  }

  /**
   * Publishes `count` messages and lets the next one in, then wakes who waits for either.
   * @param evenClosed whether the messages count when the queue was closed meanwhile
   * @returns false when they don't, and when it was closed before
   */
  leave(count: number, evenClosed: boolean): boolean {
    let state = this.#entered
    let published = count
    for (;;) {
      const next = ((state & ~(OWNER | QUEUING)) + published * ONE) | 0
      const before = Atomics.compareExchange(this.#words, this.#own, state, next)
      if (before === state) break
      // Only the bits can have changed.
      state = before
      if (!evenClosed && (state & CLOSED) !== 0) published = 0
    }
    if (state & (SLEEPERS | QUEUING)) this.#tell(state, published)
    return evenClosed || (state & CLOSED) === 0
  }

  close(): void {
    Atomics.or(this.#words, this.#own, CLOSED)
    Atomics.notify(this.#words, this.#own)
  }

  /** After the death of a thread: puts it out if it was inside, and lets everyone look again. @returns whether it was */
  recover(participant: number): boolean {
    let wasInside = false
    for (;;) {
      const state = this.state
      wasInside = (state & OWNER) >> OWNER_SHIFT === participant
      if (!wasInside || Atomics.compareExchange(this.#words, this.#own, state, state & ~OWNER) === state) break
    }
    Atomics.notify(this.#words, this.#own)
    this.#callQueuing(Number.POSITIVE_INFINITY)
    return wasInside
  }

  /**
   * Enters and attempts until that gives something else than NOTHING, or the time is up. The attempt leaves; it says NOTHING
   * only after it looked across.
   */
  wait(attempt: () => number, deadline: number, options?: WaitOptions): number {
    let outcome = NOTHING
    let slept = false
    try {
      for (;;) {
        if (!this.enter(deadline, options)) return NOTHING
        outcome = attempt()
        if (outcome !== NOTHING) return outcome
        slept = true
        if (!this.#sleep(deadline, options)) return NOTHING
      }
    } finally {
      if (outcome === NOTHING && slept) this.#passOn()
    }
  }

  /** As `wait`, for an event loop: never blocks, not even at the entrance. */
  async waitAsync(attempt: () => number, deadline: number, options?: AsyncWaitOptions): Promise<number> {
    const words = this.#words
    let outcome = NOTHING
    let slept = false
    try {
      for (;;) {
        // Nobody stays inside across an `await`: other tasks of this event loop use the same handle.
        if (this.#take(this.state)) {
          outcome = attempt()
          if (outcome !== NOTHING) return outcome
          slept = true
          const mark = this.#announceSleep()
          if (mark !== null && !(await parkAsync(words, this.#other, mark, deadline, options))) return NOTHING
        } else {
          const nextTry = Math.min(deadline, performance.now() + BUSY_MS)
          if (!(await parkAsync(words, this.#own + NEVER_CHANGES, 0, nextTry, options))) return NOTHING
        }
      }
    } finally {
      if (outcome === NOTHING && slept) this.#passOn()
    }
  }

  /** Enters if nobody is inside and the state is what it was read as. */
  #take(state: number, mark = 0): boolean {
    if (state & OWNER) return false
    const entered = state | this.#ownerBits | mark
    if (Atomics.compareExchange(this.#words, this.#own, state, entered) !== state) return false
    this.#entered = entered
    return true
  }

  #enterSlowly(deadline: number, options?: WaitOptions): boolean {
    for (let spins = 0; spins < MAX_SPINS; spins++) {
      if (this.#take(this.state)) return true
      Atomics.pause()
    }
    const words = this.#words
    for (;;) {
      // Read before the mark is set: who takes the mark away changes it, and the sleep returns at once.
      const turns = Atomics.load(words, this.#own + TURNS)
      const state = this.state
      if ((state & OWNER) === 0) {
        // Marked, since there may be others asleep; one needless wake-up costs less than a lost one.
        if (this.#take(state, QUEUING)) return true
        continue
      }
      if ((state & QUEUING) === 0 && Atomics.compareExchange(words, this.#own, state, state | QUEUING) !== state)
        continue
      if (!park(words, this.#own + TURNS, turns, deadline, options?.cancellation)) return false
    }
  }

  #sleep(deadline: number, options?: WaitOptions): boolean {
    for (let looks = 0; looks < LOOKS; looks++) {
      for (let pauses = 0; pauses < PAUSES; pauses++) Atomics.pause()
      if (this.#hasMoved(Atomics.load(this.#words, this.#other))) return true
    }
    const mark = this.#announceSleep()
    return mark === null || park(this.#words, this.#other, mark, deadline, options?.cancellation)
  }

  #hasMoved(state: number): boolean {
    return ((state ^ this.#across) & (COUNT | CLOSED)) !== 0
  }

  /** @returns the value to sleep on, null when the other end has moved since */
  #announceSleep(): number | null {
    for (;;) {
      const state = Atomics.load(this.#words, this.#other)
      if (this.#hasMoved(state)) return null
      const marked = state | SLEEPERS
      if (marked === state || Atomics.compareExchange(this.#words, this.#other, state, marked) === state) return marked
    }
  }

  #tell(state: number, published: number): void {
    if (state & QUEUING) this.#callQueuing(1)
    if ((state & SLEEPERS) === 0 || published === 0) return
    if (Atomics.notify(this.#words, this.#own, published) === published) return
    Atomics.and(this.#words, this.#own, ~SLEEPERS)
    // Who fell asleep between the two lines did so on the mark that is gone now.
    Atomics.notify(this.#words, this.#own)
  }

  #callQueuing(count: number): void {
    Atomics.add(this.#words, this.#own + TURNS, 1)
    Atomics.notify(this.#words, this.#own + TURNS, count)
  }

  #passOn(): void {
    Atomics.notify(this.#words, this.#other, 1)
  }
}

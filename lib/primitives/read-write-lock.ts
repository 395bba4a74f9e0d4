/**
 * Many readers or one writer. A writer that waits keeps new readers out, so writers don't starve; readers that were inside
 * finish first. `lock.read` and `lock.write` are acquired and released each like any other lock.
 *
 * Memory, four int32:
 *   [0] state     −1 = a writer is inside, 0 = free, n = n readers are inside
 *   [1] waiting   writers that wait
 *   [2] sequence  one more at each change that may let somebody in; everyone who waits sleeps on it
 *   [3] sleepers  how many may be asleep
 * No owner: anyone may release either side. Not reentrant: reading twice while a writer waits in between waits for ever.
 * A reader or writer that is terminated inside stays inside, and a writer that is terminated while it waits keeps readers
 * out: others time out, until one who knows that nobody alive is inside or waiting makes it new by `reset`. One that is
 * terminated on its way out, having left, may leave others asleep: `recover` wakes them.
 * Readers may starve while writers never stop coming.
 *
 * Source: P. Courtois, F. Heymans, D. Parnas, "Concurrent Control with Readers and Writers", CACM 14(10), 1971 (second problem).
 */
import { Acquirable } from './acquirable.ts'
import { NotHeldError } from './errors.ts'
import { type AsyncWaitOptions, deadlineAfter, park, parkAsync, type WaitOptions } from './park.ts'

const STATE = 0
const WAITING_WRITERS = 1
const SEQUENCE = 2
const SLEEPERS = 3
const WRITER = -1

/** One side of the lock: how it is entered differs, how one waits does not. */
abstract class Side extends Acquirable {
  protected readonly words: Int32Array

  constructor(words: Int32Array) {
    super()
    this.words = words
  }

  protected abstract enter(): boolean

  tryAcquire(timeoutMs = 0, options?: WaitOptions): boolean {
    if (this.enter()) return true
    if (timeoutMs <= 0) return false
    const deadline = deadlineAfter(timeoutMs)
    this.beginWaiting()
    let entered = false
    try {
      for (;;) {
        // Read before trying: a change in between makes the sleep return at once.
        const sequence = Atomics.load(this.words, SEQUENCE)
        entered = this.enter()
        if (entered || !park(this.words, SEQUENCE, sequence, deadline, options?.cancellation)) return entered
      }
    } finally {
      this.endWaiting(entered)
    }
  }

  async tryAcquireAsync(timeoutMs = 0, options?: AsyncWaitOptions): Promise<boolean> {
    if (this.enter()) return true
    if (timeoutMs <= 0) return false
    const deadline = deadlineAfter(timeoutMs)
    this.beginWaiting()
    let entered = false
    try {
      for (;;) {
        const sequence = Atomics.load(this.words, SEQUENCE)
        entered = this.enter()
        if (entered || !(await parkAsync(this.words, SEQUENCE, sequence, deadline, options))) return entered
      }
    } finally {
      this.endWaiting(entered)
    }
  }

  protected beginWaiting(): void {
    Atomics.add(this.words, SLEEPERS, 1)
  }

  protected endWaiting(_entered: boolean): void {
    Atomics.sub(this.words, SLEEPERS, 1)
  }

  protected announceChange(): void {
    Atomics.add(this.words, SEQUENCE, 1)
    if (Atomics.load(this.words, SLEEPERS) > 0) Atomics.notify(this.words, SEQUENCE)
  }
}

class ReadSide extends Side {
  protected enter(): boolean {
    for (;;) {
      if (Atomics.load(this.words, WAITING_WRITERS) > 0) return false
      const state = Atomics.load(this.words, STATE)
      if (state === WRITER) return false
      if (Atomics.compareExchange(this.words, STATE, state, state + 1) === state) return true
    }
  }

  release(): void {
    for (;;) {
      const state = Atomics.load(this.words, STATE)
      if (state <= 0) throw new NotHeldError('released although no reader is inside')
      if (Atomics.compareExchange(this.words, STATE, state, state - 1) !== state) continue
      if (state === 1) this.announceChange()
      return
    }
  }
}

class WriteSide extends Side {
  protected enter(): boolean {
    return Atomics.compareExchange(this.words, STATE, 0, WRITER) === 0
  }

  protected override beginWaiting(): void {
    super.beginWaiting()
    Atomics.add(this.words, WAITING_WRITERS, 1)
  }

  protected override endWaiting(entered: boolean): void {
    const waiting = Atomics.sub(this.words, WAITING_WRITERS, 1)
    super.endWaiting(entered)
    // A writer that gave up may have been all that kept readers out.
    if (!entered && waiting === 1) this.announceChange()
  }

  release(): void {
    if (Atomics.compareExchange(this.words, STATE, WRITER, 0) !== WRITER) {
      throw new NotHeldError('released although no writer is inside')
    }
    this.announceChange()
  }
}

export class ReadWriteLock {
  static readonly WORDS = 4
  readonly words: Int32Array
  readonly read: Acquirable
  readonly write: Acquirable

  constructor(words: Int32Array = new Int32Array(new SharedArrayBuffer(4 * ReadWriteLock.WORDS))) {
    this.words = words
    this.read = new ReadSide(words)
    this.write = new WriteSide(words)
  }

  /** Readers inside, or −1 for a writer; may be out of date as soon as it is read. */
  get inside(): number {
    return Atomics.load(this.words, STATE)
  }

  /**
   * To be called for any thread that was terminated while it may have used the lock: wakes all who sleep, and they look again.
   * If it is known to have been inside, its side is to be released, too.
   */
  recover(): void {
    Atomics.add(this.words, SEQUENCE, 1)
    Atomics.notify(this.words, SEQUENCE)
  }

  /** As new. Nobody alive may be inside or waiting. */
  reset(): void {
    for (const word of [STATE, WAITING_WRITERS, SLEEPERS]) Atomics.store(this.words, word, 0)
    Atomics.add(this.words, SEQUENCE, 1)
  }
}

/**
 * A flag that threads can wait for: once set it lets everyone through, until it is cleared. It remembers, so setting it
 * before anyone waits loses nothing (a condition variable would).
 *
 * Memory, one int32: how often it was set or cleared; odd = set. Counting makes that whoever waits when it is set gets
 * through, even if it is cleared again before that thread runs; a mere flag would look untouched. It wraps at 2^32.
 * What was written before `set` is seen after `wait`. A waiter that is terminated is missed by nobody; one that is terminated
 * as it sets may not have woken those who wait: setting again does.
 *
 * Source: Python's threading.Event; Win32's manual-reset event.
 */
import { type AsyncWaitOptions, deadlineAfter, park, parkAsync, type WaitOptions } from './park.ts'

const isOdd = (changes: number): boolean => (changes & 1) === 1

export class Event {
  static readonly WORDS = 1
  readonly words: Int32Array

  constructor(words: Int32Array = new Int32Array(new SharedArrayBuffer(4 * Event.WORDS))) {
    this.words = words
  }

  get isSet(): boolean {
    return isOdd(Atomics.load(this.words, 0))
  }

  set(): void {
    this.#change(false)
    // Also if it was set before: whoever did that may have been terminated on the way here.
    Atomics.notify(this.words, 0)
  }

  clear(): void {
    this.#change(true)
  }

  /** @returns false when the time was up first. @throws CancelledError */
  wait(timeoutMs = Number.POSITIVE_INFINITY, options?: WaitOptions): boolean {
    const before = Atomics.load(this.words, 0)
    if (isOdd(before)) return true
    const deadline = deadlineAfter(timeoutMs)
    while (Atomics.load(this.words, 0) === before) {
      if (!park(this.words, 0, before, deadline, options?.cancellation)) return Atomics.load(this.words, 0) !== before
    }
    return true
  }

  async waitAsync(timeoutMs = Number.POSITIVE_INFINITY, options?: AsyncWaitOptions): Promise<boolean> {
    const before = Atomics.load(this.words, 0)
    if (isOdd(before)) return true
    const deadline = deadlineAfter(timeoutMs)
    while (Atomics.load(this.words, 0) === before) {
      if (!(await parkAsync(this.words, 0, before, deadline, options))) return Atomics.load(this.words, 0) !== before
    }
    return true
  }

  /** One step on, if it is (or isn't) set. */
  #change(whenSet: boolean): void {
    for (;;) {
      const changes = Atomics.load(this.words, 0)
      if (isOdd(changes) !== whenSet) return
      if (Atomics.compareExchange(this.words, 0, changes, (changes + 1) | 0) === changes) return
    }
  }
}

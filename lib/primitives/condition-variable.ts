/**
 * A condition variable: threads that hold a mutex wait, letting it go, until another says that something has changed.
 * A wake-up promises nothing about the condition itself: look again in a loop (`waitFor` does).
 *
 * Memory, two int32: [0] sequence, one more at each notify; [1] how many wait.
 * No lost wake-up: the sequence is read while the mutex is still held, so a notify by one who holds the mutex after us
 * changes it, and the sleep on the old number returns at once. Spurious wake-ups are possible: who had not fallen asleep
 * yet, or comes up to look at its `cancellation`, returns at another's notify, too. A notify may go to a thread that is
 * terminated before it acts: where threads are terminated, notify all, once more for the dead. One that is terminated while it
 * waits stays counted, which costs each notify a needless step.
 *
 * Source: B. Lampson, D. Redell, "Experience with Processes and Monitors in Mesa", CACM 23(2), 1980; the sequence word is
 * the classic futex condition variable.
 */
import { type AsyncWaitOptions, deadlineAfter, park, parkAsync, type WaitOptions } from './park.ts'

/** What a condition variable needs of its mutex: Mutex, Lock and ReentrantMutex (held once) fit. */
export interface Unlockable {
  acquire(): void
  acquireAsync(): Promise<void>
  release(): void
}

const SEQUENCE = 0
const WAITERS = 1

export class ConditionVariable {
  static readonly WORDS = 2
  readonly words: Int32Array

  constructor(words: Int32Array = new Int32Array(new SharedArrayBuffer(4 * ConditionVariable.WORDS))) {
    this.words = words
  }

  /** Threads waiting now; may be out of date as soon as it is read. */
  get waiting(): number {
    return Atomics.load(this.words, WAITERS)
  }

  /**
   * Lets the mutex go, sleeps, and holds the mutex again, however it ends.
   * @returns false when the time was up before a notify
   * @throws CancelledError; what the mutex throws when it isn't held
   */
  wait(mutex: Unlockable, timeoutMs = Number.POSITIVE_INFINITY, options?: WaitOptions): boolean {
    const deadline = deadlineAfter(timeoutMs)
    const sequence = this.#beginWaiting(mutex)
    try {
      while (Atomics.load(this.words, SEQUENCE) === sequence) {
        if (!park(this.words, SEQUENCE, sequence, deadline, options?.cancellation)) {
          return Atomics.load(this.words, SEQUENCE) !== sequence
        }
      }
      return true
    } finally {
      Atomics.sub(this.words, WAITERS, 1)
      mutex.acquire()
    }
  }

  async waitAsync(
    mutex: Unlockable,
    timeoutMs = Number.POSITIVE_INFINITY,
    options?: AsyncWaitOptions,
  ): Promise<boolean> {
    const deadline = deadlineAfter(timeoutMs)
    const sequence = this.#beginWaiting(mutex)
    try {
      while (Atomics.load(this.words, SEQUENCE) === sequence) {
        if (!(await parkAsync(this.words, SEQUENCE, sequence, deadline, options))) {
          return Atomics.load(this.words, SEQUENCE) !== sequence
        }
      }
      return true
    } finally {
      Atomics.sub(this.words, WAITERS, 1)
      await mutex.acquireAsync()
    }
  }

  /** Waits until the predicate holds, however often it is woken in vain. @returns what the predicate said last */
  waitFor(
    mutex: Unlockable,
    predicate: () => boolean,
    timeoutMs = Number.POSITIVE_INFINITY,
    options?: WaitOptions,
  ): boolean {
    const deadline = deadlineAfter(timeoutMs)
    while (!predicate()) {
      const left = deadline - performance.now()
      if (left <= 0 || !this.wait(mutex, left, options)) return predicate()
    }
    return true
  }

  async waitForAsync(
    mutex: Unlockable,
    predicate: () => boolean,
    timeoutMs = Number.POSITIVE_INFINITY,
    options?: AsyncWaitOptions,
  ): Promise<boolean> {
    const deadline = deadlineAfter(timeoutMs)
    while (!predicate()) {
      const left = deadline - performance.now()
      if (left <= 0 || !(await this.waitAsync(mutex, left, options))) return predicate()
    }
    return true
  }

  /** Wakes `count` of those who wait; nobody waits: nothing happens, and nothing is remembered. */
  notify(count = 1): void {
    if (Atomics.load(this.words, WAITERS) === 0) return
    Atomics.add(this.words, SEQUENCE, 1)
    Atomics.notify(this.words, SEQUENCE, count)
  }

  notifyAll(): void {
    this.notify(Number.POSITIVE_INFINITY)
  }

  /** @returns the number to sleep on */
  #beginWaiting(mutex: Unlockable): number {
    const sequence = Atomics.load(this.words, SEQUENCE)
    // Before the mutex is let go: a notify that follows must find us counted.
    Atomics.add(this.words, WAITERS, 1)
    try {
      mutex.release()
    } catch (error) {
      Atomics.sub(this.words, WAITERS, 1)
      throw error
    }
    return sequence
  }
}

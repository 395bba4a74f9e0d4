/**
 * A counting semaphore: `permits` may be inside at once. It has no owner: anyone may release, also one who never acquired,
 * and the count grows. BoundedSemaphore refuses that with OverReleaseError.
 *
 * Memory, three int32: [0] permits left, never below 0; [1] how many may be asleep; [2] the bound: 2^31 − 1, or as many as a
 * BoundedSemaphore began with.
 * A holder that is terminated takes its permit with it: the count stays one lower until somebody releases in its stead. A
 * waiter that is terminated stays counted as asleep, which costs each release a needless notify; a wake-up that died with it
 * leaves another asleep although there are permits, until `recover`.
 *
 * Source: E. W. Dijkstra, "Cooperating sequential processes", 1965 (P and V); as a futex, glibc's sem_wait with a waiter count.
 */
import { Acquirable } from './acquirable.ts'
import { OverReleaseError } from './errors.ts'
import { type AsyncWaitOptions, deadlineAfter, park, parkAsync, type WaitOptions } from './park.ts'

const PERMITS = 0
const SLEEPERS = 1
const BOUND = 2
const MAX_PERMITS = 2 ** 31 - 1

export class Semaphore extends Acquirable {
  static readonly WORDS = 3
  readonly words: Int32Array

  /** @param permits sets the count; left out, `words` is shared memory that was set up before */
  constructor(permits?: number, words: Int32Array = new Int32Array(new SharedArrayBuffer(4 * Semaphore.WORDS))) {
    super()
    this.words = words
    if (permits !== undefined) {
      if (!Number.isInteger(permits) || permits < 0 || permits > MAX_PERMITS) {
        throw new RangeError(`permits: got ${permits}, 0 to ${MAX_PERMITS} is accepted`)
      }
      Atomics.store(words, PERMITS, permits)
      Atomics.store(words, BOUND, this.boundOf(permits))
    }
  }

  /** How far releasing may raise the count. */
  protected boundOf(_permits: number): number {
    return MAX_PERMITS
  }

  /** Permits left; may be out of date as soon as it is read. */
  get permits(): number {
    return Atomics.load(this.words, PERMITS)
  }

  tryAcquire(timeoutMs = 0, options?: WaitOptions): boolean {
    if (this.#take()) return true
    if (timeoutMs <= 0) return false
    const deadline = deadlineAfter(timeoutMs)
    // Announced before looking again: a release either sees us and notifies, or came first and is seen by #take.
    Atomics.add(this.words, SLEEPERS, 1)
    try {
      while (!this.#take()) {
        if (!park(this.words, PERMITS, 0, deadline, options?.cancellation)) return this.#take()
      }
      return true
    } finally {
      Atomics.sub(this.words, SLEEPERS, 1)
    }
  }

  async tryAcquireAsync(timeoutMs = 0, options?: AsyncWaitOptions): Promise<boolean> {
    if (this.#take()) return true
    if (timeoutMs <= 0) return false
    const deadline = deadlineAfter(timeoutMs)
    Atomics.add(this.words, SLEEPERS, 1)
    try {
      while (!this.#take()) {
        if (!(await parkAsync(this.words, PERMITS, 0, deadline, options))) return this.#take()
      }
      return true
    } finally {
      Atomics.sub(this.words, SLEEPERS, 1)
    }
  }

  /** @throws OverReleaseError beyond the bound; nothing was released */
  release(count = 1): void {
    if (!Number.isInteger(count) || count < 1) throw new RangeError(`count: got ${count}, 1 or more is accepted`)
    const bound = Atomics.load(this.words, BOUND)
    for (;;) {
      const left = Atomics.load(this.words, PERMITS)
      if (left + count > bound) throw new OverReleaseError(`released beyond its ${bound} permits`)
      if (Atomics.compareExchange(this.words, PERMITS, left, left + count) === left) break
    }
    if (Atomics.load(this.words, SLEEPERS) > 0) Atomics.notify(this.words, PERMITS, count)
  }

  /**
   * To be called for any thread that was terminated while it may have used the semaphore: wakes all who sleep, and they look
   * again. A permit that it is known to have held is to be released, too.
   */
  recover(): void {
    Atomics.notify(this.words, PERMITS)
  }

  #take(): boolean {
    for (;;) {
      const left = Atomics.load(this.words, PERMITS)
      if (left <= 0) return false
      if (Atomics.compareExchange(this.words, PERMITS, left, left - 1) === left) return true
    }
  }
}

/** A semaphore that knows how many permits there are: releasing beyond throws OverReleaseError and changes nothing. */
export class BoundedSemaphore extends Semaphore {
  protected override boundOf(permits: number): number {
    return permits
  }
}

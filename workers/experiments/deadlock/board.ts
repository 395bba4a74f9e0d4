/**
 * What threads publish about themselves, so that a watchdog can see who waits for whom while they sleep: which lock each wants,
 * who holds each lock, rounds and retries. Every thread writes only what is its own, so writing needs no lock.
 *
 * A thread says that it holds a lock after it has acquired and takes that back before it releases, and says what it wants before it
 * waits. So a look that saw nobody in the middle of a change shows nothing that was not so at one moment, and a cycle in it is one:
 * nobody in it can go on by itself. Whether somebody changed something meanwhile is told by counters (a seqlock for each thread).
 *
 * Memory: int32 words: changes (odd while one is made), wants (lock + 1, 0: none), rounds, retries, told to give up: one for each
 * thread; then holder (thread + 1, 0: nobody) for each lock; then whether a thread has said that all began. Moments: float64, µs on the run's clock: since when each thread waits,
 * then when each completed a round last, then when each retried last, then when all began (0: not yet).
 *
 * Source of the counters: the seqlock of H.-J. Boehm, "Can Seqlocks Get Along With Programming Language Memory Models?", MSPC 2012.
 */
import type { WaitState } from '#lib/experiments/wait-for-graph.ts'

export interface BoardMemory {
  threads: number
  locks: number
  words: Int32Array
  moments: Float64Array
}

/** Of all threads together. */
export interface BoardTotals {
  rounds: number
  /** When the last of them was completed, µs; 0 before the first. */
  lastRoundUs: number
  retries: number
  lastRetryUs: number
}

/** A moment at which nobody was changing anything. */
export interface BoardMoment extends WaitState {
  /** By thread, µs; of one that wants nothing: when it waited last. */
  sinceUs: number[]
  /** By thread: how often it had changed something. The same number later: it has done nothing since. */
  changes: number[]
}

export const createBoardMemory = (threads: number, locks: number): BoardMemory => ({
  threads,
  locks,
  words: new Int32Array(new SharedArrayBuffer(4 * (5 * threads + locks + 1))),
  moments: new Float64Array(new SharedArrayBuffer(8 * (3 * threads + 1))),
})

export class DeadlockBoard {
  readonly #words: Int32Array
  readonly #moments: Float64Array
  readonly #threads: number
  readonly #locks: number

  constructor({ threads, locks, words, moments }: BoardMemory) {
    this.#words = words
    this.#moments = moments
    this.#threads = threads
    this.#locks = locks
  }

  /** Null until the threads have begun. */
  get beganUs(): number | null {
    return this.#moments[3 * this.#threads] || null
  }

  /**
   * The first to say so decides, and no later one moves it: who got its core late would else put the beginning after what others had
   * done by then. Whoever comes second works only afterwards, so nothing on the board is earlier.
   */
  begins(nowUs: number): void {
    if (Atomics.compareExchange(this.#words, this.#holderAt(this.#locks), 0, 1) === 0) {
      this.#moments[3 * this.#threads] = nowUs
    }
  }

  wants(thread: number, lock: number, nowUs: number): void {
    this.#change(thread, () => {
      this.#moments[thread] = nowUs
      Atomics.store(this.#words, this.#wantsAt(thread), lock + 1)
    })
  }

  holds(thread: number, lock: number): void {
    this.#change(thread, () => {
      Atomics.store(this.#words, this.#holderAt(lock), thread + 1)
      Atomics.store(this.#words, this.#wantsAt(thread), 0)
    })
  }

  /** It wants nothing any more, and has not got it. */
  givesUp(thread: number): void {
    this.#change(thread, () => Atomics.store(this.#words, this.#wantsAt(thread), 0))
  }

  letsGo(thread: number, lock: number): void {
    this.#change(thread, () => Atomics.store(this.#words, this.#holderAt(lock), 0))
  }

  completedRound(thread: number, nowUs: number): void {
    this.#moments[this.#threads + thread] = nowUs
    Atomics.add(this.#words, 2 * this.#threads + thread, 1)
  }

  retries(thread: number, nowUs: number): void {
    this.#moments[2 * this.#threads + thread] = nowUs
    Atomics.add(this.#words, 3 * this.#threads + thread, 1)
  }

  /** The word by which a waiting thread is told to give up: a `Cancellation` of one wait. Who has obeyed sets it back to 0. */
  giveUpWord(thread: number): Int32Array {
    const at = 4 * this.#threads + thread
    return this.#words.subarray(at, at + 1)
  }

  /** By thread. */
  counts(): { rounds: number[]; retries: number[] } {
    const read = (block: number): number[] =>
      Array.from({ length: this.#threads }, (_, i) => Atomics.load(this.#words, block * this.#threads + i))
    return { rounds: read(2), retries: read(3) }
  }

  totals(): BoardTotals {
    const counts = this.counts()
    const latest = (block: number): number =>
      Math.max(...this.#moments.subarray(block * this.#threads, (block + 1) * this.#threads))
    const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
    return {
      rounds: sum(counts.rounds),
      lastRoundUs: latest(1),
      retries: sum(counts.retries),
      lastRetryUs: latest(2),
    }
  }

  /** Null where somebody changed something meanwhile. */
  look(): BoardMoment | null {
    const changes = this.#changes()
    if (changes.some((count) => count % 2 === 1)) return null
    const named = (at: number): number | null => {
      const number = Atomics.load(this.#words, at)
      return number === 0 ? null : number - 1
    }
    const moment = {
      wants: Array.from({ length: this.#threads }, (_, i) => named(this.#wantsAt(i))),
      holders: Array.from({ length: this.#locks }, (_, i) => named(this.#holderAt(i))),
      sinceUs: [...this.#moments.subarray(0, this.#threads)],
      changes,
    }
    const after = this.#changes()
    return changes.every((count, i) => count === after[i]) ? moment : null
  }

  #changes(): number[] {
    return Array.from({ length: this.#threads }, (_, i) => Atomics.load(this.#words, i))
  }

  #change(thread: number, make: () => void): void {
    Atomics.add(this.#words, thread, 1)
    make()
    Atomics.add(this.#words, thread, 1)
  }

  #wantsAt(thread: number): number {
    return this.#threads + thread
  }

  #holderAt(lock: number): number {
    return 5 * this.#threads + lock
  }
}

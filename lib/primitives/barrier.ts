/**
 * A barrier: `parties` threads wait for one another, the last to come lets all go on, and it is ready for the next time.
 * One who gives up (time-out, cancellation) breaks it: all who wait, and all who come, get BrokenBarrierError until `reset`.
 * A thread that is terminated never comes, and is found missing when another's time is up; one that is terminated as it comes
 * last may not have woken the others, who go on when their time is up.
 *
 * Memory, two int32:
 *   [0] state   bit 0: broken; bits 1–11: how many have come; bits 12–31: generation, one more each time all have come
 *   [1] parties 1 … 2047
 * In one word, because coming last, giving up and breaking race with each other: whichever compare-exchange is first decides,
 * and nobody can pass a barrier that another found broken in the same generation. Generations wrap at 2^20, which is
 * harmless: a waiter would have to sleep through exactly so many.
 *
 * Source: Python's threading.Barrier; the generation is the sense of D. Hensgen, R. Finkel, U. Manber, "Two Algorithms for
 * Barrier Synchronization", IJPP 17(1), 1988: without it a fast thread could pass twice while a slow one leaves.
 */
import { BrokenBarrierError } from './errors.ts'
import { type AsyncWaitOptions, deadlineAfter, park, parkAsync, type WaitOptions } from './park.ts'

const STATE = 0
const PARTIES = 1
const BROKEN = 1
const ONE_ARRIVAL = 2
const GENERATION_SHIFT = 12
const MAX_PARTIES = 2 ** (GENERATION_SHIFT - 1) - 1

const generationOf = (state: number): number => state >> GENERATION_SHIFT
const arrivedOf = (state: number): number => (state >>> 1) & MAX_PARTIES

interface Arrival {
  generation: number
  /** Order of arrival, from 0. */
  index: number
}

export class Barrier {
  static readonly WORDS = 2
  readonly words: Int32Array

  /** @param parties sets it up; left out, `words` is shared memory that was set up before */
  constructor(parties?: number, words: Int32Array = new Int32Array(new SharedArrayBuffer(4 * Barrier.WORDS))) {
    this.words = words
    if (parties === undefined) return
    if (!Number.isInteger(parties) || parties < 1 || parties > MAX_PARTIES) {
      throw new RangeError(`parties: got ${parties}, 1 to ${MAX_PARTIES} is accepted`)
    }
    Atomics.store(words, PARTIES, parties)
  }

  get parties(): number {
    return Atomics.load(this.words, PARTIES)
  }

  get broken(): boolean {
    return (Atomics.load(this.words, STATE) & BROKEN) !== 0
  }

  /** How many wait now; may be out of date as soon as it is read. */
  get waiting(): number {
    return arrivedOf(Atomics.load(this.words, STATE))
  }

  /** @returns the order of arrival, 0 … parties − 1. @throws BrokenBarrierError, CancelledError */
  wait(timeoutMs = Number.POSITIVE_INFINITY, options?: WaitOptions): number {
    const deadline = deadlineAfter(timeoutMs)
    const arrival = this.#arrive()
    try {
      for (;;) {
        const state = this.#stillWaiting(arrival)
        if (state === null) return arrival.index
        if (!park(this.words, STATE, state, deadline, options?.cancellation)) this.#break(arrival.generation)
      }
    } catch (error) {
      // Cancelled: the others would wait for us for ever.
      this.#break(arrival.generation)
      throw error
    }
  }

  async waitAsync(timeoutMs = Number.POSITIVE_INFINITY, options?: AsyncWaitOptions): Promise<number> {
    const deadline = deadlineAfter(timeoutMs)
    const arrival = this.#arrive()
    try {
      for (;;) {
        const state = this.#stillWaiting(arrival)
        if (state === null) return arrival.index
        if (!(await parkAsync(this.words, STATE, state, deadline, options))) this.#break(arrival.generation)
      }
    } catch (error) {
      this.#break(arrival.generation)
      throw error
    }
  }

  /** Breaks it: everyone who waits goes with BrokenBarrierError. */
  abort(): void {
    Atomics.or(this.words, STATE, BROKEN)
    Atomics.notify(this.words, STATE)
  }

  /** As new. Nobody may be waiting: all who were have got their BrokenBarrierError. */
  reset(): void {
    const generation = generationOf(Atomics.load(this.words, STATE))
    Atomics.store(this.words, STATE, (generation + 1) << GENERATION_SHIFT)
  }

  #arrive(): Arrival {
    const parties = this.parties
    for (;;) {
      const state = Atomics.load(this.words, STATE)
      if (state & BROKEN) throw new BrokenBarrierError('the barrier is broken')
      const arrival = { generation: generationOf(state), index: arrivedOf(state) }
      const isLast = arrival.index + 1 === parties
      const next = isLast ? (arrival.generation + 1) << GENERATION_SHIFT : state + ONE_ARRIVAL
      if (Atomics.compareExchange(this.words, STATE, state, next) !== state) continue
      if (isLast) Atomics.notify(this.words, STATE)
      return arrival
    }
  }

  /** @returns the state to sleep on, null when all have come. @throws BrokenBarrierError */
  #stillWaiting({ generation }: Arrival): number | null {
    const state = Atomics.load(this.words, STATE)
    if (generationOf(state) !== generation) return null
    if (state & BROKEN) throw new BrokenBarrierError('somebody gave up waiting at the barrier')
    return state
  }

  /** Breaks it, unless all have come in the meantime. */
  #break(generation: number): void {
    for (;;) {
      const state = Atomics.load(this.words, STATE)
      if (generationOf(state) !== generation || state & BROKEN) return
      if (Atomics.compareExchange(this.words, STATE, state, state | BROKEN) !== state) continue
      Atomics.notify(this.words, STATE)
      return
    }
  }
}

/**
 * Lets callers through in order, as fast as their turns come. The clock is read after each wait, not before: a timer
 * that fires late then gives no burst. Who gives up waiting takes no turn.
 */
import { setTimeout as delay } from 'node:timers/promises'

/** A token bucket, or slots: takes a turn and answers 0, or the milliseconds after which to ask again. */
export interface Turns {
  take(nowMs: number): number
}

export interface RateLimiterClock {
  nowMs(): number
  /** Rejects when the signal is aborted. */
  delay(ms: number, signal: AbortSignal): Promise<unknown>
}

const monotonic: RateLimiterClock = {
  // The same in all threads and processes of the machine, unlike performance.now().
  nowMs: () => Number(process.hrtime.bigint()) / 1e6,
  delay: (ms, signal) => delay(ms, undefined, { signal }),
}

export class RateLimiter {
  readonly #clock: RateLimiterClock
  readonly #turns: Turns
  #last: Promise<void> = Promise.resolve()

  constructor(turns: Turns, clock: RateLimiterClock = monotonic) {
    this.#clock = clock
    this.#turns = turns
  }

  /** Resolves true with a turn taken, or false when the signal was aborted first. */
  acquire(signal: AbortSignal): Promise<boolean> {
    const turn = this.#last.then(() => this.#take(signal))
    this.#last = turn.then(() => undefined)
    return turn
  }

  async #take(signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      const waitMs = this.#turns.take(this.#clock.nowMs())
      if (waitMs === 0) return true
      try {
        await this.#clock.delay(waitMs, signal)
      } catch (error) {
        if (!signal.aborted) throw error
      }
    }
    return false
  }
}

/**
 * Lets callers through in order, as fast as a token bucket allows. The clock is read after each wait, not before: a timer
 * that fires late then gives no burst. Who gives up waiting takes no token.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { TokenBucket, type TokenBucketOptions } from './token-bucket.ts'

export interface RateLimiterClock {
  nowMs(): number
  /** Rejects when the signal is aborted. */
  delay(ms: number, signal: AbortSignal): Promise<unknown>
}

const monotonic: RateLimiterClock = {
  nowMs: () => performance.now(),
  delay: (ms, signal) => delay(ms, undefined, { signal }),
}

export class RateLimiter {
  readonly #clock: RateLimiterClock
  readonly #bucket: TokenBucket
  #last: Promise<void> = Promise.resolve()

  constructor(options: TokenBucketOptions, clock: RateLimiterClock = monotonic) {
    this.#clock = clock
    this.#bucket = new TokenBucket(options, clock.nowMs())
  }

  /** Resolves true with a token taken, or false when the signal was aborted first. */
  acquire(signal: AbortSignal): Promise<boolean> {
    const turn = this.#last.then(() => this.#take(signal))
    this.#last = turn.then(() => undefined)
    return turn
  }

  async #take(signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      const waitMs = this.#bucket.take(this.#clock.nowMs())
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

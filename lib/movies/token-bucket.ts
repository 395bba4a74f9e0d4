/**
 * A token bucket: in any stretch of t seconds at most `burst` + `ratePerSecond` × t tokens are taken. Pure: the moment is
 * handed in, and taking is one synchronous step, so no two callers can take the same token.
 */
export interface TokenBucketOptions {
  ratePerSecond: number
  /** Tokens it holds when it was idle long enough; at least 1. */
  burst: number
}

export class TokenBucket {
  readonly #perMs: number
  readonly #burst: number
  #tokens: number
  #filledAtMs: number

  constructor({ ratePerSecond, burst }: TokenBucketOptions, nowMs: number) {
    if (!(ratePerSecond > 0)) throw new RangeError('a token bucket needs a rate above 0')
    this.#perMs = ratePerSecond / 1000
    this.#burst = Math.max(1, burst)
    this.#tokens = this.#burst
    this.#filledAtMs = nowMs
  }

  /** Takes a token and answers 0, or takes none and answers the milliseconds until there will be one. */
  take(nowMs: number): number {
    // A clock that steps back must not refill twice for the same stretch of time.
    const elapsedMs = Math.max(0, nowMs - this.#filledAtMs)
    this.#tokens = Math.min(this.#burst, this.#tokens + elapsedMs * this.#perMs)
    this.#filledAtMs = Math.max(this.#filledAtMs, nowMs)
    if (this.#tokens >= 1) {
      this.#tokens -= 1
      return 0
    }
    return (1 - this.#tokens) / this.#perMs
  }
}

/**
 * Decides what happens to each request under given conditions: how late the answer is, and whether it is one. Pure but for
 * its own state: the moment is handed in, and the random sequence comes from the seed. Each request takes the same number
 * of random numbers whatever becomes of it, so that a share changed elsewhere doesn't shift the latencies.
 */
import { type MovieApiConditions, sampleLatencyMs } from '#lib/movies/conditions.ts'
import { TokenBucket } from '#lib/movies/token-bucket.ts'
import { createSeededRandom, type SeededRandom } from '#lib/statistics/seeded-random.ts'

export type Outcome = 'answer' | 'over-limit' | 'error' | 'reset' | 'stall'

export interface Fate {
  outcome: Outcome
  /** From the request's arrival. */
  latencyMs: number
  /** For 'over-limit': the requests counted against the limit, this one included. */
  count: number
}

export class EmulatedConditions {
  readonly conditions: MovieApiConditions
  readonly #random: SeededRandom
  readonly #bucket: TokenBucket | null
  #refusedInARow = 0

  constructor(conditions: MovieApiConditions, nowMs: number) {
    this.conditions = conditions
    this.#random = createSeededRandom(conditions.seed)
    const { rateLimit } = conditions
    this.#bucket = rateLimit > 0 ? new TokenBucket({ ratePerSecond: rateLimit, burst: rateLimit }, nowMs) : null
  }

  /** To be called once for each request, in order of arrival. */
  next(nowMs: number): Fate {
    const latencyMs = sampleLatencyMs(this.conditions, this.#random.uniform(), this.#random.uniform())
    const draw = this.#random.uniform()
    if (this.#bucket && this.#bucket.take(nowMs) > 0) {
      this.#refusedInARow += 1
      return { outcome: 'over-limit', latencyMs, count: this.conditions.rateLimit + this.#refusedInARow }
    }
    this.#refusedInARow = 0
    return { outcome: this.#outcomeOf(draw), latencyMs, count: 0 }
  }

  #outcomeOf(draw: number): Outcome {
    const { errors, resets, stalls } = this.conditions
    if (draw < errors) return 'error'
    if (draw < errors + resets) return 'reset'
    if (draw < errors + resets + stalls) return 'stall'
    return 'answer'
  }
}

/**
 * What a run of movie-search asks the embedded movie API to emulate besides its latency: a rate limit, and shares of requests
 * that fail. Which conditions that makes, which parameters ask for them, and what a request then takes. Without zod.
 */
import type { MovieApiConditions } from '../movies/conditions.ts'
import { backoffMs, DEADLINE_MS, MAX_RETRIES } from '../movies/retry.ts'
import type { SeededRandom } from '../statistics/seeded-random.ts'

export interface EmulatedParams {
  latencyMs: number
  /** null: no limit. */
  rateLimitPerSecond: number | null
  errorShare: number
  resetShare: number
  stallShare: number
}

export const conditionsOf = (params: EmulatedParams): Partial<MovieApiConditions> => ({
  latencyMs: params.latencyMs,
  rateLimit: params.rateLimitPerSecond ?? 0,
  errors: params.errorShare,
  resets: params.resetShare,
  stalls: params.stallShare,
})

/** The parameters that ask for more than a latency, which every real API has by itself. */
export const askedToEmulate = (params: EmulatedParams): string[] => [
  ...(params.rateLimitPerSecond === null ? [] : ['rateLimitPerSecond']),
  ...(['errorShare', 'resetShare', 'stallShare'] as const).filter((name) => params[name] > 0),
]

/** Of the requests, those that are answered by nothing worth having and sent again. */
const retriedShare = ({ errorShare, resetShare }: EmulatedParams): number => errorShare + resetShare

/** One request as the client makes it: attempts until one is answered, with back-off between them, within its deadline. */
export const sampleRequestMs = (
  params: EmulatedParams,
  latencyMs: (random: SeededRandom) => number,
  random: SeededRandom,
): number => {
  let elapsedMs = 0
  for (let attempt = 0; ; attempt += 1) {
    // Nothing is drawn where nothing fails: the latencies are then the same as without these conditions.
    const draw = retriedShare(params) + params.stallShare > 0 ? random.uniform() : 1
    if (draw < params.stallShare) return DEADLINE_MS
    elapsedMs += latencyMs(random)
    if (draw >= params.stallShare + retriedShare(params) || attempt >= MAX_RETRIES) return elapsedMs
    elapsedMs += backoffMs(attempt, random.uniform())
  }
}

/** What a search of `requests` takes longer, in `turns` one after another, than when all goes well; and how many attempts it makes. */
export const expectedTrouble = (
  params: EmulatedParams,
  requests: number,
  turns: number,
): { extraMs: number; attempts: number } => {
  let requestMs = 0
  let attempts = 1
  for (let attempt = 0; attempt < MAX_RETRIES; attempt += 1) {
    const share = retriedShare(params) ** (attempt + 1)
    attempts += share
    requestMs += share * (params.latencyMs + backoffMs(attempt, 0.5))
  }
  const { stallShare } = params
  // One that stalls holds up all that are waited for with it.
  const stalledTurns = Math.max(turns * stallShare, 1 - (1 - stallShare) ** requests)
  return { extraMs: turns * requestMs + stalledTurns * DEADLINE_MS, attempts: attempts * requests }
}

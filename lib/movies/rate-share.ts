/**
 * How the real API's allowance is divided: it counts for the whole server, but runs and interactive searches are different
 * processes, so each gets a fixed part, and a strategy's workers share the run's part.
 */
import type { MovieApiSettings } from './settings.ts'
import type { TokenBucketOptions } from './token-bucket.ts'

/** For interactive searches; the rest is for the run that is measuring. */
const INTERACTIVE_PART = 0.25

export type RateUser = 'run' | 'interactive'

/** Requests a second for the run that is measuring; null where nothing limits. */
export const runPart = ({ requestsPerSecond }: Pick<MovieApiSettings, 'requestsPerSecond'>): number | null =>
  requestsPerSecond === null ? null : requestsPerSecond * (1 - INTERACTIVE_PART)

/** One bucket's share where `clients` buckets take from the same part; null where nothing limits. */
export const rateShare = (
  settings: Pick<MovieApiSettings, 'requestsPerSecond'>,
  user: RateUser,
  clients: number,
): TokenBucketOptions | null => {
  const forRuns = runPart(settings)
  if (settings.requestsPerSecond === null || forRuns === null) return null
  if (user === 'run') return { ratePerSecond: forRuns / clients, burst: 1 }
  // A search comes at once after a pause, so its part may be saved up for a second.
  const forSearches = settings.requestsPerSecond - forRuns
  return { ratePerSecond: forSearches / clients, burst: forSearches / clients }
}

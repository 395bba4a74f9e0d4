/** How the workers of a strategy speak to the movie API: how many connections each has, and the share of the allowance that they divide. */
import type { Strategy } from '#lib/contract/strategy.ts'
import { type RateUser, rateShare } from '#lib/movies/rate-share.ts'
import type { MovieApiSettings } from '#lib/movies/settings.ts'
import type { WorkerClient } from './worker-clients.ts'

/** Threads and processes have a client each, with one connection; an event loop has one client for all it has in flight. */
export const workerClient = (
  settings: MovieApiSettings,
  user: RateUser,
  strategy: Strategy,
  workers: number,
): WorkerClient => {
  const clients = strategy === 'threads' || strategy === 'processes' ? workers : 1
  return {
    baseUrl: settings.baseUrl,
    token: settings.token,
    connections: strategy === 'async' ? workers : 1,
    rate: rateShare(settings, user, clients),
  }
}

/**
 * The three experiments that the project is about, and the small set-ups with which one button of the home page runs them, one
 * after another. Together within half a minute on two cores; a test holds the estimates to that. Pure, and without zod.
 */

export const DASHBOARD_EXPERIMENTS = ['strategies', 'lock-contention', 'producer-consumer'] as const
export type DashboardExperiment = (typeof DASHBOARD_EXPERIMENTS)[number]

export const isDashboardExperiment = (id: string): id is DashboardExperiment =>
  DASHBOARD_EXPERIMENTS.some((one) => one === id)

/** What differs from the defaults. */
export const DASHBOARD_SET_UPS: Readonly<Record<DashboardExperiment, Readonly<Record<string, unknown>>>> = {
  strategies: { workload: 'primes', size: 'small', rounds: 8, warmup: 1 },
  'lock-contention': { locks: ['mutex', 'spin', 'ticket'], threads: 4, durationMs: 120, rounds: 6, warmup: 1 },
  // Bursts that are seen one by one: each fills the queue at once and is drained before the next.
  'producer-consumer': {
    messages: 12_000,
    arrivals: 'bursts',
    ratePerSecond: 2_000,
    burstSize: 2_000,
    capacity: 3_000,
    batchSize: 10,
    consumers: 1,
  },
}

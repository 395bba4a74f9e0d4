/**
 * For every experiment set-ups that end soon and between them show what the experiment can draw. A lab that is added must say
 * its own here, or nothing compiles: tests that loop over all experiments then include it.
 */
import type { ExperimentId } from '../lib/experiments/registry.ts'
import { QUICK } from './report.ts'

type Params = Record<string, unknown>

const ONCE = { rounds: 1, warmup: 0 }

export const SMALL_RUNS: Record<Exclude<ExperimentId, 'pair'>, readonly [Params, ...Params[]]> = {
  'movie-search': [{ ...QUICK, rounds: 1 }],
  strategies: [{ workload: 'mixed', size: 'small', tasks: 8, workers: 2, ...ONCE }],
  'lock-contention': [{ locks: ['none', 'mutex'], threads: 3, durationMs: 50, ...ONCE }],
  race: [
    { trials: 2, iterations: 1000, warmup: 0 },
    { guard: 'mutex', trials: 2, iterations: 1000, warmup: 0 },
    { scenario: 'lazy-init', trials: 2, iterations: 1000, warmup: 0 },
    { scenario: 'message', threads: 2, trials: 2, iterations: 1000, warmup: 0 },
    { scenario: 'bank', trials: 2, iterations: 1000, warmup: 0 },
  ],
  coordination: [{ threads: 2, items: 20, workUs: 50 }],
  semaphore: [{ permits: 1, threads: 3, jobs: 9, jobMs: 2, ...ONCE }],
  deadlock: [
    { scenario: 'two-lists', policy: 'timeout', rounds: 20 },
    { scenario: 'philosophers', policy: 'none', participants: 5, rounds: 1000 },
    { scenario: 'two-lists', policy: 'one-lock', rounds: 20 },
  ],
  scaling: [{ workload: 'primes', serialShare: 0.5, maxWorkers: 2, size: 'small', ...ONCE }],
  scheduling: [{ longMs: 50, durationMs: 500, ...ONCE }],
  isolation: [{ increments: 1000, ...ONCE }],
  'producer-consumer': [
    { messages: 300, ratePerSecond: 0, rounds: 1, capacity: 10 },
    { messages: 100, ratePerSecond: 0, rounds: 1, queue: 'sqlite' },
  ],
}

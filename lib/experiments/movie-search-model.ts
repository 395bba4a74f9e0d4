/**
 * What theory predicts for a search: its requests scheduled on the workers, pages first, then films, each taking a latency
 * from the distribution it is drawn from. Nothing but waiting is in it: computing and handing over come on top.
 */
import type { Strategy } from '../contract/strategy.ts'
import { DEFAULT_CONDITIONS } from '../movies/conditions.ts'
import type { SeededRandom } from '../statistics/seeded-random.ts'
import { expectedMakespan } from './models/list-schedule.ts'
import { type EmulatedParams, sampleRequestMs } from './movie-search-conditions.ts'

export type LatencySource =
  /** Log-normal, as the embedded API draws them; the median in milliseconds. What is to fail is sent again, as the client does. */
  | ({ kind: 'emulated' } & EmulatedParams)
  /** Request times that were measured while nothing else was under way; drawn from with replacement. */
  | { kind: 'measured'; requestMs: readonly number[] }

const samplerOf = (source: LatencySource): ((random: SeededRandom) => number) => {
  if (source.kind === 'emulated') {
    const latencyMs = (random: SeededRandom): number => random.logNormal(source.latencyMs, DEFAULT_CONDITIONS.jitter)
    return (random) => sampleRequestMs(source, latencyMs, random)
  }
  const { requestMs } = source
  return (random) => requestMs[random.integer(requestMs.length)] ?? 0
}

/** What the API allows: so many at once after a pause, then so many a second. */
export interface Allowance {
  perSecond: number
  burst: number
}

/** The expected median of a round in milliseconds; null where nothing waits, or nothing was measured. */
export const predictRoundMs = (
  strategy: Strategy,
  workers: number,
  phases: readonly number[],
  source: LatencySource,
  allowance: Allowance | null = null,
): number | null => {
  const known = source.kind === 'emulated' ? source.latencyMs > 0 : source.requestMs.length > 0
  if (!known || phases.every((requests) => requests === 0)) return null
  const { median } = expectedMakespan({
    phases,
    workers: strategy === 'sequential' ? 1 : workers,
    sample: samplerOf(source),
    trials: 500,
  })
  const requests = phases.reduce((sum, phase) => sum + phase, 0)
  if (allowance === null) return median
  return Math.max(median, (Math.max(0, requests - allowance.burst) / allowance.perSecond) * 1000)
}

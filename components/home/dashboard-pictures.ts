/**
 * What the three pictures of the dashboard draw, worked out of a run: of its result when it has ended, of its samples and counters
 * while it goes on. Pure; small enough to be handed from the server to the browser.
 */
import type { Comparison } from '../../lib/contract/comparison.ts'
import type { Sample } from '../../lib/contract/run-event.ts'
import type { CounterSeries } from '../../lib/contract/trace.ts'
import { CONTENDED_LOCKS } from '../../lib/experiments/lock-contention-locks.ts'
import type { LockContentionResult } from '../../lib/experiments/lock-contention-result.ts'
import type { ProducerConsumerResult } from '../../lib/experiments/producer-consumer-result.ts'
import type { StrategiesResult } from '../../lib/experiments/strategies.ts'
import { median } from '../../lib/statistics/median.ts'
import { downsample } from '../../lib/trace/downsample.ts'
import { comparisonOfKeys } from '../experiments/comparison-so-far.ts'

export interface TimeBar {
  key: string
  medianMs: number
  ci95Ms: readonly [number, number] | null
  modelMs: number | null
  /** null for the baseline itself. */
  speedup: number | null
}

export interface LockBar {
  key: string
  perSecond: number
  /** Shares of the threads' time; null until the run has ended. */
  time: { waiting: number; holding: number; outside: number } | null
}

export interface FlowLine {
  atMs: readonly number[]
  values: readonly number[]
}

export interface FlowPicture {
  depth: FlowLine
  in: FlowLine
  out: FlowLine
  capacity: number
}

/** More than these would be too thin to read across a room. */
const MOST_ROWS = 4
const LIVE_POINTS = 240

const timeBars = ({ entries, baseline }: Comparison): TimeBar[] =>
  entries.slice(0, MOST_ROWS).map(({ key, medianMs, ci95Ms, modelMs, speedup }) => ({
    key,
    medianMs,
    ci95Ms: ci95Ms ?? null,
    modelMs,
    speedup: key === baseline ? null : speedup.value,
  }))

export const strategiesPicture = (result: StrategiesResult): TimeBar[] => timeBars(result.comparison)

export const strategiesSoFar = (samples: readonly Sample[], strategies: readonly string[]): TimeBar[] => {
  const comparison = comparisonOfKeys(samples, strategies, { seed: 0, warmup: 0 })
  return comparison === null ? [] : timeBars(comparison)
}

/** A sample of lock contention is the time of so many acquisitions. */
const ACQUISITIONS = 1_000

export const locksPicture = (result: LockContentionResult): LockBar[] =>
  result.locks.slice(0, MOST_ROWS).map(({ lock, throughputPerSecond, perThread }) => {
    const sum = (of: (thread: (typeof perThread)[number]) => number): number =>
      perThread.reduce((total, thread) => total + of(thread), 0)
    const waiting = sum(({ waitUs }) => waitUs.total)
    const holding = sum(({ holdUs }) => holdUs.total)
    const outside = sum(({ outsideUs }) => outsideUs)
    const whole = waiting + holding + outside
    return {
      key: lock,
      perSecond: throughputPerSecond,
      time: whole > 0 ? { waiting: waiting / whole, holding: holding / whole, outside: outside / whole } : null,
    }
  })

export const locksSoFar = (samples: readonly Sample[], locks: readonly string[]): LockBar[] =>
  CONTENDED_LOCKS.filter((lock) => locks.includes(lock))
    .slice(0, MOST_ROWS)
    .flatMap((key) => {
      const times = samples
        .filter((sample) => sample.key === key && sample.round >= 0)
        .map(({ elapsedMs }) => elapsedMs)
      const ms = times.length > 0 ? median(times) : 0
      return ms > 0 ? [{ key, perSecond: (ACQUISITIONS * 1_000) / ms, time: null }] : []
    })

export const flowPicture = (result: ProducerConsumerResult, capacity: number): FlowPicture | null =>
  result.overTime && { ...result.overTime, capacity }

export const flowSoFar = (counters: readonly CounterSeries[], capacity: number): FlowPicture | null => {
  const find = (name: string): CounterSeries | undefined => counters.find((series) => series.name === name)
  const depth = find('queue-depth')
  const originUs = depth?.times[0]
  if (originUs === undefined) return null
  const line = (series: CounterSeries | undefined): FlowLine => {
    const { times, values } = downsample(series ?? { times: [], values: [] }, LIVE_POINTS)
    return { atMs: times.map((us) => Math.max(0, us - originUs) / 1_000), values }
  }
  return { depth: line(depth), in: line(find('rate-in')), out: line(find('rate-out')), capacity }
}

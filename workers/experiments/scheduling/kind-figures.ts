/** The figures of one kind from its counted stretches. Pure: arrays in, figures out. */
import type { SchedulingKindResult } from '#lib/experiments/scheduling.ts'
import type { SchedulingKind } from '#lib/experiments/scheduling-kinds.ts'
import { histogramOf, logarithmicEdges } from '#lib/statistics/histogram.ts'
import { median } from '#lib/statistics/median.ts'
import { medianInterval } from '#lib/statistics/median-interval.ts'
import { type Percentiles, percentilesOf } from '#lib/statistics/percentiles.ts'
import type { ThreadUsage } from '../../measuring/cpu-time.ts'
import type { Role } from './servers.ts'

/** One stretch, moments in µs on the run's clock. */
export interface MeasuredStretch {
  scheduledUs: readonly number[]
  startedUs: Float64Array
  finishedUs: Float64Array
  /** Scheduled arrival, start and end of the long computation. */
  long: { scheduledUs: number; startedUs: number; finishedUs: number }
  generatorLateUs: number
  usages: readonly { lane: string; role: Role; usage: ThreadUsage }[]
}

export const latenciesMs = ({ scheduledUs, finishedUs }: MeasuredStretch): Float64Array =>
  Float64Array.from(finishedUs, (at, index) => Math.max(0, at - (scheduledUs[index] ?? at)) / 1000)

const waitMs = ({ scheduledUs, startedUs }: MeasuredStretch, index: number): number =>
  Math.max(0, (startedUs[index] ?? 0) - (scheduledUs[index] ?? 0)) / 1000

/** Requests that came while the long computation went on and started only when it had ended. */
const heldUp = (stretches: readonly MeasuredStretch[]): { requests: number; longestMs: number } => {
  let requests = 0
  let longestMs = 0
  for (const stretch of stretches) {
    for (const [index, at] of stretch.scheduledUs.entries()) {
      const { startedUs, finishedUs } = stretch.long
      if (at < startedUs || at >= finishedUs || (stretch.startedUs[index] ?? 0) < finishedUs) continue
      requests++
      longestMs = Math.max(longestMs, waitMs(stretch, index))
    }
  }
  return { requests, longestMs }
}

/** The sum, or null where one of them is unknown. */
const sumKnown = (values: readonly (number | null)[]): number | null =>
  values.reduce<number | null>((sum, value) => (sum === null || value === null ? null : sum + value), 0)

const sumUsage = (usages: readonly ThreadUsage[]) => {
  const voluntary = sumKnown(usages.map(({ contextSwitches }) => contextSwitches?.voluntary ?? null))
  const involuntary = sumKnown(usages.map(({ contextSwitches }) => contextSwitches?.involuntary ?? null))
  const waitingUs = sumKnown(usages.map(({ waitingForCoreUs }) => waitingForCoreUs))
  return {
    cpuMs: usages.reduce((sum, { cpuUs }) => sum + cpuUs, 0) / 1000,
    waitingForCoreMs: waitingUs === null ? null : waitingUs / 1000,
    contextSwitches: voluntary === null || involuntary === null ? null : { voluntary, involuntary },
  }
}

const BINS_A_DECADE = 10

/** One set of limits for all kinds, so that their histograms can be compared by looking. */
export const histogramEdges = (all: readonly MeasuredStretch[]): number[] => {
  let [min, max] = [Number.POSITIVE_INFINITY, 0]
  for (const latency of all.flatMap((stretch) => [...latenciesMs(stretch)])) {
    min = Math.min(min, latency)
    max = Math.max(max, latency)
  }
  // From one power of ten to another, so that their axis has round numbers at both ends. A latency of 0 has no place on it:
  // a microsecond is below what is measured here.
  const first = Math.floor(Math.log10(Math.max(0.001, min)))
  const last = Math.max(first + 1, Math.ceil(Math.log10(Math.max(0.001, max))))
  return logarithmicEdges(10 ** first, 10 ** last, (last - first) * BINS_A_DECADE)
}

const NO_LATENCIES: Percentiles = { p50: 0, p95: 0, p99: 0, max: 0 }

export const percentilesOfStretch = (stretch: MeasuredStretch): Percentiles =>
  percentilesOf(latenciesMs(stretch)) ?? NO_LATENCIES

export const figuresOf = (
  kind: SchedulingKind,
  stretches: readonly MeasuredStretch[],
  edges: readonly number[],
): SchedulingKindResult => {
  const latencies = stretches.flatMap((stretch) => [...latenciesMs(stretch)])
  const longMs = stretches.map(({ long }) => (long.finishedUs - long.scheduledUs) / 1000)
  const whole = sumUsage(stretches.flatMap(({ usages }) => usages.map(({ usage }) => usage)))
  const lanes = (stretches[0]?.usages ?? []).map(({ lane, role }) => ({
    lane,
    role,
    ...sumUsage(stretches.flatMap(({ usages }) => usages.filter((one) => one.lane === lane).map(({ usage }) => usage))),
  }))
  return {
    kind,
    scheduled: stretches.reduce((sum, { scheduledUs }) => sum + scheduledUs.length, 0),
    completed: stretches.reduce((sum, { finishedUs }) => sum + finishedUs.filter((at) => at > 0).length, 0),
    latencyMs: percentilesOf(latencies) ?? NO_LATENCIES,
    histogram: histogramOf(latencies, edges),
    contextSwitches: whole.contextSwitches,
    waitingForCoreMs: whole.waitingForCoreMs,
    lanes,
    long: { samplesMs: longMs, medianMs: median(longMs), ci95Ms: medianInterval(longMs) },
    heldUp: heldUp(stretches),
    longestWaitMs: Math.max(
      0,
      ...stretches.flatMap((stretch) => stretch.scheduledUs.map((_, index) => waitMs(stretch, index))),
    ),
    generatorLateMs: Math.max(0, ...stretches.map(({ generatorLateUs }) => generatorLateUs)) / 1000,
  }
}

/** The result of lock-contention, out of all counted rounds: figures a lock, a thread, and a value of the sweep. */
import { buildComparison } from '#lib/experiments/comparison.ts'
import type { LockContentionParams } from '#lib/experiments/lock-contention.ts'
import { lockContentionFindings } from '#lib/experiments/lock-contention-findings.ts'
import { contentionLimit } from '#lib/experiments/lock-contention-model.ts'
import type {
  ContendedLockResult,
  ContendingThread,
  ContentionFigures,
  LockContentionResult,
} from '#lib/experiments/lock-contention-result.ts'
import { median } from '#lib/statistics/median.ts'
import { medianInterval } from '#lib/statistics/median-interval.ts'
import { DurationHistogram } from '../../measuring/duration-histogram.ts'
import type { ContentionRound, Variant } from './contention-round.ts'

export interface Measured {
  params: LockContentionParams
  cores: number
  variants: readonly Variant[]
  rounds: ReadonlyMap<string, ContentionRound[]>
  samplesMs: ReadonlyMap<string, number[]>
  startupMs: number
}

const sumOf = <T>(list: readonly T[], of: (one: T) => number): number => list.reduce((sum, one) => sum + of(one), 0)

export const resultOf = (measured: Measured): LockContentionResult => {
  const { params, cores, variants, samplesMs, startupMs } = measured
  const own = variants.filter(({ value }) => value === null)
  const comparison = buildComparison({
    seed: params.seed,
    warmup: params.warmup,
    measured: own.map((variant) => ({
      key: variant.key,
      samplesMs: samplesMs.get(variant.key) ?? [],
      startupMs,
      cpuMs: median(roundsOf(measured, variant).map(({ cpuMs }) => cpuMs)),
      modelMs: 1e6 / limitOf(variant, cores).perSecond,
      extra: { threads: variant.threads },
    })),
  })
  const locks = own.map((variant) => lockOf(measured, variant))
  const sweep = params.sweep && {
    param: params.sweep.param,
    points: params.sweep.values.map((value) => ({
      value,
      locks: variants.filter((variant) => variant.value === value).map((variant) => figuresOf(measured, variant)),
    })),
  }
  return { comparison, locks, cores, sweep, findings: lockContentionFindings({ comparison, locks, cores, sweep }) }
}

const roundsOf = ({ rounds }: Measured, { key }: Variant): ContentionRound[] => rounds.get(key) ?? []

const limitOf = (variant: Variant, cores: number) => contentionLimit({ ...variant, cores }, variant.costs)

const figuresOf = (measured: Measured, variant: Variant): ContentionFigures => {
  const rounds = roundsOf(measured, variant)
  const perSecond = rounds.map((round) => round.perSecond)
  const throughputPerSecond = median(perSecond)
  const limitPerSecond = limitOf(variant, measured.cores).perSecond
  return {
    lock: variant.lock,
    throughputPerSecond,
    throughputCi95: medianInterval(perSecond),
    limitPerSecond,
    utilisation: throughputPerSecond / limitPerSecond,
    fairness: median(rounds.map(({ fairness }) => fairness)),
    waitedShare: sumOf(rounds, ({ waited }) => waited) / sumOf(rounds, ({ acquisitions }) => acquisitions),
  }
}

const lockOf = (measured: Measured, variant: Variant): ContendedLockResult => {
  const rounds = roundsOf(measured, variant)
  const perThread = Array.from({ length: variant.threads }, (_, thread) => threadOf(rounds, thread))
  const known = perThread.flatMap(({ contextSwitches }) => contextSwitches ?? [])
  const thousands = sumOf(perThread, ({ acquisitions }) => acquisitions) / 1000
  return {
    ...figuresOf(measured, variant),
    updates: sumOf(rounds, ({ updates }) => updates),
    lostUpdates: sumOf(rounds, ({ lostUpdates }) => lostUpdates),
    limit: { boundBy: limitOf(variant, measured.cores).boundBy, ...variant.costs },
    contextSwitches:
      known.length < perThread.length
        ? null
        : {
            voluntary: sumOf(known, ({ voluntary }) => voluntary) / thousands,
            involuntary: sumOf(known, ({ involuntary }) => involuntary) / thousands,
          },
    perThread,
  }
}

const threadOf = (rounds: readonly ContentionRound[], thread: number): ContendingThread => {
  const waits = merged(rounds.map((round) => round.waits[thread]))
  const holds = merged(rounds.map((round) => round.holds[thread]))
  const shares = rounds.flatMap((round) => round.shares[thread] ?? [])
  const switches = rounds.flatMap((round) => round.usages[thread]?.contextSwitches ?? [])
  const wholeUs = sumOf(shares, ({ startUs, endUs }) => endUs - startUs)
  return {
    acquisitions: sumOf(shares, ({ acquisitions }) => acquisitions),
    waited: sumOf(shares, ({ waited }) => waited),
    waitUs: spreadOf(waits),
    holdUs: spreadOf(holds),
    outsideUs: Math.max(0, wholeUs - waits.totalUs - holds.totalUs),
    waits: waits.bins(2),
    contextSwitches:
      switches.length < rounds.length
        ? null
        : {
            voluntary: sumOf(switches, ({ voluntary }) => voluntary),
            involuntary: sumOf(switches, ({ involuntary }) => involuntary),
          },
  }
}

const merged = (histograms: readonly (DurationHistogram | undefined)[]): DurationHistogram => {
  const all = new DurationHistogram()
  for (const one of histograms) if (one) all.add(one)
  return all
}

const spreadOf = (durations: DurationHistogram): ContendingThread['waitUs'] => ({
  p50: durations.percentileUs(50),
  p95: durations.percentileUs(95),
  p99: durations.percentileUs(99),
  max: durations.maxUs,
  total: durations.totalUs,
})

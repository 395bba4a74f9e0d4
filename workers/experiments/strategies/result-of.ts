/** The result of a run of `strategies` from its rounds: the comparison beside the model, where the time went, the sweep. */
import { buildComparison, type Measured } from '#lib/experiments/comparison.ts'
import { isCpuWorkload, type Losses, type StrategiesParams, type SweepPoint } from '#lib/experiments/strategies.ts'
import { lossesOf } from '#lib/experiments/strategies-losses.ts'
import { predictStrategyMs } from '#lib/experiments/strategies-model.ts'
import { median } from '#lib/statistics/median.ts'
import { efficiencyOf } from '#lib/trace/efficiency.ts'
import type { Round } from './measure-round.ts'
import { laneWork, taskTimes, typicalOf, usefulMs } from './round-figures.ts'
import { isSamePoint, type Variant } from './variants.ts'

export interface Measurements {
  params: StrategiesParams
  cores: number
  variants: readonly Variant[]
  /** Counted rounds of each variant, by its key. */
  rounds: ReadonlyMap<string, Round[]>
}

const roundsOf = ({ rounds }: Measurements, variant: Variant | undefined): Round[] =>
  variant ? (rounds.get(variant.key) ?? []) : []

const modelMsOf = (measurements: Measurements, variant: Variant): number | null => {
  const { params, cores, variants } = measurements
  const sequential = variants.find((other) => other.strategy === 'sequential' && isSamePoint(other, variant))
  const own = roundsOf(measurements, sequential)
  const typical = typicalOf(own)
  if (!typical) return null
  return predictStrategyMs(variant.strategy, {
    tasks: taskTimes(typical, own, isCpuWorkload(params.workload)),
    joinMs: typical.fork.joinedMs - typical.fork.mappedMs,
    workers: variant.workers,
    cores,
    blocking: params.workload === 'database',
    largestFirst: params.workload === 'primes' || params.workload === 'fibonacci',
  })
}

const measuredOf = (measurements: Measurements, variant: Variant): Measured => {
  const computes = isCpuWorkload(measurements.params.workload)
  const own = roundsOf(measurements, variant)
  const typical = typicalOf(own)
  const useful = typical ? laneWork(variant, typical).map((lane) => usefulMs(lane, computes)) : []
  return {
    key: variant.key,
    strategy: variant.strategy,
    workers: variant.workers,
    samplesMs: own.map(({ elapsedMs }) => elapsedMs),
    startupMs: variant.startupMs,
    cpuMs: median(own.map(({ cpuMs }) => cpuMs)),
    modelMs: modelMsOf(measurements, variant),
    efficiency: typical ? efficiencyOf(useful, typical.elapsedMs) : null,
    checksum: typical?.fork.joined.checksum ?? null,
    extra: { tasks: variant.tasks, computes },
  }
}

const sweepPointOf = (measurements: Measurements, value: number): SweepPoint => {
  const { params, variants } = measurements
  const at = variants.filter((variant) => variant.value === value)
  const baseline = at.find(({ strategy }) => strategy === 'sequential')?.key
  const measured = at.map((variant) => measuredOf(measurements, variant))
  const { entries } = buildComparison({ baseline, seed: params.seed, warmup: params.warmup, measured })
  return {
    value,
    entries: entries.map(({ key, strategy = key, medianMs, ci95Ms, speedup }) => ({
      key: strategy,
      medianMs,
      ci95Ms,
      speedup,
    })),
  }
}

const lossesByKey = (measurements: Measurements, own: readonly Variant[]): Record<string, Losses> => {
  const losses: Record<string, Losses> = {}
  for (const variant of own) {
    const typical = typicalOf(roundsOf(measurements, variant))
    if (!typical) continue
    const { startMs, mappedMs, joinedMs } = typical.fork
    const lanes = laneWork(variant, typical)
    losses[variant.key] = lossesOf({ startMs, mappedMs, joinedMs, startupMs: variant.startupMs, lanes })
  }
  return losses
}

export const figuresOf = (measurements: Measurements) => {
  const { params, variants } = measurements
  const { sweep, seed, warmup } = params
  const own = variants.filter((variant) => variant.own)
  return {
    comparison: buildComparison({ seed, warmup, measured: own.map((variant) => measuredOf(measurements, variant)) }),
    losses: lossesByKey(measurements, own),
    sweep: sweep && { param: sweep.param, points: sweep.values.map((value) => sweepPointOf(measurements, value)) },
  }
}

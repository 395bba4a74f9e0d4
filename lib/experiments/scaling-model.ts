/**
 * Speed-up over the number of workers: from the rounds as they come in, what was measured, what Amdahl's and Gustafson's laws
 * say of it on a machine with so many cores, and what can be read back from the points. Without zod: the page draws with it live.
 */
import { median } from '../statistics/median.ts'
import { type SpeedupEstimate, speedupOf } from '../statistics/speedup.ts'
import { amdahlSpeedup, fitSerialShare, karpFlatt } from './models/amdahl.ts'
import { type Estimate, estimateOf } from './models/estimate.ts'
import { fitUslOverRounds } from './models/universal-scalability-law.ts'

/** One execution, in milliseconds. `serialMs` is what only one worker did: the part before the parallel one, and the join. */
export interface ScalingTimes {
  elapsedMs: number
  serialMs: number
}

/** The counted rounds of one number of workers; the same index is the same round. */
export interface ScalingRounds {
  workers: number
  times: readonly ScalingTimes[]
}

export interface ScalingPoint {
  workers: number
  speedup: SpeedupEstimate
  amdahl: number
  /** Null unless the work grows with the workers. */
  gustafson: number | null
  /** Null for one worker, beyond the cores, and where the work grows. */
  karpFlatt: number | null
}

export interface ScalingFit {
  /** Null without a point of two workers or more up to the cores. */
  serialShare: Estimate | null
  /** Null below three points up to the cores, and where the work grows. */
  usl: { alpha: Estimate; beta: Estimate } | null
}

export interface Scaling {
  /** Of the time that one worker took: the true share, measured in this run. Null before the first round. */
  serialShare: number | null
  points: ScalingPoint[]
  fit: ScalingFit
  /** The most workers against as many as there are cores, where there are more. */
  beyondCores: (SpeedupEstimate & { workers: number }) | null
}

export interface ScalingOptions {
  cores: number
  /** The parallel part is done once for each worker. */
  scaled: boolean
  /** Of the parameters: for the models until it has been measured. */
  askedShare: number
}

/** What one worker would have taken for the work that `workers` did, from the round in which it did its own. */
const aloneMs = ({ elapsedMs, serialMs }: ScalingTimes, workers: number, scaled: boolean): number =>
  serialMs + (elapsedMs - serialMs) * (scaled ? workers : 1)

/**
 * Gustafson's scaled speed-up, (s + n(1 − s)) ÷ 1, where each worker has a core; where there are fewer, the parallel part takes
 * n ÷ cores times as long. `serialShare` is that of the time of one worker, which is also that of n on n cores.
 */
export const scaledSpeedup = (serialShare: number, workers: number, cores: number): number => {
  const parallel = workers * (1 - serialShare)
  return (serialShare + parallel) / (serialShare + parallel / Math.min(workers, cores))
}

/** The serial share at which Gustafson's line is nearest to the points, by least squares; from 0 to 1. */
const scaledShareOf = (points: readonly { workers: number; speedup: number }[]): number | null => {
  // n − S = s (n − 1)
  const squares = points.reduce((sum, { workers }) => sum + (workers - 1) ** 2, 0)
  const products = points.reduce((sum, { workers, speedup }) => sum + (workers - 1) * (workers - speedup), 0)
  return squares > 0 ? Math.min(1, Math.max(0, products / squares)) : null
}

export const scalingOf = (all: readonly ScalingRounds[], options: ScalingOptions): Scaling => {
  const { cores, scaled, askedShare } = options
  const alone = all.find(({ workers }) => workers === 1)?.times ?? []
  const measured = all.filter(({ times }) => times.length > 0)
  const shares = alone.map(({ serialMs, elapsedMs }) => serialMs / elapsedMs)
  const serialShare = shares.length > 0 ? median(shares) : null
  const share = serialShare ?? askedShare
  const references = (workers: number): number[] => alone.map((times) => aloneMs(times, workers, scaled))
  const speedupFor = ({ workers, times }: ScalingRounds): SpeedupEstimate =>
    speedupOf(
      references(workers),
      times.map(({ elapsedMs }) => elapsedMs),
    )
  const points = alone.length === 0 ? [] : measured.map((one) => ({ workers: one.workers, speedup: speedupFor(one) }))
  return {
    serialShare,
    points: points.map(({ workers, speedup }) => ({
      workers,
      speedup,
      amdahl: amdahlSpeedup(share, workers, cores),
      gustafson: scaled ? scaledSpeedup(share, workers, cores) : null,
      karpFlatt: scaled || workers > cores ? null : karpFlatt(speedup.value, workers),
    })),
    fit: fitOf(measured, alone, options),
    beyondCores: beyondCoresOf(measured, references, cores),
  }
}

const fitOf = (
  measured: readonly ScalingRounds[],
  alone: readonly ScalingTimes[],
  { cores, scaled }: ScalingOptions,
): ScalingFit => {
  const within = measured.filter(({ workers }) => workers <= cores)
  // Only rounds in which every number of workers had its turn: a round that is under way has no fit.
  const complete = Math.min(alone.length, ...within.map(({ times }) => times.length))
  const rounds = alone.slice(0, complete).map((base, round) =>
    within.flatMap(({ workers, times }) => {
      const elapsedMs = times[round]?.elapsedMs
      return elapsedMs ? [{ workers, speedup: aloneMs(base, workers, scaled) / elapsedMs }] : []
    }),
  )
  if (scaled) {
    return { serialShare: estimateOf(rounds.map(scaledShareOf).filter((share) => share !== null)), usl: null }
  }
  return {
    serialShare: fitSerialShare(rounds),
    usl: fitUslOverRounds(
      rounds.map((points) => points.map(({ workers, speedup }) => ({ workers, throughput: speedup }))),
    ),
  }
}

const beyondCoresOf = (
  measured: readonly ScalingRounds[],
  references: (workers: number) => number[],
  cores: number,
): Scaling['beyondCores'] => {
  const most = measured.at(-1)
  const atCores = measured.find(({ workers }) => workers === cores)
  if (!most || !atCores || most.workers <= cores) return null
  // Time for as much work as one worker does alone, so that it is comparable where the work grows.
  const perWork = ({ workers, times }: ScalingRounds): number[] => {
    const alone = references(workers)
    return times.slice(0, alone.length).map(({ elapsedMs }, round) => elapsedMs / (alone[round] ?? elapsedMs))
  }
  return { workers: most.workers, ...speedupOf(perWork(atCores), perWork(most)) }
}

/**
 * How far work scales, by the share of it that only one worker can do: Amdahl's law for a fixed amount of work, Gustafson's for
 * work that grows with the workers, and Karp–Flatt's serial share read off a measured speed-up.
 *
 * Sources: G. M. Amdahl, AFIPS 1967; J. L. Gustafson, "Reevaluating Amdahl's law", CACM 31 (1988); A. H. Karp and H. P. Flatt,
 * "Measuring parallel processor performance", CACM 33 (1990).
 */
import { type Estimate, estimateOf } from './estimate.ts'

/** `serialShare` from 0 to 1; for work that computes, more workers than `cores` are as many as the cores. */
export const amdahlSpeedup = (serialShare: number, workers: number, cores = Number.POSITIVE_INFINITY): number =>
  1 / (serialShare + (1 - serialShare) / Math.min(workers, cores))

/** Scaled speed-up; here the serial share is that of the time on `workers` workers, not of the time on one. */
export const gustafsonSpeedup = (serialShare: number, workers: number, cores = Number.POSITIVE_INFINITY): number => {
  const parallel = Math.min(workers, cores)
  return parallel - serialShare * (parallel - 1)
}

/**
 * The experimentally determined serial share. Null for one worker, where nothing can be told. Beyond the cores it would report a
 * serial share that isn't in the work: ask only up to there. Negative where the speed-up is above the number of workers.
 */
export const karpFlatt = (speedup: number, workers: number): number | null =>
  workers > 1 ? (1 / speedup - 1 / workers) / (1 - 1 / workers) : null

export interface SpeedupPoint {
  workers: number
  speedup: number
}

/**
 * The serial share that brings Amdahl's curve nearest to the points, by least squares of 1/speed-up, in which the law is a straight
 * line; from 0 to 1. Null without a point of two workers or more.
 */
export const serialShareOf = (points: readonly SpeedupPoint[]): number | null => {
  let products = 0
  let squares = 0
  for (const { workers, speedup } of points) {
    // 1/S − 1/n = s (1 − 1/n)
    const x = 1 - 1 / workers
    products += x * (1 / speedup - 1 / workers)
    squares += x * x
  }
  return squares > 0 ? Math.min(1, Math.max(0, products / squares)) : null
}

/**
 * The serial share with its interval: one fit for each round, whose points were measured one shortly after the other. Rounds
 * without a usable point are left out; null where none has one.
 */
export const fitSerialShare = (rounds: readonly (readonly SpeedupPoint[])[]): Estimate | null =>
  estimateOf(rounds.map(serialShareOf).filter((share) => share !== null))

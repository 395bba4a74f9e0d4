/**
 * A confidence interval for the median, between two of the samples, whose coverage is exactly the confidence asked for whatever
 * continuous distribution the samples come from: normal, skewed or with two modes.
 *
 * How many of n samples fall below the true median is binomial (n, ½), so every pair of order statistics has a known coverage,
 * but only a few coverages exist: with ten samples 97.9%, 93.5%, 89.1%. The interval is the wider or the narrower of the two
 * neighbouring pairs, in the proportion that makes the coverage exact: R. Zieliński and W. Zieliński, "Best exact
 * nonparametric confidence intervals for quantiles", Statistics 39 (2005), 67–71. The coin that decides is no new random number
 * but the far digits of the sample's shape, so the same samples, in any order and any unit, always get the same interval.
 *
 * Why not the usual ones: in simulations the percentile bootstrap covers 92–94% at 10–30 samples and 87% at 7;
 * Hettmansperger–Sheather's interpolation covers 95%, but 90% for ten samples with two modes, since it assumes that the
 * density is even between neighbouring samples.
 */
import { sortedAscending } from './median.ts'

/** The fewest samples with a 95% interval: five can't cover more than 1 − 2 × ½⁵ = 93.75%, and the range is all they have. */
export const MINIMUM_SAMPLES_FOR_INTERVAL = 6

/** P(K ≤ k) for k = 0 … n, where K is binomial (n, ½). */
const binomialHalfCumulative = (n: number): number[] => {
  const cumulative: number[] = []
  // In logarithms: ½ⁿ underflows from n = 1075 on.
  let logProbability = -n * Math.LN2
  let sum = 0
  for (let k = 0; k <= n; k++) {
    sum += Math.exp(logProbability)
    cumulative.push(sum)
    logProbability += Math.log((n - k) / (k + 1))
  }
  return cumulative
}

/** Two numbers in [0, 1) that don't change when the samples are reordered, shifted or scaled. */
const coinsOf = (sorted: readonly number[]): { side: number; width: number } => {
  const first = sorted[0] ?? 0
  const range = (sorted[sorted.length - 1] ?? 0) - first
  if (range === 0) return { side: 0, width: 0 }
  let shape = 0
  for (const [index, value] of sorted.entries()) shape += ((value - first) / range) * Math.sqrt(index + 2)
  // Digits five to eight decide: far enough from the shape to be independent of it, far enough from rounding to be repeatable.
  const digits = shape * 1e4
  const side = digits - Math.floor(digits)
  const finer = side * 1e4
  return { side, width: finer - Math.floor(finer) }
}

/**
 * The interval [lo, hi], in the samples' unit, or null where no interval of these samples has that confidence (below
 * `MINIMUM_SAMPLES_FOR_INTERVAL` at 0.95). Samples that are equal to each other only raise the coverage.
 */
export const medianInterval = (samples: readonly number[], confidence = 0.95): [number, number] | null => {
  const n = samples.length
  if (n === 0 || 1 - 2 * 0.5 ** n < confidence) return null
  const cumulative = binomialHalfCumulative(n)
  const below = (k: number) => (k < 0 ? 0 : (cumulative[k] ?? 1))
  // [x(1 + cutLow), x(n − cutHigh)] misses the median when at most cutLow samples lie below it, or at most cutHigh above.
  const coverage = (cutLow: number, cutHigh: number) => 1 - below(cutLow) - below(cutHigh)
  let cut = 0
  while (coverage(cut + 1, cut + 1) >= confidence) cut++
  const oneSided = coverage(cut, cut + 1)
  const [wider, narrower] =
    oneSided >= confidence
      ? [
          { cuts: [cut, cut + 1] as const, covers: oneSided },
          { cuts: [cut + 1, cut + 1] as const, covers: coverage(cut + 1, cut + 1) },
        ]
      : [
          { cuts: [cut, cut] as const, covers: coverage(cut, cut) },
          { cuts: [cut, cut + 1] as const, covers: oneSided },
        ]

  const sorted = sortedAscending(samples)
  const coins = coinsOf(sorted)
  const shareOfWider = (confidence - narrower.covers) / (wider.covers - narrower.covers)
  const [one, other] = (coins.width < shareOfWider ? wider : narrower).cuts
  const [cutLow, cutHigh] = coins.side < 0.5 ? [one, other] : [other, one]
  return [sorted[cutLow] ?? Number.NaN, sorted[n - 1 - cutHigh] ?? Number.NaN]
}

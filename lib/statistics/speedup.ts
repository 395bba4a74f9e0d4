/**
 * How many times faster one thing is than another, with an interval and a verdict, from rounds in which both were measured one
 * shortly after the other. Rounds are paired, so a drift of the machine that both share cancels out.
 *
 * Method: Hodges–Lehmann's estimate of log(baseline ÷ this) and Wilcoxon's signed-rank interval (signed-rank.ts). Where both are
 * the same thing, the log ratios are symmetric around 0 whatever the noise is, so a false verdict has at most 5%, at every
 * number of rounds from six; no interval of this kind exists for fewer. The tests simulate this.
 */
import { signedRankEstimate } from './signed-rank.ts'

/** The fewest rounds with a verdict: five differences of one sign happen by chance in 2 × ½⁵ = 6.25% of comparisons. */
export const MINIMUM_ROUNDS_FOR_VERDICT = 6

/** A difference counts from here: an interval that reaches into 1 ± 1% says nothing that a person would act on. */
export const SMALLEST_DIFFERENCE = 0.01

/** One nanosecond in milliseconds, the resolution of the clock: keeps the logarithm of a sample of 0 finite. */
const CLOCK_RESOLUTION_MS = 1e-6

export interface SpeedupEstimate {
  /** Baseline ÷ this: above 1 is faster. Near to the ratio of the medians, but from paired rounds. NaN without a common round. */
  value: number
  /** Null below `MINIMUM_ROUNDS_FOR_VERDICT`. */
  ci95: [number, number] | null
  verdict: 'faster' | 'slower' | 'no-detectable-difference' | 'too-few-rounds'
}

/** Durations in one unit; the same index is the same round. Rounds that only one of the two has are left out. */
export const speedupOf = (baselineSamples: readonly number[], samples: readonly number[]): SpeedupEstimate => {
  const rounds = Math.min(baselineSamples.length, samples.length)
  const logRatios: number[] = []
  for (let round = 0; round < rounds; round++) {
    const baseline = Math.max(baselineSamples[round] ?? 0, CLOCK_RESOLUTION_MS)
    logRatios.push(Math.log(baseline / Math.max(samples[round] ?? 0, CLOCK_RESOLUTION_MS)))
  }
  const { centre, ci95 } = signedRankEstimate(logRatios)
  const value = Math.exp(centre)
  if (ci95 === null) return { value, ci95: null, verdict: 'too-few-rounds' }
  const [lo, hi] = [Math.exp(ci95[0]), Math.exp(ci95[1])]
  const verdict =
    lo > 1 + SMALLEST_DIFFERENCE ? 'faster' : hi < 1 - SMALLEST_DIFFERENCE ? 'slower' : 'no-detectable-difference'
  return { value, ci95: [lo, hi], verdict }
}

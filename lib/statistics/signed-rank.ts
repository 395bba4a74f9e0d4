/**
 * The centre of paired differences, with an interval that needs no distribution but symmetry: Hodges–Lehmann's estimate and the
 * interval that belongs to Wilcoxon's signed-rank test. One wild round moves neither far.
 *
 * Source: J. L. Hodges and E. L. Lehmann, "Estimates of location based on rank tests", Ann. Math. Stat. 34 (1963); M. Hollander
 * and D. A. Wolfe, "Nonparametric Statistical Methods", sections 3.1–3.3.
 */
import { quantileOfSorted } from './median.ts'

/** From here on the distribution of the rank sum is taken as normal; the cut is then the exact one or one less. */
const EXACT_UP_TO = 50
const NORMAL_975 = 1.959963984540054

/** P(W ≤ w) for w = 0, 1, … of the signed-rank sum of n differences under symmetry around 0, exactly. */
const rankSumCumulative = (n: number): number[] => {
  const largest = (n * (n + 1)) / 2
  let probabilities = new Float64Array(largest + 1)
  probabilities[0] = 1
  for (let rank = 1; rank <= n; rank++) {
    const next = new Float64Array(largest + 1)
    for (let w = 0; w <= largest; w++) {
      next[w] = ((probabilities[w] ?? 0) + (w >= rank ? (probabilities[w - rank] ?? 0) : 0)) / 2
    }
    probabilities = next
  }
  let sum = 0
  return Array.from(probabilities, (p) => (sum += p))
}

const cutOf = (n: number): number => {
  if (n > EXACT_UP_TO) {
    const mean = (n * (n + 1)) / 4
    const deviation = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24)
    return Math.floor(mean - NORMAL_975 * deviation - 0.5)
  }
  return rankSumCumulative(n).findLastIndex((p) => p <= 0.025)
}

/** It depends on n alone, and a page asks again with every sample that arrives. */
const knownCuts = new Map<number, number>()

/** How many Walsh averages a 95% interval leaves out at each end; −1 where even all of them cover less. */
export const walshAveragesCut = (n: number): number => {
  const cut = knownCuts.get(n) ?? cutOf(n)
  knownCuts.set(n, cut)
  return cut
}

export interface SignedRankEstimate {
  /** The median of the means of all pairs of differences, each with itself too; NaN without differences. */
  centre: number
  /** Covers the centre of symmetry in 95–97% of samples; null below six differences. */
  ci95: [number, number] | null
}

export const signedRankEstimate = (differences: readonly number[]): SignedRankEstimate => {
  const n = differences.length
  // Of numbers, so that sorting compares no function's answers: a page asks for this with every sample, and there are n² / 2.
  const sorted = new Float64Array((n * (n + 1)) / 2)
  let count = 0
  for (const [i, first] of differences.entries()) {
    for (const second of differences.slice(i)) sorted[count++] = (first + second) / 2
  }
  sorted.sort()
  const cut = walshAveragesCut(n)
  const lo = sorted[cut]
  const hi = sorted[sorted.length - 1 - cut]
  return {
    centre: quantileOfSorted(sorted, 0.5),
    ci95: cut < 0 || lo === undefined || hi === undefined ? null : [lo, hi],
  }
}

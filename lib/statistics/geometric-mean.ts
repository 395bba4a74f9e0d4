/**
 * The mean for ratios, such as speed-ups over several workloads: it gives the same ranking whichever is the baseline.
 * P. J. Fleming and J. J. Wallace, "How not to lie with statistics", Communications of the ACM 29 (1986).
 */

/** Of positive numbers; NaN when there are none or one is not positive. */
export const geometricMean = (values: readonly number[]): number => {
  if (values.length === 0 || values.some((value) => !(value > 0))) return Number.NaN
  // By logarithms, because a product of many small ratios underflows.
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)
}

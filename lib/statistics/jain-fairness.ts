/**
 * How evenly a resource was shared: 1 when all got the same, k/n when k of n got all.
 * R. Jain, D.-M. Chiu, W. Hawe, "A quantitative measure of fairness and discrimination", DEC-TR-301 (1984).
 */

/** (Σx)² / (n Σx²), from 1/n to 1; 1 when nobody got anything, since nobody got less than another. */
export const jainFairness = (shares: readonly number[]): number => {
  const sum = shares.reduce((total, share) => total + share, 0)
  const squares = shares.reduce((total, share) => total + share * share, 0)
  return squares === 0 ? 1 : (sum * sum) / (shares.length * squares)
}

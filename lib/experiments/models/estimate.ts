/** A figure that was found once in every round (a fitted share, a coefficient), put together with its uncertainty. */
import { median } from '../../statistics/median.ts'
import { signedRankEstimate } from '../../statistics/signed-rank.ts'

export interface Estimate {
  value: number
  /** Null below six rounds. */
  ci95: [number, number] | null
}

/** Null without a round. Where more than half of the rounds agree exactly, as at a limit of the fit, that is the value. */
export const estimateOf = (perRound: readonly number[]): Estimate | null => {
  if (perRound.length === 0) return null
  const { centre, ci95 } = signedRankEstimate(perRound)
  const middle = median(perRound)
  const agreeing = perRound.filter((value) => value === middle).length
  return { value: agreeing * 2 > perRound.length ? middle : centre, ci95 }
}

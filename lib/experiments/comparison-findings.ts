/**
 * Which sentences any comparison supports, as codes with values; nothing is said that the intervals don't show. Their words
 * are messages: the experiment's own `findings.<code>`, or those shared by all under `comparison.findings`.
 */
import type { Comparison, Entry, Finding } from '../contract/comparison.ts'
import { speedupOf } from '../statistics/speedup.ts'

/** A model this near to the median is said to agree. */
const AGREEMENT = 0.15

export const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))

const percentOf = (share: number): number => rounded(Math.abs(share) * 100, 0)

/** Without an interval nothing is told from noise. */
const isOutside = (value: number, interval: readonly [number, number] | null): boolean =>
  interval !== null && (value < interval[0] || value > interval[1])

/** What stands for the whole result: the best speed-up, that there is none, or the one time that was measured. */
export const headlineOf = (comparison: Comparison): Finding | null => {
  const { entries, baseline, rounds } = comparison
  const [only, second] = entries
  if (only && !second) return { code: 'single', values: { strategy: only.key, ms: rounded(only.medianMs, 1) } }
  const others = entries.filter((entry) => entry.key !== baseline)
  if (others.some((entry) => entry.speedup.verdict === 'too-few-rounds')) {
    return { code: 'too-few-rounds', values: { rounds } }
  }
  const [winner] = others
    .filter((entry) => entry.speedup.verdict === 'faster')
    .sort((a, b) => b.speedup.value - a.speedup.value)
  if (winner) {
    const speedup = rounded(winner.speedup.value, 2)
    return { code: 'fastest', values: { strategy: winner.key, baseline, speedup } }
  }
  return others.every((entry) => entry.speedup.verdict === 'slower')
    ? { code: 'baseline-fastest', values: { baseline } }
    : { code: 'no-difference', values: { baseline } }
}

/** Two that both let requests overlap, from the rounds in which both ran. */
export const pairFinding = (comparison: Comparison, one: string, other: string): Finding[] => {
  const [a, b] = [one, other].map((key) => comparison.entries.find((entry) => entry.key === key))
  if (!a || !b) return []
  const { value, ci95, verdict } = speedupOf(a.samplesMs, b.samplesMs)
  if (ci95 === null || verdict === 'too-few-rounds') return []
  if (verdict === 'no-detectable-difference') {
    const [low, high] = ci95
    return [{ code: 'pair-same', values: { one, other, low: rounded(low, 2), high: rounded(high, 2) } }]
  }
  const [faster, slower] = verdict === 'faster' ? [other, one] : [one, other]
  return [{ code: 'pair-faster', values: { faster, slower, speedup: rounded(value > 1 ? value : 1 / value, 2) } }]
}

/** The model and the entry furthest from it; silent where that distance is large, but the interval reaches over the model. */
export const modelFinding = (entries: readonly Entry[]): Finding[] => {
  const distances = entries
    .flatMap(({ key, medianMs, ci95Ms, modelMs }) =>
      modelMs ? [{ key, medianMs, modelMs, by: medianMs / modelMs - 1, told: isOutside(modelMs, ci95Ms) }] : [],
    )
    .sort((a, b) => Math.abs(b.by) - Math.abs(a.by))
  const [furthest] = distances
  if (!furthest) return []
  if (Math.abs(furthest.by) <= AGREEMENT) {
    return [{ code: 'model-agrees', values: { percent: percentOf(furthest.by) } }]
  }
  const worst = distances.find(({ by, told }) => told && Math.abs(by) > AGREEMENT)
  if (!worst) return []
  return [
    {
      code: worst.by > 0 ? 'slower-than-model' : 'faster-than-model',
      values: {
        strategy: worst.key,
        percent: percentOf(worst.by),
        ms: rounded(worst.medianMs, 0),
        modelMs: rounded(worst.modelMs, 0),
      },
    },
  ]
}

/** Said where starting the workers takes longer than the search itself. */
export const startupFinding = (entries: readonly Entry[]): Finding[] => {
  // The largest share, not the longest time: of two that start alike, the faster one pays more.
  const [most] = [...entries].sort((a, b) => b.startupMs * a.medianMs - a.startupMs * b.medianMs)
  if (!most || most.medianMs === 0 || most.startupMs < most.medianMs) return []
  return [
    {
      code: 'startup-outweighs',
      values: {
        strategy: most.key,
        startupMs: rounded(most.startupMs, 0),
        searches: rounded(most.startupMs / most.medianMs, 1),
      },
    },
  ]
}

/** What the rounds so far say of a comparison, while its run goes on. Start-up and model are known only with the result. */
import type { Comparison, Finding } from '../../lib/contract/comparison.ts'
import type { Sample } from '../../lib/contract/run-event.ts'
import type { Strategy } from '../../lib/contract/strategy.ts'
import { buildComparison } from '../../lib/experiments/comparison.ts'
import { headlineOf } from '../../lib/experiments/comparison-findings.ts'

export interface ComparisonParams {
  strategies: readonly Strategy[]
  seed: number
  warmup: number
}

/** Of whatever is compared, by its keys. Null before the first counted round. */
export const comparisonOfKeys = (
  samples: readonly Sample[],
  keys: readonly string[],
  { seed, warmup }: { seed: number; warmup: number },
): Comparison | null => {
  const counted = samples.filter(({ round, key }) => round >= 0 && keys.includes(key))
  if (counted.length === 0) return null
  return buildComparison({
    seed,
    warmup,
    measured: keys.map((key) => ({
      key,
      samplesMs: counted.filter((sample) => sample.key === key).map(({ elapsedMs }) => elapsedMs),
      startupMs: 0,
      cpuMs: 0,
    })),
  })
}

export const comparisonSoFar = (samples: readonly Sample[], params: ComparisonParams): Comparison | null =>
  comparisonOfKeys(samples, params.strategies, params)

/** The verdict where there is one already, else who leads; null before everything compared has a round. */
export const headlineSoFar = (samples: readonly Sample[], params: ComparisonParams): Finding | null => {
  const comparison = comparisonSoFar(samples, params)
  const compared = params.strategies.length
  if (comparison === null || comparison.entries.length < compared || compared < 2) return null
  const headline = headlineOf(comparison)
  if (headline?.code !== 'too-few-rounds') return headline
  const [leader] = comparison.entries
    .filter(({ key }) => key !== comparison.baseline)
    .sort((a, b) => b.speedup.value - a.speedup.value)
  if (!leader || leader.speedup.value <= 1) return { code: 'baseline-leads', values: { baseline: comparison.baseline } }
  return { code: 'leading', values: { strategy: leader.key, speedup: Number(leader.speedup.value.toFixed(1)) } }
}

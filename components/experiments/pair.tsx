/** Two set-ups, interleaved: both on one axis, growing while rounds come in, with B's verdict against A. */
'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { Comparison } from '../../lib/contract/comparison.ts'
import type { Sample } from '../../lib/contract/run-event.ts'
import { buildComparison } from '../../lib/experiments/comparison.ts'
import type { PairParams, PairResult } from '../../lib/experiments/pair.ts'
import { pairHeadline } from '../../lib/experiments/pair-findings.ts'
import { speedupOf } from '../../lib/statistics/speedup.ts'
import { useQuantity } from '../charts/use-quantity.ts'
import { SideBars } from '../lab/side-bars.tsx'
import { useExperimentWords } from '../lab/use-experiment-words.ts'
import { type ChartsProps, defineView } from './experiment-view.ts'

const comparisonSoFar = (samples: readonly Sample[], seed: number): Comparison | null => {
  const keys = [...new Set(samples.map(({ key }) => key))].sort()
  if (keys.length === 0) return null
  const measured = keys.map((key) => ({
    key,
    samplesMs: samples.filter((sample) => sample.key === key).map(({ elapsedMs }) => elapsedMs),
    startupMs: 0,
    cpuMs: 0,
  }))
  return buildComparison({ seed, warmup: 0, measured })
}

function PairCharts({ params, result, samples }: ChartsProps<PairParams & Record<string, unknown>, PairResult>) {
  const t = useTranslations('experiments.pair.charts')
  const words = useExperimentWords('pair', params.experiment)
  const quantity = useQuantity()
  const comparison = useMemo(
    () => result?.comparison ?? comparisonSoFar(samples, params.seed),
    [result, samples, params],
  )
  const entries = comparison?.entries ?? []
  const keys = entries.map(({ key }) => key).sort()
  return (
    <SideBars
      title={t('title')}
      subtitle={t('about')}
      axisLabel={words.timed ?? t('axis')}
      keys={keys}
      entries={entries}
      words={words}
      noteOf={(a, b) => quantity.times(speedupOf(a.samplesMs, b.samplesMs).value)}
    />
  )
}

export const pairView = defineView<PairParams & Record<string, unknown>, PairResult>({
  Charts: PairCharts,
  questions: [],
  headline: (result) => pairHeadline(result),
})

/** Scaling: speed-up over the number of workers beside the law that predicts it and the line of the cores, and what is read back from it. */
'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { Sample } from '../../lib/contract/run-event.ts'
import type { ScalingParams, ScalingResult } from '../../lib/experiments/scaling.ts'
import { scalingHeadline } from '../../lib/experiments/scaling-findings.ts'
import { type ScalingRounds, scalingOf } from '../../lib/experiments/scaling-model.ts'
import { scalingQuestions } from '../../lib/experiments/scaling-questions.ts'
import { type LineSeries, LinesChart } from '../charts/lines-chart.tsx'
import { useQuantity } from '../charts/use-quantity.ts'
import { useExperimentWords } from '../lab/use-experiment-words.ts'
import { type ChartsProps, defineView } from './experiment-view.ts'
import { ScalingFit } from './scaling/scaling-fit.tsx'

/** The counted rounds as they come in, by number of workers. */
const roundsOf = (samples: readonly Sample[]): ScalingRounds[] => {
  const byWorkers = new Map<number, ScalingRounds['times'][number][]>()
  for (const { round, workers, serialMs, elapsedMs } of samples) {
    if (round < 0 || typeof workers !== 'number' || typeof serialMs !== 'number') continue
    byWorkers.set(workers, [...(byWorkers.get(workers) ?? []), { elapsedMs, serialMs }])
  }
  return [...byWorkers].map(([workers, times]) => ({ workers, times })).sort((a, b) => a.workers - b.workers)
}

/** Until the result says how many cores there are, none is drawn: the page does not know the server's machine. */
const UNKNOWN = Number.POSITIVE_INFINITY

function ScalingCharts({ params, result, samples }: ChartsProps<ScalingParams, ScalingResult>) {
  const t = useTranslations('experiments.scaling.charts')
  const words = useExperimentWords('scaling')
  const { number } = useQuantity()
  const { scaled, serialShare, maxWorkers = 1 } = params
  const points = useMemo(
    () => result?.points ?? scalingOf(roundsOf(samples), { cores: UNKNOWN, scaled, askedShare: serialShare }).points,
    [result, samples, scaled, serialShare],
  )
  const cores = result?.cores ?? null
  const model = points.map(({ workers, amdahl, gustafson }) => ({ x: workers, y: gustafson ?? amdahl }))
  const series: LineSeries[] = [
    {
      key: params.strategy,
      label: t('measured'),
      dots: true,
      points: points.map(({ workers, speedup }) => {
        const [lo, hi] = speedup.ci95 ?? []
        return { x: workers, y: speedup.value, lo, hi }
      }),
    },
    // Beyond the cores nothing ideal is left: there the line of the cores goes on.
    ...(cores === null
      ? []
      : [
          {
            key: 'ideal',
            label: t('ideal'),
            colour: 'var(--ink-muted)',
            points: points.filter(({ workers }) => workers <= cores).map(({ workers }) => ({ x: workers, y: workers })),
          },
        ]),
    ...(result
      ? [{ key: 'model', label: t(scaled ? 'gustafson' : 'amdahl'), kind: 'model' as const, points: model }]
      : []),
  ]
  return (
    <>
      <LinesChart
        title={t('speedup')}
        subtitle={t('speedupAbout', {
          workload: words.option('workload', params.workload),
          percent: number(serialShare * 100),
          scaled: scaled ? 'yes' : 'no',
        })}
        xLabel={t('workersAxis')}
        yLabel={t('speedupAxis')}
        xTicks={Array.from({ length: maxWorkers }, (_, i) => i + 1)}
        references={cores === null ? [] : [{ axis: 'y', value: cores, label: t('cores', { cores }) }]}
        series={series}
      />
      {result && <ScalingFit result={result} scaled={scaled} />}
    </>
  )
}

export const scalingView = defineView<ScalingParams, ScalingResult>({
  Charts: ScalingCharts,
  questions: scalingQuestions,
  headline: (result, params) => scalingHeadline(result, params),
})

/** Semaphore: the counter over time, what a stranger's release does to four primitives, and all jobs with a limit and without. */
'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { CounterSeries, Trace } from '../../lib/contract/trace.ts'
import type { SemaphoreParams, SemaphoreResult } from '../../lib/experiments/semaphore.ts'
import { semaphoreHeadline } from '../../lib/experiments/semaphore-findings.ts'
import { semaphoreQuestions } from '../../lib/experiments/semaphore-questions.ts'
import { ComparisonBars } from '../charts/comparison-bars.tsx'
import { LinesChart } from '../charts/lines-chart.tsx'
import { useQuantity } from '../charts/use-quantity.ts'
import { useExperimentWords } from '../lab/use-experiment-words.ts'
import { comparisonOfKeys } from './comparison-so-far.ts'
import { type ChartsProps, defineView } from './experiment-view.ts'
import { ForeignReleases } from './semaphore/foreign-releases.tsx'

const KEYS = ['unlimited', 'semaphore'] as const

/** Of one round when the run is done; until then of all rounds so far. */
const counterOf = (result: SemaphoreResult | null, trace: Trace): CounterSeries | undefined =>
  result?.counter ?? trace.counters.find(({ group }) => group === 'semaphore')

function SemaphoreCharts({ params, result, samples, trace }: ChartsProps<SemaphoreParams, SemaphoreResult>) {
  const t = useTranslations('experiments.semaphore.charts')
  const words = useExperimentWords('semaphore')
  const quantity = useQuantity()
  const comparison = useMemo(
    () => result?.comparison ?? comparisonOfKeys(samples, KEYS, params),
    [result, samples, params],
  )
  const counter = counterOf(result, trace)
  const points = useMemo(
    () =>
      counter?.times.map((us, i) => ({ x: (us - (counter.times[0] ?? 0)) / 1000, y: counter.values[i] ?? 0 })) ?? [],
    [counter],
  )
  return (
    <>
      <LinesChart
        title={t('counter')}
        subtitle={
          <>
            {t('counterAbout', { permits: params.permits })}
            {result && (
              <span className="mt-1 block">
                {t('inside', {
                  least: result.minInside,
                  most: result.maxInside,
                  unlimited: result.maxInsideUnlimited,
                  waited: quantity.percent(result.waitedShare),
                })}
              </span>
            )}
          </>
        }
        xLabel={t('counterAxis')}
        yLabel={t('freeAxis')}
        yWhole
        references={[{ axis: 'y', value: params.permits, label: t('all', { permits: params.permits }) }]}
        series={[{ key: 'free', label: t('freeAxis'), stepped: true, points }]}
      />
      {result && <ForeignReleases result={result} />}
      <ComparisonBars
        title={t('bars')}
        subtitle={t('barsAbout', { jobs: params.jobs, jobMs: params.jobMs, threads: params.threads })}
        keys={KEYS}
        labelOf={words.key}
        entries={comparison?.entries ?? []}
        baseline={comparison?.baseline ?? null}
        axisLabel={t('axis')}
      />
    </>
  )
}

export const semaphoreView = defineView<SemaphoreParams, SemaphoreResult>({
  Charts: SemaphoreCharts,
  questions: semaphoreQuestions,
  headline: (result, params) => semaphoreHeadline(result, params),
})

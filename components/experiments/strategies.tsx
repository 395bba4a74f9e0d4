/** Strategies: the same work by each, where the time of the workers went, what the work came to, and the crossover map of a sweep. */
'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { StrategiesParams, StrategiesResult } from '../../lib/experiments/strategies.ts'
import { strategiesHeadline } from '../../lib/experiments/strategies-findings.ts'
import { strategiesQuestions } from '../../lib/experiments/strategies-questions.ts'
import { ComparisonBars } from '../charts/comparison-bars.tsx'
import { LinesChart } from '../charts/lines-chart.tsx'
import { StackedBars } from '../charts/stacked-bars.tsx'
import { useExperimentWords } from '../lab/use-experiment-words.ts'
import { comparisonSoFar, headlineSoFar } from './comparison-so-far.ts'
import { type ChartsProps, defineView } from './experiment-view.ts'
import { StrategiesArtefact } from './strategies-artefact.tsx'

const LOSSES = ['usefulMs', 'waitingMs', 'imbalanceMs', 'handingOverMs', 'joiningMs', 'startupMs'] as const
const LOSS_COLOURS: Record<(typeof LOSSES)[number], string> = {
  usefulMs: 'var(--span-cpu)',
  waitingMs: 'var(--span-io)',
  imbalanceMs: 'var(--span-idle)',
  handingOverMs: 'var(--span-copy)',
  joiningMs: 'var(--span-commit)',
  startupMs: 'var(--span-startup)',
}

/** What a sweep measured, a line for each strategy; as points come only with the result, nothing is drawn before. */
function SweepChart({ result }: { result: StrategiesResult }) {
  const t = useTranslations('experiments.strategies.charts')
  const words = useExperimentWords('strategies')
  const { sweep, cores } = result
  if (sweep === null) return null
  const keys = [...new Set(sweep.points.flatMap(({ entries }) => entries.map(({ key }) => key)))]
  const others = keys.filter((key) => key !== 'sequential')
  const percent = sweep.param === 'cpuShare'
  const points = [...sweep.points].sort((a, b) => a.value - b.value)
  return (
    <LinesChart
      title={t(`sweep.${sweep.param}`)}
      subtitle={result.emulated ? t('sweepAboutEmulated') : t('sweepAbout')}
      xLabel={t(`sweepAxis.${sweep.param}`)}
      yLabel={t('speedupAxis')}
      xTicks={points.map(({ value }) => value)}
      formatX={percent ? (x) => `${Math.round(x * 100)} %` : undefined}
      xScale={percent ? 'linear' : 'log'}
      references={[
        { axis: 'y', value: 1, label: words.key('sequential') },
        ...(percent ? [{ axis: 'y' as const, value: cores, label: t('coresLine', { cores }) }] : []),
      ]}
      series={others.map((key) => ({
        key,
        label: words.key(key),
        dots: true,
        points: points.flatMap(({ value, entries }) => {
          const entry = entries.find((one) => one.key === key)
          if (!entry) return []
          const [lo, hi] = entry.speedup.ci95 ?? []
          return [{ x: value, y: entry.speedup.value, lo, hi }]
        }),
      }))}
    />
  )
}

/** Work that computes waits for nothing else than a core. */
const lossNames = ({ comparison }: StrategiesResult) =>
  ({
    usefulMs: 'usefulMs',
    waitingMs: comparison.entries.some(({ computes }) => computes === true) ? 'withoutCoreMs' : 'waitingMs',
    imbalanceMs: 'imbalanceMs',
    handingOverMs: 'handingOverMs',
    joiningMs: 'joiningMs',
    startupMs: 'startupMs',
  }) as const

function StrategiesCharts({ params, result, samples }: ChartsProps<StrategiesParams, StrategiesResult>) {
  const t = useTranslations('experiments.strategies.charts')
  const words = useExperimentWords('strategies')
  const comparison = useMemo(() => result?.comparison ?? comparisonSoFar(samples, params), [result, samples, params])
  const about = {
    tasks: params.tasks,
    workers: params.workers ?? 0,
    workload: words.option('workload', params.workload),
  }
  return (
    <>
      {result?.sweep && <SweepChart result={result} />}
      <ComparisonBars
        title={t('bars')}
        subtitle={
          result?.emulated
            ? t('barsAboutEmulated', { ...about, latency: result.emulated.latencyMs })
            : t('barsAbout', about)
        }
        keys={params.strategies}
        labelOf={words.key}
        entries={comparison?.entries ?? []}
        baseline={comparison?.baseline ?? null}
        axisLabel={t('axis')}
      />
      {result && (
        <StackedBars
          title={t('losses')}
          subtitle={t('lossesAbout')}
          xLabel={t('lossesAxis')}
          parts={LOSSES.map((key) => ({ key, label: t(`loss.${lossNames(result)[key]}`), colour: LOSS_COLOURS[key] }))}
          rows={params.strategies.flatMap((key) => {
            const losses = result.losses[key]
            return losses ? [{ key, label: words.key(key), values: losses }] : []
          })}
        />
      )}
      {result?.artefact && <StrategiesArtefact workload={params.workload} artefact={result.artefact} />}
    </>
  )
}

export const strategiesView = defineView<StrategiesParams, StrategiesResult>({
  Charts: StrategiesCharts,
  questions: strategiesQuestions,
  headline: strategiesHeadline,
  headlineSoFar,
})

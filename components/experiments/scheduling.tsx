/** Scheduling: how late short requests are answered while something long computes, how that is distributed, who switched how often. */
'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { Sample } from '../../lib/contract/run-event.ts'
import { buildComparison } from '../../lib/experiments/comparison.ts'
import type { SchedulingParams, SchedulingResult } from '../../lib/experiments/scheduling.ts'
import { schedulingHeadline } from '../../lib/experiments/scheduling-findings.ts'
import { schedulingQuestions } from '../../lib/experiments/scheduling-questions.ts'
import { ComparisonBars } from '../charts/comparison-bars.tsx'
import { Histogram } from '../charts/histogram.tsx'
import { LogRows } from '../charts/log-rows.tsx'
import { StackedBars } from '../charts/stacked-bars.tsx'
import { useQuantity } from '../charts/use-quantity.ts'
import { useExperimentWords } from '../lab/use-experiment-words.ts'
import { type ChartsProps, defineView } from './experiment-view.ts'
import { SchedulingLanes } from './scheduling/scheduling-lanes.tsx'

const PERCENTILES = ['p50', 'p95', 'p99', 'max'] as const

const comparisonSoFar = (samples: readonly Sample[], params: SchedulingParams) => {
  const counted = samples.filter(({ round }) => round >= 0)
  if (counted.length === 0) return null
  return buildComparison({
    seed: params.seed,
    warmup: params.warmup,
    measured: params.kinds.map((kind) => ({
      key: kind,
      samplesMs: counted.filter(({ key }) => key === kind).map(({ elapsedMs }) => elapsedMs),
      startupMs: 0,
      cpuMs: 0,
    })),
  })
}

/** The colours of the strategies that the kinds are made of, so that a thread looks like a thread everywhere. */
const COLOUR_KEY: Record<string, string> = {
  cooperative: 'sequential',
  'cooperative-yielding': 'async',
  preemptive: 'threads',
  multiprocess: 'processes',
}

function SchedulingResultCharts({ params, result }: { params: SchedulingParams; result: SchedulingResult }) {
  const t = useTranslations('experiments.scheduling.charts')
  const words = useExperimentWords('scheduling')
  const quantity = useQuantity()
  const colour = (kind: string): string => `var(--strategy-${COLOUR_KEY[kind] ?? 'async'})`
  const told = result.kinds.flatMap(({ kind, contextSwitches }) => (contextSwitches ? [{ kind, contextSwitches }] : []))
  return (
    <>
      <LogRows
        title={t('latency')}
        subtitle={t('latencyAbout')}
        emphasis="p99"
        axisLabel={t('latencyAxis')}
        format={(ms) => quantity.time(ms)}
        formatTick={(ms) => quantity.timeNumber(ms, 'millisecond')}
        rows={result.kinds.map(({ kind, latencyMs }) => ({
          key: kind,
          label: words.key(kind),
          colour: colour(kind),
          figures: PERCENTILES.map((key) => ({ key, label: t(`percentile.${key}`), value: latencyMs[key] })),
        }))}
      />
      <Histogram
        title={t('histogram')}
        subtitle={t('histogramAbout', { every: params.shortEveryMs })}
        xLabel={t('latencyAxis')}
        xScale="log"
        formatX={(ms) => quantity.timeNumber(ms, 'millisecond')}
        series={result.kinds.map(({ kind, histogram }) => ({
          key: kind,
          label: words.key(kind),
          colour: colour(kind),
          bins: histogram,
        }))}
      />
      <ComparisonBars
        title={t('long')}
        subtitle={t('longAbout', { long: params.longMs })}
        axisLabel={t('longAxis')}
        keys={result.kinds.map(({ kind }) => kind)}
        labelOf={words.key}
        colourKeyOf={(kind) => COLOUR_KEY[kind] ?? kind}
        {...longComparison(params, result)}
      />
      {told.length > 0 && (
        <StackedBars
          title={t('switches')}
          subtitle={t('switchesAbout')}
          xLabel={t('switchesAxis')}
          parts={[
            { key: 'voluntary', label: t('voluntary'), colour: 'var(--span-idle)' },
            { key: 'involuntary', label: t('involuntary'), colour: 'var(--span-contended)' },
          ]}
          rows={told.map(({ kind, contextSwitches }) => ({
            key: kind,
            label: words.key(kind),
            values: contextSwitches,
          }))}
        />
      )}
      <SchedulingLanes result={result} />
    </>
  )
}

const longComparison = (params: SchedulingParams, { kinds }: SchedulingResult) => {
  const comparison = buildComparison({
    baseline: 'cooperative',
    seed: params.seed,
    warmup: params.warmup,
    measured: kinds.map(({ kind, long }) => ({ key: kind, samplesMs: long.samplesMs, startupMs: 0, cpuMs: 0 })),
  })
  return { entries: comparison.entries, baseline: comparison.baseline }
}

function SchedulingCharts({ params, result, samples }: ChartsProps<SchedulingParams, SchedulingResult>) {
  const t = useTranslations('experiments.scheduling.charts')
  const words = useExperimentWords('scheduling')
  const comparison = useMemo(() => result?.comparison ?? comparisonSoFar(samples, params), [result, samples, params])
  return (
    <>
      <ComparisonBars
        title={t('p99')}
        subtitle={t('p99About', { long: params.longMs, every: params.shortEveryMs, short: params.shortMs })}
        keys={params.kinds}
        labelOf={words.key}
        colourKeyOf={(kind) => COLOUR_KEY[kind] ?? kind}
        entries={comparison?.entries ?? []}
        baseline={comparison?.baseline ?? null}
        axisLabel={t('p99Axis')}
      />
      {result && <SchedulingResultCharts params={params} result={result} />}
    </>
  )
}

export const schedulingView = defineView<SchedulingParams, SchedulingResult>({
  Charts: SchedulingCharts,
  questions: schedulingQuestions,
  headline: schedulingHeadline,
})

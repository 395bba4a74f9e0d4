/** How long messages take from the moment they were due to their commit: of those followed while it goes on, of all afterwards. */
'use client'

import { useTranslations } from 'next-intl'
import { memo, useMemo } from 'react'
import type { Trace } from '../../../lib/contract/trace.ts'
import type { ProducerConsumerResult } from '../../../lib/experiments/producer-consumer-result.ts'
import { histogramOf, logarithmicEdges } from '../../../lib/statistics/histogram.ts'
import { Histogram } from '../../charts/histogram.tsx'
import { useCalm } from './use-calm.ts'
import { useShownFlow } from './use-shown-flow.ts'

const BARS = 32
/** Smaller latencies than this, in ms, share the first bar. */
const SMALLEST_MS = 0.01

const binsSoFar = (counters: Trace['counters']) => {
  const values = counters.filter(({ name }) => name === 'latency').flatMap((series) => series.values)
  if (values.length === 0) return []
  let smallest = Number.POSITIVE_INFINITY
  let largest = SMALLEST_MS
  for (const value of values) {
    smallest = Math.min(smallest, Math.max(SMALLEST_MS, value))
    largest = Math.max(largest, value)
  }
  return histogramOf(values, logarithmicEdges(smallest, largest, BARS))
}

interface LatencyChartProps {
  result: ProducerConsumerResult | null
  counters: Trace['counters']
  emulatedMs: number
}

const CalmLatencyChart = memo(function CalmLatencyChart({ result, counters, emulatedMs }: LatencyChartProps) {
  const t = useTranslations('experiments.producer-consumer.charts')
  const shownFlow = useShownFlow(result)
  const bins = useMemo(() => result?.histogram ?? binsSoFar(counters), [result, counters])
  const marks = result
    ? [
        { value: result.latencyMs.p50, label: 'p50' },
        { value: result.latencyMs.p99, label: 'p99' },
      ]
    : []
  const missing = result?.latencyMissing ?? 0
  const coverage = missing > 0 ? t('latencyMissing', { count: missing }) : t('latencyAll')
  return (
    <Histogram
      title={t('latency')}
      subtitle={
        <>
          {shownFlow && `${shownFlow} `}
          {result ? `${t('latencyAbout')} ${coverage}` : t('latencyAboutLive')}
          {emulatedMs > 0 && ` ${t('emulated', { ms: emulatedMs })}`}
        </>
      }
      xLabel={t('latencyAxis')}
      xScale="log"
      series={[{ key: 'latency', label: t('latencySeries'), bins, marks, colour: 'var(--span-commit)' }]}
    />
  )
})

export function LatencyChart({ counters, ...props }: LatencyChartProps) {
  return <CalmLatencyChart {...props} counters={useCalm(counters, 430)} />
}

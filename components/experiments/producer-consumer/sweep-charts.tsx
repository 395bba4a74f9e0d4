/** What a sweep measured, a point for each value; while it goes on from the rounds so far. */
'use client'

import { useTranslations } from 'next-intl'
import { memo, useMemo } from 'react'
import type { Sample } from '../../../lib/contract/run-event.ts'
import type { ProducerConsumerParams } from '../../../lib/experiments/producer-consumer-params.ts'
import type { ProducerConsumerResult } from '../../../lib/experiments/producer-consumer-result.ts'
import { median } from '../../../lib/statistics/median.ts'
import { LinesChart } from '../../charts/lines-chart.tsx'

interface Point {
  value: number
  out: number
  ci95: [number, number] | null
  limit: number | null
  maxDepth: number
  p50: number
  p99: number
}

interface SweepChartsProps {
  overflow: ProducerConsumerParams['overflow']
  sweep: NonNullable<ProducerConsumerParams['sweep']>
  rounds: number
  result: ProducerConsumerResult | null
  samples: readonly Sample[]
}

const pointsSoFar = (samples: readonly Sample[]): Point[] => {
  const byValue = new Map<number, Sample[]>()
  for (const sample of samples) {
    if (typeof sample.value !== 'number') continue
    byValue.set(sample.value, [...(byValue.get(sample.value) ?? []), sample])
  }
  return [...byValue].map(([value, own]) => {
    const middle = (field: string): number => median(own.map((sample) => Number(sample[field] ?? 0)))
    return {
      value,
      out: middle('outPerSecond'),
      ci95: null,
      limit: null,
      maxDepth: middle('maxDepth'),
      p50: middle('p50Ms'),
      p99: middle('p99Ms'),
    }
  })
}

const pointsOf = (result: ProducerConsumerResult): Point[] =>
  result.sweep?.points.map(({ value, throughputPerSecond, outCi95, limitPerSecond, maxDepth, latencyMs }) => ({
    value,
    out: throughputPerSecond.out,
    ci95: outCi95,
    limit: limitPerSecond,
    maxDepth,
    p50: latencyMs.p50,
    p99: latencyMs.p99,
  })) ?? []

/** Skipped by React where its properties are the same: counters change far more often than rounds end. */
export const SweepCharts = memo(function SweepCharts({ overflow, sweep, rounds, result, samples }: SweepChartsProps) {
  const t = useTranslations('experiments.producer-consumer.charts')
  const points = useMemo(
    () => (result ? pointsOf(result) : pointsSoFar(samples)).sort((a, b) => a.value - b.value),
    [result, samples],
  )
  const axis = {
    xLabel: t(`sweepAxis.${sweep.param}`),
    xScale: 'log' as const,
    xTicks: sweep.values.toSorted((a, b) => a - b),
  }
  const line = (key: string, label: string, y: (point: Point) => number) => ({
    key,
    label,
    dots: true,
    points: points.map((point) => ({ x: point.value, y: y(point) })),
  })
  return (
    <>
      <LinesChart
        title={t('sweepThroughput')}
        subtitle={t('sweepThroughputAbout', { rounds })}
        {...axis}
        yLabel={t('perSecond')}
        series={[
          {
            key: 'out',
            label: t('measured'),
            dots: true,
            points: points.map(({ value, out, ci95 }) => ({
              x: value,
              y: out,
              ...(ci95 ? { lo: ci95[0], hi: ci95[1] } : {}),
            })),
          },
          {
            key: 'limit',
            label: t('limit'),
            kind: 'model',
            points: points.flatMap(({ value, limit }) => (limit === null ? [] : [{ x: value, y: limit }])),
          },
        ]}
      />
      {sweep.param === 'capacity' && (
        <>
          <LinesChart
            title={t('sweepDepth')}
            {...axis}
            yLabel={t('messages')}
            yWhole
            series={[line('depth', t('depthSeries'), ({ maxDepth }) => maxDepth)]}
          />
          <LinesChart
            title={t('sweepLatency')}
            subtitle={t('sweepLatencyAbout', { overflow })}
            {...axis}
            yLabel={t('latencyAxis')}
            series={[line('p50', 'p50', ({ p50 }) => p50), line('p99', 'p99', ({ p99 }) => p99)]}
          />
        </>
      )}
    </>
  )
})

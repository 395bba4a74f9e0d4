/** One flow over time: how full the queue is, what comes and what is written, how long producers were blocked. Grows while it goes on. */
'use client'

import { useTranslations } from 'next-intl'
import { memo, useMemo } from 'react'
import type { Trace } from '../../../lib/contract/trace.ts'
import type { ProducerConsumerResult } from '../../../lib/experiments/producer-consumer.ts'
import { ticksFromZero } from '../../charts/axis-scale.ts'
import type { Point } from '../../charts/down-sample.ts'
import { LinesChart } from '../../charts/lines-chart.tsx'

interface FlowChartsProps {
  counters: Trace['counters']
  capacity: number
  /** Nobody is ever blocked where messages are turned away. */
  blocks: boolean
  kills: ProducerConsumerResult['kills']
  /** Known when it is over. */
  neverBlocked: boolean
}

/** The points of a counter, in seconds since the first point of the queue's depth. */
const pointsOf = (counters: Trace['counters'], name: string): Point[] => {
  const origin = counters.find((series) => series.name === 'queue-depth')?.times[0] ?? 0
  const series = counters.find((one) => one.name === name)
  return series?.times.map((us, i) => ({ x: Math.max(0, us - origin) / 1e6, y: series.values[i] ?? 0 })) ?? []
}

/** A rate is that of the stretch before its point: the first one holds from the beginning. */
const ratesOf = (counters: Trace['counters'], name: string): Point[] => {
  const points = pointsOf(counters, name)
  const first = points[0]
  return first && first.x > 0 ? [{ x: 0, y: first.y }, ...points] : points
}

const ticksOf = (points: readonly Point[]): number[] => {
  const last = points.at(-1)?.x ?? 0
  return ticksFromZero(last).filter((tick) => tick <= last)
}

/** Skipped by React where its properties are the same, so that drawing can be put off. */
export const FlowCharts = memo(function FlowCharts({
  counters,
  capacity,
  blocks,
  kills,
  neverBlocked,
}: FlowChartsProps) {
  const t = useTranslations('experiments.producer-consumer.charts')
  const points = useMemo(
    () => ({
      depth: pointsOf(counters, 'queue-depth'),
      in: ratesOf(counters, 'rate-in'),
      out: ratesOf(counters, 'rate-out'),
      blocked: pointsOf(counters, 'producers-blocked'),
    }),
    [counters],
  )
  const killed = kills.map(({ consumer, atMs }) => ({
    axis: 'x' as const,
    value: atMs / 1000,
    label: t('killedLine', { consumer }),
  }))
  return (
    <>
      <LinesChart
        title={t('depth')}
        subtitle={t('depthAbout', { capacity })}
        xLabel={t('seconds')}
        xTicks={ticksOf(points.depth)}
        yLabel={t('messages')}
        yWhole
        references={[{ axis: 'y', value: capacity, label: t('capacityLine', { capacity }) }, ...killed]}
        series={[{ key: 'depth', label: t('depthSeries'), points: points.depth }]}
      />
      <LinesChart
        title={t('rates')}
        subtitle={t('ratesAbout')}
        xLabel={t('seconds')}
        xTicks={ticksOf(points.in)}
        yLabel={t('perSecond')}
        references={killed}
        series={[
          { key: 'in', label: t('rateIn'), points: points.in },
          { key: 'out', label: t('rateOut'), points: points.out },
        ]}
      />
      {blocks && (
        <LinesChart
          title={t('blocked')}
          subtitle={t(neverBlocked ? 'neverBlocked' : 'blockedAbout')}
          xLabel={t('seconds')}
          xTicks={ticksOf(points.blocked)}
          yLabel={t('milliseconds')}
          series={[
            { key: 'blocked', label: t('blockedSeries'), points: points.blocked, colour: 'var(--span-blocked)' },
          ]}
        />
      )}
    </>
  )
})

/** One flow over time: how full the queue is, what comes and what is written, how long producers were blocked. Grows while it goes on. */
'use client'

import { useTranslations } from 'next-intl'
import { memo, useMemo } from 'react'
import type { Trace } from '../../../lib/contract/trace.ts'
import type { ProducerConsumerResult } from '../../../lib/experiments/producer-consumer-result.ts'
import type { Point } from '../../charts/down-sample.ts'
import { LinesChart } from '../../charts/lines-chart.tsx'
import { useCalm } from './use-calm.ts'

interface FlowChartsProps {
  counters: Trace['counters']
  capacity: number
  /** Nobody is ever blocked where messages are turned away. */
  blocks: boolean
  kills: ProducerConsumerResult['kills']
  /** Known when it is over. */
  neverBlocked: boolean
}

type DepthChartProps = Pick<FlowChartsProps, 'counters' | 'capacity' | 'kills'>
type RatesChartProps = Pick<FlowChartsProps, 'counters' | 'kills'>
type BlockedChartProps = Pick<FlowChartsProps, 'counters' | 'neverBlocked'>

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

const useKilledLines = (kills: ProducerConsumerResult['kills']) => {
  const t = useTranslations('experiments.producer-consumer.charts')
  return kills.map(({ consumer, atMs }) => ({
    axis: 'x' as const,
    value: atMs / 1000,
    label: t('killedLine', { consumer }),
  }))
}

const DepthChart = memo(function DepthChart({ counters, capacity, kills }: DepthChartProps) {
  const t = useTranslations('experiments.producer-consumer.charts')
  const points = useMemo(() => pointsOf(counters, 'queue-depth'), [counters])
  const killed = useKilledLines(kills)
  return (
    <LinesChart
      title={t('depth')}
      subtitle={t('depthAbout', { capacity })}
      xLabel={t('seconds')}
      yLabel={t('messages')}
      yWhole
      references={[{ axis: 'y', value: capacity, label: t('capacityLine', { capacity }) }, ...killed]}
      series={[{ key: 'depth', label: t('depthSeries'), points }]}
    />
  )
})

const RatesChart = memo(function RatesChart({ counters, kills }: RatesChartProps) {
  const t = useTranslations('experiments.producer-consumer.charts')
  const incoming = useMemo(() => ratesOf(counters, 'rate-in'), [counters])
  const written = useMemo(() => ratesOf(counters, 'rate-out'), [counters])
  return (
    <LinesChart
      title={t('rates')}
      subtitle={t('ratesAbout')}
      xLabel={t('seconds')}
      yLabel={t('perSecond')}
      references={useKilledLines(kills)}
      series={[
        { key: 'in', label: t('rateIn'), points: incoming },
        { key: 'out', label: t('rateOut'), points: written },
      ]}
    />
  )
})

const BlockedChart = memo(function BlockedChart({ counters, neverBlocked }: BlockedChartProps) {
  const t = useTranslations('experiments.producer-consumer.charts')
  const points = useMemo(() => pointsOf(counters, 'producers-blocked'), [counters])
  return (
    <LinesChart
      title={t('blocked')}
      subtitle={t(neverBlocked ? 'neverBlocked' : 'blockedAbout')}
      xLabel={t('seconds')}
      yLabel={t('milliseconds')}
      series={[{ key: 'blocked', label: t('blockedSeries'), points, colour: 'var(--span-blocked)' }]}
    />
  )
})

/** Counters change ten times a second; each chart has its own beat, so that no two keep the page busy at one moment. */
export function FlowCharts({ counters, capacity, blocks, kills, neverBlocked }: FlowChartsProps) {
  const ofDepth = useCalm(counters, 240)
  const ofRates = useCalm(counters, 310)
  const ofBlocked = useCalm(counters, 370)
  return (
    <>
      <DepthChart counters={ofDepth} capacity={capacity} kills={kills} />
      <RatesChart counters={ofRates} kills={kills} />
      {blocks && <BlockedChart counters={ofBlocked} neverBlocked={neverBlocked} />}
    </>
  )
}

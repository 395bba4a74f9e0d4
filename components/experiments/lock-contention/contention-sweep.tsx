/** Throughput at each value of the sweep, a line for each lock, against the limit of the one that came nearest to its own. */
'use client'

import { useTranslations } from 'next-intl'
import type { LockContentionResult } from '../../../lib/experiments/lock-contention-result.ts'
import { type LineSeries, LinesChart } from '../../charts/lines-chart.tsx'
import { useExperimentWords } from '../../lab/use-experiment-words.ts'

export function ContentionSweep({ result }: { result: LockContentionResult }) {
  const t = useTranslations('experiments.lock-contention.charts')
  const words = useExperimentWords('lock-contention')
  const { sweep, locks } = result
  if (sweep === null) return null
  const points = [...sweep.points].sort((a, b) => a.value - b.value)
  const [nearest] = [...locks].sort((a, b) => b.utilisation - a.utilisation)
  const measured = locks.map(
    ({ lock }): LineSeries => ({
      key: lock,
      label: words.key(lock),
      dots: true,
      points: points.flatMap(({ value, locks: figures }) => {
        const at = figures.find((one) => one.lock === lock)
        if (!at) return []
        const [lo, hi] = at.throughputCi95 ?? []
        return [{ x: value, y: at.throughputPerSecond, lo, hi }]
      }),
    }),
  )
  const limit: LineSeries[] = nearest
    ? [
        {
          key: 'limit',
          kind: 'model',
          label: t('limitOf', { lock: words.key(nearest.lock) }),
          points: points.flatMap(({ value, locks: figures }) => {
            const at = figures.find(({ lock }) => lock === nearest.lock)
            return at ? [{ x: value, y: at.limitPerSecond }] : []
          }),
        },
      ]
    : []
  return (
    <LinesChart
      title={t(sweep.param === 'threads' ? 'sweepThreads' : 'sweepHold')}
      subtitle={t('sweepAbout', { lock: nearest ? words.key(nearest.lock) : '' })}
      series={[...measured, ...limit]}
      xLabel={t(`sweepAxis.${sweep.param}`)}
      yLabel={t('throughputAxis')}
      xTicks={points.map(({ value }) => value)}
      xScale={points[0] && points[0].value > 0 ? 'log' : 'linear'}
    />
  )
}

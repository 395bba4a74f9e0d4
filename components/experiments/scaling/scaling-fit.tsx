/** What the points say of the serial share beside the true one: Karp–Flatt's for each point, the fit of all, the universal law. */
'use client'

import { useTranslations } from 'next-intl'
import type { ScalingResult } from '../../../lib/experiments/scaling.ts'
import { useQuantity } from '../../charts/use-quantity.ts'
import { Panel } from '../../ui/panel.tsx'
import { Table } from '../../ui/table.tsx'

interface Row {
  id: string
  label: string
  value: string
  interval: string
}

/** Slower than one worker, or faster than their number allows: then no share between nothing and all gives the point. */
const isShare = (karpFlatt: number): boolean => karpFlatt >= 0 && karpFlatt <= 1

export function ScalingFit({ result, scaled }: { result: ScalingResult; scaled: boolean }) {
  const t = useTranslations('experiments.scaling.fit')
  const { percent, number } = useQuantity()
  const { fit, points, serialShare } = result
  const estimate = (
    id: string,
    label: string,
    { value, ci95 }: { value: number; ci95: [number, number] | null },
    format: (value: number) => string,
  ): Row => ({ id, label, value: format(value), interval: ci95 ? `${format(ci95[0])} – ${format(ci95[1])}` : '–' })
  const rows: Row[] = [
    { id: 'true', label: t('true'), value: percent(serialShare.measured), interval: '–' },
    ...(fit.serialShare ? [estimate('fitted', t(scaled ? 'gustafson' : 'amdahl'), fit.serialShare, percent)] : []),
    ...points.flatMap(({ workers, karpFlatt }) =>
      karpFlatt === null
        ? []
        : [
            {
              id: `karp-flatt ${workers}`,
              label: t('karpFlatt', { workers }),
              value: isShare(karpFlatt) ? percent(karpFlatt) : '–',
              interval: '–',
            },
          ],
    ),
    ...(fit.usl
      ? [estimate('alpha', t('alpha'), fit.usl.alpha, percent), estimate('beta', t('beta'), fit.usl.beta, number)]
      : []),
  ]
  return (
    <Panel id="serial-share" title={t('title')} description={t('about', { asked: percent(serialShare.asked) })}>
      <Table
        caption={t('title')}
        columns={[
          { id: 'what', header: t('what'), rowHeader: true, cell: (row) => row.label },
          { id: 'value', header: t('value'), numeric: true, cell: (row) => row.value },
          { id: 'interval', header: t('interval'), numeric: true, cell: (row) => row.interval },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
      />
      {points.some(({ karpFlatt }) => karpFlatt !== null && !isShare(karpFlatt)) && (
        <p className="mt-3 text-sm text-muted">{t('noShare')}</p>
      )}
      {!fit.usl && !scaled && (
        <p className="mt-3 text-sm text-muted">
          {result.cores < 3 ? t('uslNeedsCores', { cores: result.cores }) : t('uslNeedsWorkers')}
        </p>
      )}
    </Panel>
  )
}

/** Every lock with its figures: how often, how near to its limit, how evenly, who had to wait, and what was lost. */
'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { makesWait } from '../../../lib/experiments/lock-contention-locks.ts'
import type { LockContentionResult } from '../../../lib/experiments/lock-contention-result.ts'
import { useQuantity } from '../../charts/use-quantity.ts'
import { useExperimentWords } from '../../lab/use-experiment-words.ts'
import { Panel } from '../../ui/panel.tsx'
import { Table } from '../../ui/table.tsx'

const NOTHING = '–'

export function ContendedLocksTable({ result }: { result: LockContentionResult }) {
  const t = useTranslations('experiments.lock-contention.charts')
  const words = useExperimentWords('lock-contention')
  const quantity = useQuantity()
  return (
    <Panel id="locks" title={t('table')} description={t('tableAbout', { cores: result.cores })}>
      <Table
        caption={t('table')}
        rows={result.locks}
        rowKey={({ lock }) => lock}
        columns={[
          {
            id: 'lock',
            header: t('column.lock'),
            rowHeader: true,
            cell: ({ lock, limit }) => (
              <span className="whitespace-nowrap">
                {words.key(lock)}
                {makesWait(lock) && (
                  <Note>{t('handOver', { time: quantity.time(limit.handOverUs / 1000, 'microsecond') })}</Note>
                )}
              </span>
            ),
          },
          {
            id: 'throughput',
            header: t('column.throughput'),
            numeric: true,
            cell: ({ throughputPerSecond }) => quantity.number(throughputPerSecond),
          },
          {
            id: 'utilisation',
            header: t('column.utilisation'),
            numeric: true,
            cell: ({ utilisation, limitPerSecond, limit }) => (
              <>
                {quantity.percent(utilisation)}
                <Note>{t(`limitBy.${limit.boundBy}`, { limit: quantity.number(limitPerSecond) })}</Note>
              </>
            ),
          },
          {
            id: 'waited',
            header: t('column.waited'),
            numeric: true,
            cell: ({ lock, waitedShare }) => (makesWait(lock) ? quantity.percent(waitedShare) : NOTHING),
          },
          {
            id: 'switches',
            header: t('column.switches'),
            numeric: true,
            cell: ({ contextSwitches }) => (contextSwitches ? quantity.number(contextSwitches.voluntary) : NOTHING),
          },
          {
            id: 'fairness',
            header: t('column.fairness'),
            numeric: true,
            cell: ({ fairness }) => quantity.number(fairness),
          },
          {
            id: 'lost',
            header: t('column.lost'),
            numeric: true,
            cell: ({ lostUpdates }) => (
              <span className={lostUpdates > 0 ? 'font-semibold text-negative' : undefined}>
                {quantity.number(lostUpdates)}
              </span>
            ),
          },
        ]}
      />
    </Panel>
  )
}

function Note({ children }: { children: ReactNode }) {
  return <span className="block text-xs font-normal text-faint">{children}</span>
}

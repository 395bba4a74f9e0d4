/** The threads of one lock, chosen from those that were run: where their time went, how long they waited, and the figures of each. */
'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { makesWait } from '../../../lib/experiments/lock-contention-locks.ts'
import type { ContendedLockResult } from '../../../lib/experiments/lock-contention-result.ts'
import { Histogram } from '../../charts/histogram.tsx'
import { StackedBars } from '../../charts/stacked-bars.tsx'
import { useQuantity } from '../../charts/use-quantity.ts'
import { useExperimentWords } from '../../lab/use-experiment-words.ts'
import { ChoiceGroup } from '../../ui/choice-group.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Table } from '../../ui/table.tsx'
import { TIME_PARTS, timeShares } from './time-shares.ts'

export function ContendingThreads({ locks }: { locks: readonly ContendedLockResult[] }) {
  const t = useTranslations('experiments.lock-contention.charts')
  const words = useExperimentWords('lock-contention')
  const quantity = useQuantity()
  const [chosen, setChosen] = useState<string | null>(null)
  // Where one waits there is more to see than where none does.
  const shown =
    locks.find(({ lock }) => lock === chosen) ??
    [...locks].filter(({ lock }) => makesWait(lock)).sort((a, b) => b.waitedShare - a.waitedShare)[0] ??
    locks[0]
  if (!shown) return null
  const lock = words.key(shown.lock)
  const threads = shown.perThread.map((thread, index) => ({
    ...thread,
    key: String(index + 1),
    label: t('thread', { index: index + 1 }),
  }))
  const waits = threads.some((thread) => thread.waits.length > 0)
  const slowest = Math.max(...threads.map(({ waitUs }) => waitUs.p99))
  const time = (us: number): string => quantity.time(us / 1000)
  return (
    <>
      {locks.length > 1 && (
        <ChoiceGroup
          label={t('choose')}
          value={shown.lock}
          choices={locks.map((one) => ({ value: one.lock, label: words.key(one.lock) }))}
          onChange={setChosen}
        />
      )}
      <StackedBars
        title={t('time')}
        subtitle={t('timeAbout', { lock })}
        xLabel={t('timeAxis')}
        format={quantity.percent}
        parts={TIME_PARTS.map(({ key, colour }) => ({ key, label: t(key), colour }))}
        rows={threads.map((thread) => ({ key: thread.key, label: thread.label, values: timeShares([thread]) }))}
      />
      {waits ? (
        <Histogram
          title={t('waits')}
          subtitle={t('waitsAbout', { lock, waited: quantity.percent(shown.waitedShare), p99: time(slowest) })}
          xLabel={t('waitsAxis')}
          xScale="log"
          formatX={time}
          series={threads.map((thread) => ({
            key: thread.key,
            label: thread.label,
            bins: thread.waits,
            colour: 'var(--span-wait)',
          }))}
        />
      ) : (
        makesWait(shown.lock) && <p className="text-muted">{t('waitsNone', { lock })}</p>
      )}
      <Panel id="contending-threads" title={t('perThread')} description={t('perThreadAbout', { lock })}>
        <Table
          caption={t('perThread')}
          rows={threads}
          rowKey={({ key }) => key}
          columns={[
            {
              id: 'thread',
              header: t('threadColumn.thread'),
              rowHeader: true,
              cell: (row) => <span className="whitespace-nowrap">{row.label}</span>,
            },
            {
              id: 'acquisitions',
              header: t('threadColumn.acquisitions'),
              numeric: true,
              cell: (row) => quantity.number(row.acquisitions),
            },
            { id: 'p50', header: t('threadColumn.p50'), numeric: true, cell: (row) => time(row.waitUs.p50) },
            { id: 'p95', header: t('threadColumn.p95'), numeric: true, cell: (row) => time(row.waitUs.p95) },
            { id: 'p99', header: t('threadColumn.p99'), numeric: true, cell: (row) => time(row.waitUs.p99) },
            { id: 'max', header: t('threadColumn.max'), numeric: true, cell: (row) => time(row.waitUs.max) },
            { id: 'total', header: t('threadColumn.total'), numeric: true, cell: (row) => time(row.waitUs.total) },
            { id: 'hold', header: t('threadColumn.hold'), numeric: true, cell: (row) => time(row.holdUs.p50) },
            {
              id: 'switches',
              header: t('threadColumn.switches'),
              numeric: true,
              cell: ({ contextSwitches }) =>
                contextSwitches
                  ? `${quantity.number(contextSwitches.voluntary)} / ${quantity.number(contextSwitches.involuntary)}`
                  : '–',
            },
          ]}
        />
      </Panel>
    </>
  )
}

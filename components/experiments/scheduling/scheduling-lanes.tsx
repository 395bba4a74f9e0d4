/** Each thread and process that served, by what the system counted of it: time on a core, time waiting for one, switches of both kinds. */
'use client'

import { useTranslations } from 'next-intl'
import type { SchedulingKindResult, SchedulingResult } from '../../../lib/experiments/scheduling.ts'
import { columnDigits, useQuantity } from '../../charts/use-quantity.ts'
import { useExperimentWords } from '../../lab/use-experiment-words.ts'
import { Panel } from '../../ui/panel.tsx'
import { type Column, Table } from '../../ui/table.tsx'

type LaneRow = SchedulingKindResult['lanes'][number] & Pick<SchedulingKindResult, 'kind'>

/** Shows nothing where the system tells neither. */
export function SchedulingLanes({ result }: { result: SchedulingResult }) {
  const t = useTranslations('experiments.scheduling.lanes')
  const words = useExperimentWords('scheduling')
  const quantity = useQuantity()
  const rows = result.kinds.flatMap(({ kind, lanes }) => lanes.map((lane): LaneRow => ({ ...lane, kind })))
  const told = rows.some(
    ({ contextSwitches, waitingForCoreMs }) => contextSwitches !== null || waitingForCoreMs !== null,
  )
  if (!told) return null
  const counted = (id: string, header: string, figureOf: (row: LaneRow) => number | null): Column<LaneRow> => ({
    id,
    header,
    numeric: true,
    cell: (row) => {
      const value = figureOf(row)
      return value === null ? t('untold') : quantity.number(value)
    },
  })
  const timed = (id: string, header: string, figureOf: (row: LaneRow) => number | null): Column<LaneRow> => {
    const digits = columnDigits(Math.max(0, ...rows.map((row) => figureOf(row) ?? 0)))
    return {
      id,
      header,
      numeric: true,
      cell: (row) => {
        const value = figureOf(row)
        return value === null ? t('untold') : quantity.timeNumber(value, 'millisecond', digits)
      },
    }
  }
  return (
    <Panel id="lanes" title={t('title')} description={t('about')}>
      <Table
        caption={t('title')}
        columns={[
          {
            id: 'lane',
            header: t('lane'),
            rowHeader: true,
            cell: ({ kind, role }) => t('row', { kind: words.key(kind), role: t(`role.${role}`) }),
          },
          timed('cpu', t('cpu'), ({ cpuMs }) => cpuMs),
          timed('waiting', t('waiting'), ({ waitingForCoreMs }) => waitingForCoreMs),
          counted('voluntary', t('voluntary'), ({ contextSwitches }) => contextSwitches?.voluntary ?? null),
          counted('involuntary', t('involuntary'), ({ contextSwitches }) => contextSwitches?.involuntary ?? null),
        ]}
        rows={rows}
        rowKey={({ lane }) => lane}
      />
    </Panel>
  )
}

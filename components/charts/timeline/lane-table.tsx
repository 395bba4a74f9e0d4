/** What each lane did, summed by kind over what is shown of the clock. */
'use client'

import { useTranslations } from 'next-intl'
import { type Column, Table } from '../../ui/table.tsx'
import { CopyableTable } from './copyable-table.tsx'
import { KindSwatch } from './kind-swatch.tsx'
import type { LaneNames } from './lane-names.ts'
import { type Summary, summaryOf } from './lane-summary.ts'
import { shownLanes } from './selection.ts'
import { KIND_ORDER, kindCode } from './span-kinds.ts'
import type { TimelineFormat } from './timeline-format.ts'
import type { TimelineStore } from './timeline-store.ts'

export interface TableProps {
  store: TimelineStore
  names: LaneNames
  format: TimelineFormat
}

export function LaneTable({ store, names, format }: TableProps) {
  const t = useTranslations('timeline')
  const scene = store.scene()
  const rows = shownLanes(scene).flatMap((id) => {
    const indexed = store.index.lanes.get(id)
    const window = indexed === undefined ? null : scene.window(indexed.lane.group)
    if (indexed === undefined || window === null) return []
    return [{ lane: indexed.lane, summary: summaryOf(indexed.rows, window.from, window.to) }]
  })
  const kinds = KIND_ORDER.filter((kind) => rows.some(({ summary }) => (summary.busy[kindCode(kind)] ?? 0) > 0))
  type Row = (typeof rows)[number]
  const busyOf = (summary: Summary, code: number): string => {
    const micros = summary.busy[code] ?? 0
    return micros > 0 ? format.duration(micros) : '–'
  }
  const columns: Column<Row>[] = [
    { id: 'group', header: t('table.group'), cell: (row) => names.group(row.lane.group) },
    { id: 'lane', header: t('table.lane'), cell: (row) => names.lane(row.lane), rowHeader: true },
    { id: 'spans', header: t('table.spans'), cell: (row) => format.number(row.summary.spans), numeric: true },
    ...kinds.map(
      (kind): Column<Row> => ({
        id: kind,
        header: (
          <span className="inline-flex items-center gap-1.5">
            <KindSwatch kind={kind} />
            {t(`kinds.${kind}`)}
          </span>
        ),
        cell: (row) => busyOf(row.summary, kindCode(kind)),
        numeric: true,
      }),
    ),
  ]
  return (
    <CopyableTable>
      <Table
        caption={t('table.lanesCaption')}
        captionHidden={false}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.lane.id}
      />
    </CopyableTable>
  )
}

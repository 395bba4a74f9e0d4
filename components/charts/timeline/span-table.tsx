/** The spans in view, a page at a time: thousands of rows would help nobody. */
'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { IconButton } from '../../ui/icon-button.tsx'
import { Table } from '../../ui/table.tsx'
import { CopyableTable } from './copyable-table.tsx'
import { KindSwatch } from './kind-swatch.tsx'
import type { TableProps } from './lane-table.tsx'
import { kindCode, kindOf } from './span-kinds.ts'
import { spansInView } from './spans-in-view.ts'

const PAGE = 50

export function SpanTable({ store, names, format }: TableProps) {
  const t = useTranslations('timeline')
  const [wanted, setPage] = useState(0)
  const scene = store.scene()
  const { total } = spansInView(scene, 0, 0)
  const page = Math.min(wanted, Math.max(0, Math.ceil(total / PAGE) - 1))
  const { spans } = spansInView(scene, page, PAGE)
  const first = page * PAGE
  return (
    <CopyableTable>
      <Table
        caption={t('table.spansCaption')}
        captionHidden={false}
        rows={spans}
        rowKey={(_, position) => String(first + position)}
        columns={[
          { id: 'span', header: t('table.span'), cell: (span) => names.span(span.name), rowHeader: true },
          {
            id: 'kind',
            header: t('table.kind'),
            cell: (span) => (
              <span className="inline-flex items-center gap-1.5">
                <KindSwatch kind={kindOf(kindCode(span.kind))} />
                {t(`kinds.${span.kind}`)}
              </span>
            ),
          },
          {
            id: 'lane',
            header: t('table.lane'),
            cell: (span) => {
              const lane = store.index.lanes.get(span.lane)?.lane
              return lane === undefined ? span.lane : `${names.group(lane.group)} · ${names.lane(lane)}`
            },
          },
          { id: 'start', header: t('table.start'), cell: (span) => format.moment(span.start), numeric: true },
          {
            id: 'duration',
            header: t('table.duration'),
            cell: (span) => format.duration(span.duration),
            numeric: true,
          },
          {
            id: 'round',
            header: t('table.round', { unit: names.unit }),
            cell: (span) => {
              if (span.round === undefined) return '–'
              return span.round < 0 ? t('warmUpNumber', { number: -span.round }) : format.number(span.round + 1)
            },
            numeric: true,
          },
        ]}
      />
      <p className="figures mt-2 flex items-center gap-1 text-sm text-muted print:hidden">
        <IconButton
          size="sm"
          icon="chevron-left"
          label={t('table.previous')}
          disabled={page === 0}
          onClick={() => setPage(page - 1)}
        />
        {t('table.page', {
          from: format.number(total === 0 ? 0 : first + 1),
          to: format.number(first + spans.length),
          total: format.number(total),
        })}
        <IconButton
          size="sm"
          icon="chevron-right"
          label={t('table.next')}
          disabled={first + PAGE >= total}
          onClick={() => setPage(page + 1)}
        />
      </p>
    </CopyableTable>
  )
}

/** The parameters of two set-ups, row by row; what differs is marked and stands first. */
'use client'

import { useTranslations } from 'next-intl'
import { Badge } from '../ui/badge.tsx'
import { Panel } from '../ui/panel.tsx'
import { Table } from '../ui/table.tsx'

export interface ComparedParam {
  name: string
  label: string
  /** As they are read. */
  a: string
  b: string
}

export interface ComparedParamsProps {
  params: readonly ComparedParam[]
  /** What the two are called. */
  headers: { a: string; b: string }
}

export function ComparedParams({ params, headers }: ComparedParamsProps) {
  const t = useTranslations('runs.comparing')
  const rows = params
    .map((param) => ({ ...param, differs: param.a !== param.b }))
    .sort((one, other) => Number(other.differs) - Number(one.differs))
  const count = rows.filter(({ differs }) => differs).length
  return (
    <Panel id="set-ups" title={t('setUps')} description={t('differences', { count })}>
      <Table
        stacks
        caption={t('setUps')}
        columns={[
          {
            id: 'param',
            header: t('parameter'),
            rowHeader: true,
            cell: ({ label, differs }) => (
              <span className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
                {label} {differs && <Badge tone="accent">{t('differs')}</Badge>}
              </span>
            ),
          },
          { id: 'a', header: headers.a, cell: ({ a }) => <span className="wrap-anywhere">{a}</span> },
          { id: 'b', header: headers.b, cell: ({ b }) => <span className="wrap-anywhere">{b}</span> },
        ]}
        rows={rows}
        rowKey={({ name }) => name}
      />
    </Panel>
  )
}

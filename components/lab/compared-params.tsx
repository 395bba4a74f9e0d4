/** The parameters of two set-ups, row by row; what differs is marked and stands first. */
'use client'

import { useTranslations } from 'next-intl'
import { isVisible, type ParamField, type ParamValues } from '../../lib/client/param-fields.ts'
import { Badge } from '../ui/badge.tsx'
import { Panel } from '../ui/panel.tsx'
import { Table } from '../ui/table.tsx'
import type { ExperimentWords } from './experiment-words.ts'
import { useParamText } from './use-param-text.ts'

export interface ComparedParamsProps {
  fields: readonly ParamField[]
  a: ParamValues
  b: ParamValues
  words: ExperimentWords
  /** What the two are called. */
  headers: { a: string; b: string }
}

export function ComparedParams({ fields, a, b, words, headers }: ComparedParamsProps) {
  const t = useTranslations('runs.comparing')
  const text = useParamText(words)
  const rows = fields
    .filter((field) => isVisible(field, a) || isVisible(field, b))
    .map((field) => ({ field, a: text(field, a[field.name]), b: text(field, b[field.name]) }))
    .map((row) => ({ ...row, differs: row.a !== row.b }))
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
            cell: ({ field, differs }) => (
              <span className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
                {words.paramLabel(field.name)} {differs && <Badge tone="accent">{t('differs')}</Badge>}
              </span>
            ),
          },
          { id: 'a', header: headers.a, cell: ({ a }) => <span className="wrap-anywhere">{a}</span> },
          { id: 'b', header: headers.b, cell: ({ b }) => <span className="wrap-anywhere">{b}</span> },
        ]}
        rows={rows}
        rowKey={({ field }) => field.name}
      />
    </Panel>
  )
}

/** The set-ups of two runs, row by row; what differs is marked and stands first. */
'use client'

import { useTranslations } from 'next-intl'
import { isVisible, type ParamField, type ParamValues } from '../../lib/client/param-fields.ts'
import type { ExperimentWords } from '../lab/experiment-words.ts'
import { useParamText } from '../lab/use-param-text.ts'
import { Badge } from '../ui/badge.tsx'
import { Panel } from '../ui/panel.tsx'
import { Table } from '../ui/table.tsx'

export interface ParamDifferencesProps {
  fields: readonly ParamField[]
  a: ParamValues
  b: ParamValues
  words: ExperimentWords
}

export function ParamDifferences({ fields, a, b, words }: ParamDifferencesProps) {
  const t = useTranslations('runs.comparing')
  const text = useParamText(words)
  const value = (field: ParamField, values: ParamValues) => (
    <span className="wrap-anywhere">{text(field, values[field.name])}</span>
  )
  const rows = fields
    .filter((field) => isVisible(field, a) || isVisible(field, b))
    .map((field) => ({ field, differs: JSON.stringify(a[field.name]) !== JSON.stringify(b[field.name]) }))
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
          { id: 'a', header: t('run', { side: 'A' }), cell: ({ field }) => value(field, a) },
          { id: 'b', header: t('run', { side: 'B' }), cell: ({ field }) => value(field, b) },
        ]}
        rows={rows}
        rowKey={({ field }) => field.name}
      />
    </Panel>
  )
}

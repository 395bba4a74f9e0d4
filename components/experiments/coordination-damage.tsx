/** What came of it in figures: what arrived, who was woken in vain, who slept through a signal, and the damage. */
'use client'

import { useTranslations } from 'next-intl'
import type { CoordinationParams, CoordinationResult } from '../../lib/experiments/coordination.ts'
import { useQuantity } from '../charts/use-quantity.ts'
import { Badge } from '../ui/badge.tsx'
import { Icon } from '../ui/icon.tsx'
import { Panel } from '../ui/panel.tsx'
import { Table } from '../ui/table.tsx'

interface Row {
  id: string
  value: number
  /** How many there should be; null where any number is all right. */
  wanted: number | null
}

export function CoordinationDamage({ params, result }: { params: CoordinationParams; result: CoordinationResult }) {
  const t = useTranslations('experiments.coordination.damage')
  const quantity = useQuantity()
  const { damage } = result
  const isCondition = params.scenario === 'condition'
  const rows: Row[] = [
    { id: `consumed.${params.scenario}`, value: result.consumed, wanted: params.items },
    ...(isCondition
      ? [
          { id: 'takenFromEmpty', value: damage.takenFromEmpty, wanted: 0 },
          { id: 'twice', value: damage.twice, wanted: 0 },
          { id: 'missing', value: damage.missing, wanted: 0 },
          { id: 'spurious', value: result.spuriousWakeups, wanted: params.bug === 'if-instead-of-while' ? 0 : null },
        ]
      : []),
    { id: 'lost', value: result.lostWakeups, wanted: 0 },
    { id: 'already', value: result.alreadyThere, wanted: null },
  ]
  return (
    <Panel id="damage" title={t('title')}>
      <Table
        caption={t('title')}
        columns={[
          { id: 'what', header: t('what'), rowHeader: true, cell: ({ id }) => t(id as never) },
          { id: 'value', header: t('count'), numeric: true, cell: ({ value }) => quantity.number(value) },
          {
            id: 'verdict',
            header: t('verdict'),
            cell: ({ value, wanted }) =>
              wanted === null ? (
                <Badge>{t('harmless')}</Badge>
              ) : (
                <Badge tone={value === wanted ? 'positive' : 'negative'}>
                  <Icon name={value === wanted ? 'check' : 'close'} size="1em" />
                  {value === wanted ? t('asItShould') : t('shouldBe', { wanted })}
                </Badge>
              ),
          },
        ]}
        rows={rows}
        rowKey={({ id }) => id}
      />
    </Panel>
  )
}

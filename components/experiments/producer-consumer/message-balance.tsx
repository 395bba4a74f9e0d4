/** Where every message went, as it was counted and proved after the end. */
'use client'

import { useTranslations } from 'next-intl'
import type { ProducerConsumerResult } from '../../../lib/experiments/producer-consumer-result.ts'
import { useQuantity } from '../../charts/use-quantity.ts'
import { Panel } from '../../ui/panel.tsx'
import { Table } from '../../ui/table.tsx'
import { useShownFlow } from './use-shown-flow.ts'

const FATES = ['produced', 'written', 'dropped', 'rejected', 'lost', 'duplicated', 'redelivered'] as const

export function MessageBalance({ result }: { result: ProducerConsumerResult }) {
  const t = useTranslations('experiments.producer-consumer.charts')
  const quantity = useQuantity()
  const shownFlow = useShownFlow(result)
  return (
    <Panel
      id="balance"
      title={t('balance')}
      description={shownFlow ? `${shownFlow} ${t('balanceAbout')}` : t('balanceAbout')}
    >
      <Table
        caption={t('balance')}
        columns={[
          { id: 'fate', header: t('fate'), rowHeader: true, cell: (fate) => t(fate) },
          { id: 'count', header: t('count'), numeric: true, cell: (fate) => quantity.number(result[fate]) },
        ]}
        rows={FATES}
        rowKey={(fate) => fate}
      />
    </Panel>
  )
}

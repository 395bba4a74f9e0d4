/** The four conditions of a deadlock: which hold, and how the policy takes one of them away. Known before the run is. */
'use client'

import { useTranslations } from 'next-intl'
import { CONDITIONS, type Condition, coffmanOf, type Policy } from '../../lib/experiments/deadlock-policies.ts'
import { Icon } from '../ui/icon.tsx'
import { Panel } from '../ui/panel.tsx'
import { Table } from '../ui/table.tsx'

export interface CoffmanTableProps {
  policy: Policy
  /** Null until the run has told. */
  cyclesSeen: number | null
}

export function CoffmanTable({ policy, cyclesSeen }: CoffmanTableProps) {
  const t = useTranslations('experiments.deadlock.coffman')
  const coffman = coffmanOf(policy)
  const hereOf = (condition: Condition): string => {
    const broken = `${condition}.${policy}` as 'circularWait.ordered'
    return coffman[condition] || !t.has(broken) ? t(`${condition}.about`) : t(broken)
  }
  return (
    <Panel id="coffman" title={t('title')} description={t('about')}>
      <Table
        caption={t('title')}
        columns={[
          {
            id: 'condition',
            header: t('condition'),
            rowHeader: true,
            cell: (condition) => (
              <>
                {t(`${condition}.name`)}
                <span className="block font-normal text-muted">{hereOf(condition)}</span>
                {condition === 'circularWait' && cyclesSeen !== null && (
                  <span className="block font-normal text-muted">{t('seen', { cycles: cyclesSeen })}</span>
                )}
              </>
            ),
          },
          {
            id: 'holds',
            header: t('holds'),
            cell: (condition) => <Holds holds={coffman[condition]} word={t(coffman[condition] ? 'yes' : 'no')} />,
          },
        ]}
        rows={CONDITIONS}
        rowKey={(condition) => condition}
      />
    </Panel>
  )
}

/** A condition that holds is what makes a deadlock possible: a warning, not a success. */
function Holds({ holds, word }: { holds: boolean; word: string }) {
  return (
    <span
      className={`inline-flex items-center gap-2 font-medium whitespace-nowrap ${holds ? 'text-caution' : 'text-positive'}`}
    >
      <Icon name={holds ? 'warning' : 'check'} />
      {word}
    </span>
  )
}

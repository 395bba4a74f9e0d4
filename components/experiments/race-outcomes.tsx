/** The outcome table, as jcstress prints it: what can come out, how often it did, and whether it may. Also those that were not seen. */
'use client'

import { useTranslations } from 'next-intl'
import type { RaceOutcome, RaceScenario } from '../../lib/experiments/race-kinds.ts'
import { OBSERVED } from '../../lib/experiments/race-kinds.ts'
import { useQuantity } from '../charts/use-quantity.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Panel } from '../ui/panel.tsx'
import { Table } from '../ui/table.tsx'

const MARKS: Record<RaceOutcome['expect'], { tone: Tone; icon: IconName }> = {
  acceptable: { tone: 'positive', icon: 'check' },
  forbidden: { tone: 'negative', icon: 'close' },
  interesting: { tone: 'caution', icon: 'info' },
}

export interface RaceOutcomesProps {
  scenario: RaceScenario
  outcomes: readonly RaceOutcome[]
  trials: { total: number; forbidden: number }
  /** Where no trial went wrong. */
  bound: number | null
}

export function RaceOutcomes({ scenario, outcomes, trials, bound }: RaceOutcomesProps) {
  const t = useTranslations('experiments.race.outcomes')
  const quantity = useQuantity()
  // The bar of a share that isn't 0 is always to be seen.
  const width = (share: number): string => (share === 0 ? '0' : `max(2px, ${share * 100}%)`)
  return (
    <Panel id="outcomes" title={t('title')} description={t(`about.${OBSERVED[scenario]}`)}>
      <Table
        caption={t('title')}
        columns={[
          {
            id: 'outcome',
            header: t('outcome'),
            rowHeader: true,
            cell: ({ label, expect }) => (
              <span className="flex min-w-28 flex-col items-start gap-1.5">
                {t(`kinds.${scenario}.${label}.name` as never)}
                <Badge tone={MARKS[expect].tone}>
                  <Icon name={MARKS[expect].icon} size="1em" />
                  {t(expect)}
                </Badge>
              </span>
            ),
          },
          { id: 'count', header: t('count'), numeric: true, cell: ({ count }) => quantity.number(count) },
          {
            id: 'share',
            header: t('share'),
            numeric: true,
            cell: ({ share, expect, count }) => (
              <span className="flex min-w-16 flex-col items-end gap-1">
                {count > 0 && share < 0.001 ? t('below', { share: quantity.percent(0.001) }) : quantity.percent(share)}
                <span aria-hidden="true" className="flex h-1.5 w-full justify-end bg-sunken">
                  <span
                    className="h-full"
                    style={{
                      width: width(share),
                      background: `var(--${expect === 'acceptable' ? 'positive' : expect === 'forbidden' ? 'negative' : 'caution'})`,
                    }}
                  />
                </span>
              </span>
            ),
          },
          {
            id: 'why',
            header: t('why'),
            cell: ({ label }) => (
              <span className="block min-w-56 text-muted">{t(`kinds.${scenario}.${label}.why` as never)}</span>
            ),
          },
        ]}
        rows={outcomes}
        rowKey={({ label }) => label}
      />
      <p className="mt-4 max-w-prose text-sm text-muted" data-bound={bound ?? undefined}>
        {trials.total === 0
          ? t('noneYet')
          : bound === null
            ? t('wrongTrials', { forbidden: trials.forbidden, total: trials.total })
            : t('notObserved', { total: trials.total, bound: quantity.percent(bound) })}
      </p>
    </Panel>
  )
}

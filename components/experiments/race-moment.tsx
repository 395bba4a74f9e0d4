/** One moment of the traced trial, step by step: a column for each thread, time going down, the values that prove what happened. */
'use client'

import { useTranslations } from 'next-intl'
import type { RaceParams, RaceResult } from '../../lib/experiments/race.ts'
import { useQuantity } from '../charts/use-quantity.ts'
import { Badge } from '../ui/badge.tsx'
import { Icon } from '../ui/icon.tsx'
import { Panel } from '../ui/panel.tsx'
import { Table } from '../ui/table.tsx'

type Moment = NonNullable<RaceResult['interleaving']>
type Step = Moment['steps'][number]

export function RaceMoment({ params, moment }: { params: RaceParams; moment: Moment }) {
  const { scenario, threads: racing } = params
  const t = useTranslations('experiments.race.moment')
  const quantity = useQuantity()
  const threads = [...new Set(moment.steps.map(({ thread }) => thread))].sort((a, b) => a - b)
  const startUs = moment.steps[0]?.startUs ?? 0
  const inWords = ({ action, target, value }: Step): string => {
    const values = { target: target + 1, value }
    if (action === 'lock' || action === 'unlock') {
      if (target === 0) return t(`steps.${action}`)
      return target <= racing ? t(`steps.${action}-own`) : t(`steps.${action}-account`, { target: target - racing })
    }
    if (action === 'check') return t(value === 0 ? 'steps.check-missing' : 'steps.check-found', values)
    if (scenario === 'message' && action === 'read')
      return t(value === 0 ? 'steps.read-nothing' : 'steps.read-data', values)
    return scenario === 'bank' && (action === 'read' || action === 'write' || action === 'add')
      ? t(`steps.${action}-account`, values)
      : t(`steps.${action}`, values)
  }
  const last = moment.steps.findLast(({ action }) => action !== 'lock' && action !== 'unlock')
  return (
    <Panel
      id="moment"
      title={t(moment.broken ? `broken.${scenario}` : 'met')}
      description={t('about')}
      actions={
        <Badge tone={moment.broken ? 'negative' : 'positive'}>
          <Icon name={moment.broken ? 'close' : 'check'} size="1em" />
          {t(moment.broken ? 'wentWrong' : 'wentRight')}
        </Badge>
      }
    >
      <Table
        caption={t('caption')}
        columns={[
          {
            id: 'at',
            header: t('at'),
            numeric: true,
            cell: (step: Step) => quantity.time((step.endUs - startUs) / 1000, 'microsecond'),
          },
          ...threads.map((thread) => ({
            id: `thread-${thread}`,
            header: t('thread', { thread }),
            cell: (step: Step) =>
              step.thread === thread && (
                <span className={step === last && moment.broken ? 'font-semibold text-negative' : undefined}>
                  {inWords(step)}
                </span>
              ),
          })),
        ]}
        rows={moment.steps}
        rowKey={(_, index) => String(index)}
      />
    </Panel>
  )
}

/** Fix it: under which locks each account is changed by what was chosen. Data is safe when it is always the same one. */
'use client'

import { useTranslations } from 'next-intl'
import type { RaceParams } from '../../lib/experiments/race.ts'
import { accountLocks } from '../../lib/experiments/race-account-locks.ts'
import { Badge } from '../ui/badge.tsx'
import { Icon } from '../ui/icon.tsx'
import { Panel } from '../ui/panel.tsx'
import { Table } from '../ui/table.tsx'

export function RaceLocks({ params }: { params: RaceParams }) {
  const t = useTranslations('experiments.race.locks')
  const nameOf = (lock: string): string => {
    const [kind = lock, number = ''] = lock.split(' ')
    return t(`names.${kind}` as never, { number } as never)
  }
  return (
    <Panel id="locks" title={t('title')} description={t('about')}>
      <Table
        caption={t('title')}
        columns={[
          {
            id: 'account',
            header: t('account'),
            rowHeader: true,
            cell: ({ account }) => t('accountNumber', { account }),
          },
          { id: 'withdraw', header: t('withdraw'), cell: ({ withdraw }) => withdraw.map(nameOf).join(', ') },
          { id: 'deposit', header: t('deposit'), cell: ({ deposit }) => deposit.map(nameOf).join(', ') },
          {
            id: 'safe',
            header: t('verdict'),
            cell: ({ safe }) => (
              <Badge tone={safe ? 'positive' : 'negative'}>
                <Icon name={safe ? 'check' : 'close'} size="1em" />
                {t(safe ? 'sameLock' : 'differentLocks')}
              </Badge>
            ),
          },
        ]}
        rows={accountLocks(params)}
        rowKey={({ account }) => String(account)}
      />
      <p className="mt-4 max-w-prose text-sm text-muted">{t('try')}</p>
    </Panel>
  )
}

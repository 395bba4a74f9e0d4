/** Where the time of all threads went under each lock, side by side: a convoy is the bar that is nearly all waiting. */
'use client'

import { useTranslations } from 'next-intl'
import type { ContendedLockResult } from '../../../lib/experiments/lock-contention-result.ts'
import { StackedBars } from '../../charts/stacked-bars.tsx'
import { useQuantity } from '../../charts/use-quantity.ts'
import { useExperimentWords } from '../../lab/use-experiment-words.ts'
import { TIME_PARTS, timeShares } from './time-shares.ts'

export function ContendedTime({ locks }: { locks: readonly ContendedLockResult[] }) {
  const t = useTranslations('experiments.lock-contention.charts')
  const words = useExperimentWords('lock-contention')
  const quantity = useQuantity()
  return (
    <StackedBars
      title={t('byLock')}
      subtitle={t('byLockAbout')}
      xLabel={t('byLockAxis')}
      format={quantity.percent}
      parts={TIME_PARTS.map(({ key, colour }) => ({ key, label: t(key), colour }))}
      rows={locks.map(({ lock, perThread }) => ({ key: lock, label: words.key(lock), values: timeShares(perThread) }))}
    />
  )
}

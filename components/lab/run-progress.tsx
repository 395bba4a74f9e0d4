/** What a run is doing and what remains; its place in the queue while it waits. */
'use client'

import { useTranslations } from 'next-intl'
import type { Connection } from '../../lib/client/run-events.ts'
import type { Progress, Run } from '../../lib/contract/run.ts'
import { useQuantity } from '../charts/use-quantity.ts'
import { ProgressBar } from '../ui/progress-bar.tsx'
import type { ExperimentWords } from './experiment-words.ts'

export function RunProgress({ run, connection, words }: { run: Run; connection: Connection; words: ExperimentWords }) {
  const t = useTranslations('lab.progress')
  const quantity = useQuantity()
  const label = useProgressLabel(words)
  const { done, total, remainingMs } = run.progress
  return (
    <div className="flex flex-col gap-3">
      {run.status === 'queued' ? (
        <ProgressBar value={null} label={t('position', { ahead: run.position })} ariaLabel={t('queued')} />
      ) : (
        <ProgressBar
          value={total > 0 ? done / total : null}
          label={label(run.progress)}
          aside={remainingMs === null ? t('estimating') : t('remaining', { time: quantity.span(remainingMs) })}
          ariaLabel={t('name')}
        />
      )}
      <p className="min-h-[1.4em] text-sm text-caution">{connection === 'lost' && t('lost')}</p>
    </div>
  )
}

/** The sentence of a progress message; its `key` is what is being measured. */
function useProgressLabel(words: ExperimentWords): (progress: Progress) => string {
  const t = useTranslations('progress')
  return ({ label, values = {} }) => {
    const code = label as Parameters<typeof t>[0]
    if (!t.has(code)) return label
    const { key, ...numbers } = values
    return t(code, { key: typeof key === 'string' ? words.key(key) : '', round: 0, rounds: 0, ...numbers })
  }
}

/** The box that picks a run of the history for the comparison; off where the run is of another lab than the one picked first. */
'use client'

import { useTranslations } from 'next-intl'
import type { RunSummary } from '../../lib/contract/run.ts'
import type { Comparing } from './use-comparing.ts'

export interface CompareMarkProps {
  run: RunSummary
  headline: string
  comparing: Comparing
}

export function CompareMark({ run, headline, comparing }: CompareMarkProps) {
  const t = useTranslations('runs')
  return (
    // Larger than the box, for fingers.
    <label
      className="-m-2 flex size-10 shrink-0 items-center justify-center has-disabled:opacity-40"
      title={t('compare')}
    >
      <input
        type="checkbox"
        data-compare
        aria-label={t('compareOf', { headline })}
        checked={comparing.isChosen(run)}
        disabled={!comparing.canChoose(run)}
        onChange={() => comparing.toggle(run)}
        className="size-4.5 accent-(--accent)"
      />
    </label>
  )
}

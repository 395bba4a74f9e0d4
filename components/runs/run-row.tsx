/** A run in the history: what came out, with which set-up, and what can be done with it: repeat it, compare it, delete it. */
'use client'

import { useTranslations } from 'next-intl'
import type { RunSummary } from '../../lib/contract/run.ts'
import { hasEnded } from '../../lib/contract/run-status.ts'
import { Link } from '../../lib/i18n/navigation.ts'
import { useQuantity } from '../charts/use-quantity.ts'
import { RunStatusBadge } from '../lab/run-status-badge.tsx'
import { useRunWords } from '../lab/use-experiment-words.ts'
import { useRunAgain } from '../lab/use-run-again.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Time } from '../ui/time.tsx'
import { CompareMark } from './compare-mark.tsx'
import type { Comparing } from './use-comparing.ts'

export interface RunRowProps {
  run: RunSummary
  comparing: Comparing
  onDelete: (run: RunSummary) => void
}

/** Where the focus goes when a neighbour of this run is deleted, or this one is brought back. */
export const rowLinkId = (runId: string): string => `history-${runId}`

export function RunRow({ run, comparing, onDelete }: RunRowProps) {
  const t = useTranslations('runs')
  const quantity = useQuantity()
  const words = useRunWords(run)
  const [again, isStarting] = useRunAgain(run)
  const lasted = run.startedAt && run.finishedAt ? Date.parse(run.finishedAt) - Date.parse(run.startedAt) : null
  const headline = run.headline ? words.finding(run.headline) : t(`noHeadline.${run.status}`)
  return (
    <li className="flex flex-wrap items-center gap-x-5 gap-y-2 px-5 py-4 last:rounded-b-lg has-[[data-compare]:checked]:bg-accent-soft sm:px-6">
      <div className="flex min-w-0 flex-1 basis-72 items-start gap-3">
        <CompareMark run={run} headline={headline} comparing={comparing} />
        <div className="min-w-0">
          <p className="text-sm text-faint">{words.name}</p>
          <Link
            id={rowLinkId(run.id)}
            href={`/runs/${run.id}`}
            className="font-medium underline-offset-4 hover:underline"
          >
            {headline}
          </Link>
        </div>
      </div>
      <div className="flex flex-col items-start gap-1 text-sm text-faint sm:items-end">
        <RunStatusBadge status={run.status} />
        <p className="figures">
          <Time moment={run.createdAt} />
          {lasted !== null && `, ${quantity.span(lasted)}`}
        </p>
      </div>
      <div className="flex items-center">
        <Button
          variant="quiet"
          size="sm"
          icon="repeat"
          busy={isStarting}
          aria-label={t('againOf', { headline })}
          onClick={() => void again()}
        >
          {t('again')}
        </Button>
        <IconButton
          icon="trash"
          label={t('deleteOf', { headline })}
          disabled={!hasEnded(run.status)}
          onClick={() => onDelete(run)}
        />
      </div>
    </li>
  )
}

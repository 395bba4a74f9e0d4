/** A run in the history: what came out, with which set-up, and what can be done with it. */
'use client'

import { useFormatter, useTranslations } from 'next-intl'
import type { RunSummary } from '../../lib/contract/run.ts'
import { hasEnded } from '../../lib/contract/run-status.ts'
import { Link } from '../../lib/i18n/navigation.ts'
import { useQuantity } from '../charts/use-quantity.ts'
import { RunStatusBadge } from '../lab/run-status-badge.tsx'
import { useExperimentWords } from '../lab/use-experiment-words.ts'
import { buttonClasses } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'

export interface RunRowProps {
  run: RunSummary
  onDelete: (run: RunSummary) => void
}

export function RunRow({ run, onDelete }: RunRowProps) {
  const t = useTranslations('runs')
  const format = useFormatter()
  const quantity = useQuantity()
  const words = useExperimentWords(run.experiment)
  const lasted = run.startedAt && run.finishedAt ? Date.parse(run.finishedAt) - Date.parse(run.startedAt) : null
  const headline = run.headline ? words.finding(run.headline) : t(`noHeadline.${run.status}`)
  return (
    <li className="flex flex-wrap items-center gap-x-5 gap-y-2 px-5 py-4 sm:px-6">
      <div className="min-w-0 flex-1 basis-72">
        <p className="text-sm text-faint">{words.name}</p>
        <Link href={`/runs/${run.id}`} className="font-medium underline-offset-4 hover:underline">
          {headline}
        </Link>
      </div>
      <div className="flex flex-col items-start gap-1 text-sm text-faint sm:items-end">
        <RunStatusBadge status={run.status} />
        <p className="figures">
          <time dateTime={run.createdAt}>
            {format.dateTime(new Date(run.createdAt), { dateStyle: 'medium', timeStyle: 'short' })}
          </time>
          {lasted !== null && `, ${quantity.span(lasted)}`}
        </p>
      </div>
      <div className="flex items-center">
        {/* A pair has no lab: it begins where two runs are compared. */}
        {run.experiment !== 'pair' && (
          <Link
            href={`/labs/${run.experiment}?run=${run.id}`}
            className={buttonClasses('quiet', 'sm')}
            aria-label={t('againOf', { headline })}
          >
            <Icon name="repeat" />
            {t('again')}
          </Link>
        )}
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

/** A run in a list: what came out, when, and how it ended. */
import { useFormatter, useTranslations } from 'next-intl'
import type { RunSummary } from '../../lib/contract/run.ts'
import { Link } from '../../lib/i18n/navigation.ts'
import { RunStatusBadge } from './run-status-badge.tsx'
import { useExperimentWords } from './use-experiment-words.ts'

export interface RunLineProps {
  run: RunSummary
  /** The run to put it beside. */
  compareWith?: string | null
  /** Names the experiment, where runs of several stand together. */
  named?: boolean
}

export function RunLine({ run, compareWith = null, named = false }: RunLineProps) {
  const t = useTranslations('runs')
  const format = useFormatter()
  const words = useExperimentWords(run.experiment)
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-5 py-3 sm:px-6">
      <div className="min-w-0 flex-1 basis-64">
        {named && <p className="text-xs text-faint">{words.name}</p>}
        <Link href={`/runs/${run.id}`} className="font-medium underline-offset-4 hover:underline">
          {run.headline ? words.finding(run.headline) : t(`noHeadline.${run.status}`)}
        </Link>
      </div>
      <time dateTime={run.createdAt} className="figures text-sm text-faint">
        {format.dateTime(new Date(run.createdAt), { dateStyle: 'medium', timeStyle: 'short' })}
      </time>
      <span className="sm:min-w-24 sm:text-right">
        <RunStatusBadge status={run.status} />
      </span>
      {compareWith && run.status === 'succeeded' && (
        <Link
          href={`/runs/compare?a=${run.id}&b=${compareWith}`}
          className="text-sm text-accent underline-offset-4 hover:underline"
        >
          {t('compare')}
        </Link>
      )}
    </div>
  )
}

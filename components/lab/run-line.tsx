/** A run in a list: what came out, when, and how it ended. */
import { useTranslations } from 'next-intl'
import type { RunSummary } from '../../lib/contract/run.ts'
import { hasEnded } from '../../lib/contract/run-status.ts'
import { Link } from '../../lib/i18n/navigation.ts'
import { Time } from '../ui/time.tsx'
import { RunStatusBadge } from './run-status-badge.tsx'
import { useRunWords } from './use-experiment-words.ts'

export interface RunLineProps {
  run: RunSummary
  /** The run to put it beside. */
  compareWith?: string | null
  /** Names the experiment, where runs of several stand together. */
  named?: boolean
}

export function RunLine({ run, compareWith = null, named = false }: RunLineProps) {
  const t = useTranslations('runs')
  const words = useRunWords(run)
  const headline = run.headline ? words.finding(run.headline) : t(`noHeadline.${run.status}`)
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-5 py-3 sm:px-6">
      <div className="min-w-0 flex-1 basis-64">
        {named && <p className="text-xs text-faint">{words.name}</p>}
        <Link href={`/runs/${run.id}`} className="font-medium underline-offset-4 hover:underline">
          {headline}
        </Link>
      </div>
      <Time moment={run.createdAt} className="figures text-sm text-faint" />
      <span className="sm:min-w-24 sm:text-right">
        <RunStatusBadge status={run.status} />
      </span>
      {compareWith && hasEnded(run.status) && (
        <Link
          href={`/runs/compare?a=${run.id}&b=${compareWith}`}
          className="text-sm text-accent underline-offset-4 hover:underline"
          aria-label={t('compareOf', { headline })}
        >
          {t('compare')}
        </Link>
      )}
    </div>
  )
}

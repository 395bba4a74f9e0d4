/** Where a picture comes from: when and in which run it was measured; of a newer try that came to nothing, that it did. */
import { useTranslations } from 'next-intl'
import type { RunSummary } from '../../lib/contract/run.ts'
import { Link } from '../../lib/i18n/navigation.ts'
import { Time } from '../ui/time.tsx'

export interface PictureNoteProps {
  last: { runId: string; createdAt: string } | null
  /** The newest run of the experiment, however it ended. */
  newest: RunSummary | null
}

export function PictureNote({ last, newest }: PictureNoteProps) {
  const t = useTranslations('dashboard')
  const missed = newest?.status === 'failed' || newest?.status === 'cancelled' ? newest.status : null
  const runId = missed === null ? last?.runId : newest?.id
  return (
    <p className="flex flex-wrap items-baseline justify-between gap-x-4">
      <span>
        {last && t.rich('measuredAt', { at: () => <Time moment={last.createdAt} /> })}
        {missed && <span className="block text-caution">{t(`missed.${missed}`)}</span>}
      </span>
      {runId && (
        <Link
          href={`/runs/${runId}`}
          prefetch={false}
          className="text-sm text-accent underline-offset-4 hover:underline"
        >
          {missed ? t('openMissed') : t('open')}
        </Link>
      )}
    </p>
  )
}

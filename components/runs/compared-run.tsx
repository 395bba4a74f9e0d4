/** One of two runs that are compared: when it was measured, how it ended, and what it found. */
'use client'

import { useTranslations } from 'next-intl'
import type { Run, RunSummary } from '../../lib/contract/run.ts'
import { hasEnded } from '../../lib/contract/run-status.ts'
import { Link } from '../../lib/i18n/navigation.ts'
import type { ExperimentView } from '../experiments/experiment-view.ts'
import { Findings, findingsOf } from '../lab/findings.tsx'
import { RunError } from '../lab/run-error.tsx'
import { RunStatusBadge } from '../lab/run-status-badge.tsx'
import { useRunWords } from '../lab/use-experiment-words.ts'
import { useHeadline } from '../lab/use-headline.ts'
import { Panel } from '../ui/panel.tsx'
import { Time } from '../ui/time.tsx'

export interface ComparedRunProps {
  run: Run
  /** As the server knows it. */
  headline: RunSummary['headline']
  side: 'A' | 'B'
  view: ExperimentView | null
}

export function ComparedRun({ run, headline: given, side, view }: ComparedRunProps) {
  const t = useTranslations('runs')
  const words = useRunWords(run)
  const headline = useHeadline(run, view, given)
  return (
    <Panel
      title={
        <Link href={`/runs/${run.id}`} className="underline-offset-4 hover:underline">
          {t('comparing.run', { side })}
        </Link>
      }
      description={<Time moment={run.createdAt} dateStyle="long" />}
      actions={<RunStatusBadge status={run.status} />}
    >
      <div className="flex min-h-32 flex-col gap-3" aria-live="polite">
        {headline && <p className="max-w-prose text-xl">{words.finding(headline)}</p>}
        {!hasEnded(run.status) && <p className="text-muted">{t(`noHeadline.${run.status}`)}</p>}
        {run.status === 'failed' && <RunError run={run} />}
        {run.status === 'cancelled' && <p className="text-muted">{t('noHeadline.cancelled')}</p>}
        {run.status === 'succeeded' && <Findings findings={findingsOf(run, headline)} words={words} />}
      </div>
    </Panel>
  )
}

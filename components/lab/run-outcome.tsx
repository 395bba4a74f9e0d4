/**
 * The top of a report: the state of the run, its headline, and below it the progress while it goes on, the findings when it has
 * succeeded, the cause when it has not. The box is as high before as it is after.
 */
'use client'

import { useTranslations } from 'next-intl'
import { memo, useState } from 'react'
import type { Connection } from '../../lib/client/run-events.ts'
import type { Finding } from '../../lib/contract/comparison.ts'
import type { Run } from '../../lib/contract/run.ts'
import { hasEnded } from '../../lib/contract/run-status.ts'
import { useQuantity } from '../charts/use-quantity.ts'
import type { ExperimentView } from '../experiments/experiment-view.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Time } from '../ui/time.tsx'
import type { ExperimentWords } from './experiment-words.ts'
import { Findings, findingsOf } from './findings.tsx'
import { PredictionGrade } from './prediction-grade.tsx'
import { RunError } from './run-error.tsx'
import { RunProgress } from './run-progress.tsx'
import { RunStatusBadge } from './run-status-badge.tsx'

export interface RunOutcomeProps {
  run: Run
  connection: Connection
  headline: Finding | null
  words: ExperimentWords
  view: ExperimentView | null
  /** Asks about the next run, where there can be one. */
  onPredictNext?: () => void
}

/** Of the cores' time: less is what any machine does besides. */
const DISTURBED_FROM = 0.1

/** Not drawn again for every span that arrives. */
export const RunOutcome = memo(function RunOutcome(props: RunOutcomeProps) {
  const { run, connection, headline, words, view, onPredictNext } = props
  const t = useTranslations('lab')
  const quantity = useQuantity()
  const live = !hasEnded(run.status)
  const [beganLive] = useState(live)
  const disturbed = run.interference.otherCpuShare
  const lasted = run.startedAt && run.finishedAt ? Date.parse(run.finishedAt) - Date.parse(run.startedAt) : null
  return (
    <section className="rounded-lg border border-line bg-raised px-5 py-5 sm:px-7 sm:py-6" aria-labelledby="verdict">
      <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1 text-sm text-faint">
        <RunStatusBadge status={run.status} />
        <Time moment={run.createdAt} />
        {lasted !== null && <span>{t('lasted', { time: quantity.span(lasted) })}</span>}
        {onPredictNext && (
          <Button size="sm" variant="quiet" className="-mr-3 ml-auto print:hidden" onClick={onPredictNext}>
            {t('prediction.again')}
          </Button>
        )}
      </div>
      {/* As high while it goes on as it will be with its findings: nothing below it moves when they arrive. */}
      <div className={beganLive && (live || run.status === 'succeeded') ? 'min-h-80' : undefined}>
        {/* What is found so far is said in one line or in two: the progress below it stays where it is. */}
        <h2 id="verdict" className={`mt-3 mb-4 text-2xl sm:text-3xl ${live ? 'min-h-[2lh]' : ''}`}>
          {headline ? words.finding(headline) : t(`verdict.${run.status}`)}
        </h2>
        {disturbed !== null && disturbed >= DISTURBED_FROM && (
          <p className="mb-4 flex max-w-prose gap-2.5 text-sm text-caution">
            <Icon name="warning" />
            {t('machine.disturbed', { percent: Math.round(disturbed * 100) })}
          </p>
        )}
        {live && <RunProgress run={run} connection={connection} words={words} />}
        {run.status === 'failed' && <RunError run={run} />}
        {run.status === 'cancelled' && (
          <p className="max-w-prose text-muted">{t(run.startedAt === null ? 'cancelledBefore' : 'cancelledAbout')}</p>
        )}
        {run.status === 'succeeded' && <Findings findings={findingsOf(run, headline)} words={words} />}
      </div>
      <PredictionGrade run={run} words={words} view={view} />
    </section>
  )
})

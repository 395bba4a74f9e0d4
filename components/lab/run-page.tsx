/** A run on a page of its own: what was asked, with which set-up, and its report. */
'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { type JsonSchema, readFields } from '../../lib/client/param-fields.ts'
import { writeParams } from '../../lib/client/params-url.ts'
import { useRun } from '../../lib/client/use-run.ts'
import type { ExperimentDescription } from '../../lib/contract/experiment-description.ts'
import type { Run, RunSummary } from '../../lib/contract/run.ts'
import { hasEnded } from '../../lib/contract/run-status.ts'
import { Link } from '../../lib/i18n/navigation.ts'
import { Button, buttonClasses } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { PairSetUps } from './pair-set-ups.tsx'
import { ParamList } from './param-list.tsx'
import { PreviousRuns } from './previous-runs.tsx'
import { RunAnnouncer } from './run-announcer.tsx'
import { RunCommands } from './run-controls.tsx'
import { RunReport } from './run-report.tsx'
import { useExperimentView } from './use-experiment-view.ts'
import { useRunWords } from './use-experiment-words.ts'
import { useHeadline } from './use-headline.ts'
import { useRunAgain } from './use-run-again.ts'

export interface RunPageProps {
  run: Run
  headline: RunSummary['headline']
  description: ExperimentDescription
  /** Of a pair: the experiment whose set-ups it compares. */
  inner: ExperimentDescription | null
}

export function RunPage({ run: record, headline, description, inner }: RunPageProps) {
  const t = useTranslations('lab')
  const words = useRunWords(record)
  const view = useExperimentView(record.experiment)
  const run = useRun(record)
  // What has no lab has no form.
  const fields = useMemo(() => (description.listed ? readFields(description.params as JsonSchema) : []), [description])
  const shownHeadline = useHeadline(run, view, headline)
  const isGoing = !hasEnded(run.status)
  const setUp = writeParams(fields, run.params, description.defaults).toString()
  return (
    <>
      <RunAnnouncer run={run} words={words} headline={shownHeadline} />
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4 pt-8 pb-6">
        <div className="min-w-0">
          <p className="text-sm text-faint">
            {description.listed ? (
              <Link href={`/labs/${run.experiment}`} className="underline-offset-4 hover:underline">
                {words.name}
              </Link>
            ) : (
              words.name
            )}
          </p>
          <h1 className="mt-1 max-w-3xl text-xl sm:text-2xl">{words.question}</h1>
        </div>
        <div className="flex flex-wrap items-center gap-3 print:hidden">
          {isGoing && <RunCommands run={run} words={words} layout="row" />}
          {description.listed && (
            <Link href={`/labs/${run.experiment}${setUp && `?${setUp}`}`} className={buttonClasses('secondary')}>
              <Icon name="repeat" />
              {t('openSetUp')}
            </Link>
          )}
          {!description.listed && !isGoing && <RunAgain run={run} />}
        </div>
      </header>
      <div className="flex min-w-0 flex-col gap-6">
        <RunReport run={run} headline={headline} words={words} view={view}>
          {inner !== null && <PairSetUps params={run.params} description={inner} />}
        </RunReport>
        {description.listed && (
          <ParamList fields={fields} params={run.params} defaults={description.defaults} words={words} />
        )}
        <PreviousRuns experiment={run.experiment} params={run.params} currentId={run.id} isGoing={isGoing} />
      </div>
    </>
  )
}

/** For a run of what has no lab in which its set-up could be opened. */
function RunAgain({ run }: { run: Run }) {
  const t = useTranslations('runs')
  const [again, isStarting] = useRunAgain(run)
  return (
    <Button icon="repeat" busy={isStarting} onClick={() => void again()}>
      {t('again')}
    </Button>
  )
}

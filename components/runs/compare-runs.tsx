/**
 * Two runs of one experiment side by side: what differs in their set-ups, what each found, and their times on one axis or, where
 * an experiment measures no such times, the charts of both. They were measured at different times, so there is no verdict, and the
 * page says why; where the experiment allows it, both set-ups can be run again, interleaved.
 */
'use client'

import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import type { ApiProblem } from '../../lib/client/api.ts'
import { type JsonSchema, readFields } from '../../lib/client/param-fields.ts'
import { startRun } from '../../lib/client/run-actions.ts'
import { useRunRecord } from '../../lib/client/use-run-record.ts'
import { useRunRemains } from '../../lib/client/use-run-remains.ts'
import type { ExperimentDescription } from '../../lib/contract/experiment-description.ts'
import type { Run, RunSummary } from '../../lib/contract/run.ts'
import { useRouter } from '../../lib/i18n/navigation.ts'
import type { ExperimentView } from '../experiments/experiment-view.ts'
import { ComparedParams } from '../lab/compared-params.tsx'
import { useExperimentView } from '../lab/use-experiment-view.ts'
import { useExperimentWords } from '../lab/use-experiment-words.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { Alert } from '../ui/alert.tsx'
import { Button } from '../ui/button.tsx'
import { ComparedRun } from './compared-run.tsx'
import { ComparedTimes, entriesOf } from './compared-times.tsx'

export interface CompareRunsProps {
  a: ShownRun
  b: ShownRun
  /** By their parameters; what they compared may have nothing in common all the same. */
  measureAlike: boolean
  description: ExperimentDescription
}

interface ShownRun {
  run: Run
  headline: RunSummary['headline']
}

export function CompareRuns({ a: shownA, b: shownB, measureAlike, description }: CompareRunsProps) {
  const t = useTranslations('runs.comparing')
  const router = useRouter()
  const words = useExperimentWords(description.id)
  const view = useExperimentView(description.id)
  const fields = useMemo(() => readFields(description.params as JsonSchema), [description])
  const a = useRunRecord(shownA.run)
  const b = useRunRecord(shownB.run)
  const [isStarting, setIsStarting] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)

  // One run of both, interleaved: what two runs of different times can't tell, this one can.
  const runAgain = async (): Promise<void> => {
    setIsStarting(true)
    setProblem(null)
    const pair = await startRun('pair', { experiment: description.id, a: a.params, b: b.params }, null)
    setIsStarting(false)
    if (pair.problem) setProblem(pair.problem)
    else router.push(`/runs/${pair.data.id}`)
  }

  const [entriesA, entriesB] = [entriesOf(a), entriesOf(b)]
  const hasTimes = entriesA.length > 0 || entriesB.length > 0
  const shareNothing =
    !measureAlike ||
    (entriesA.length > 0 &&
      entriesB.length > 0 &&
      !entriesA.some(({ key }) => entriesB.some((entry) => entry.key === key)))
  const canRunAgain = description.comparable && !shareNothing
  return (
    <div className="flex flex-col gap-6">
      <Alert
        tone="caution"
        title={t('driftTitle')}
        actions={
          canRunAgain && (
            <Button size="sm" icon="repeat" busy={isStarting} onClick={() => void runAgain()}>
              {t('runAgain')}
            </Button>
          )
        }
      >
        <p>{t('drift')}</p>
        {!description.comparable && <p className="mt-1">{t('notInterleaved')}</p>}
        {description.comparable && shareNothing && <p className="mt-1">{t('shareNothing')}</p>}
      </Alert>
      {problem && <ProblemAlert problem={problem} />}
      <div className="grid gap-6 md:grid-cols-2">
        <ComparedRun run={a} headline={shownA.headline} side="A" view={view} />
        <ComparedRun run={b} headline={shownB.headline} side="B" view={view} />
      </div>
      <ComparedParams
        headers={{ a: t('run', { side: 'A' }), b: t('run', { side: 'B' }) }}
        fields={fields}
        a={a.params}
        b={b.params}
        words={words}
      />
      {hasTimes && <ComparedTimes a={a} b={b} words={words} />}
      {!hasTimes && view !== null && (
        <div className="grid items-start gap-x-6 gap-y-10 xl:grid-cols-2">
          <OwnCharts run={a} side="A" view={view} />
          <OwnCharts run={b} side="B" view={view} />
        </div>
      )}
    </div>
  )
}

/** What the run's own page shows of its result; of a run without one there is nothing to draw. */
function OwnCharts({ run, side, view }: { run: Run; side: 'A' | 'B'; view: ExperimentView }) {
  const t = useTranslations('runs.comparing')
  const { samples, trace } = useRunRemains(run)
  return (
    <section aria-label={t('charts', { side })} className="flex min-w-0 flex-col gap-6">
      <p aria-hidden="true" className="small-label">
        {t('charts', { side })}
      </p>
      {run.result ? (
        <view.Charts params={run.params} result={run.result} samples={samples} trace={trace} status={run.status} />
      ) : (
        <p className="text-muted">{t('noResult')}</p>
      )}
    </section>
  )
}

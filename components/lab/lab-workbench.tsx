/**
 * A lab: the set-up at one side, the run at the other. Starts, cancels and commands runs; what is shown beside the form is the
 * run named in the address, so a reload or a shared link brings back both.
 */
'use client'

import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { ApiProblem } from '../../lib/client/api.ts'
import { isVisible, shownValues } from '../../lib/client/param-fields.ts'
import { startRun } from '../../lib/client/run-actions.ts'
import { useRun } from '../../lib/client/use-run.ts'
import type { ExperimentDescription } from '../../lib/contract/experiment-description.ts'
import type { Prediction, Run, RunSummary } from '../../lib/contract/run.ts'
import { hasEnded } from '../../lib/contract/run-status.ts'
import { acceptsAnswer } from '../../lib/experiments/prediction.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { LabIntroduction } from './lab-introduction.tsx'
import { ParamForm, paramOf } from './param-form.tsx'
import { PredictionCard } from './prediction-card.tsx'
import { PreviousRuns } from './previous-runs.tsx'
import { RunAnnouncer } from './run-announcer.tsx'
import { RunControls } from './run-controls.tsx'
import { RunReport } from './run-report.tsx'
import { useExperimentView } from './use-experiment-view.ts'
import { useExperimentWords } from './use-experiment-words.ts'
import { useHeadline } from './use-headline.ts'
import { useRefusalText } from './use-refusal-text.tsx'
import { takeStartWish, useSetUp } from './use-set-up.ts'

export interface LabWorkbenchProps {
  description: ExperimentDescription
  /** The run named in the address. */
  run: Run | null
  headline: RunSummary['headline']
}

export function LabWorkbench({ description, run: givenRun, headline }: LabWorkbenchProps) {
  const t = useTranslations('lab')
  const words = useExperimentWords(description.id)
  const view = useExperimentView(description.id)
  const refusalText = useRefusalText(words)
  const [record, setRecord] = useState<Run | null>(givenRun)
  const setUp = useSetUp(description, record)
  const [prediction, setPrediction] = useState<Prediction | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [isStarting, setIsStarting] = useState(false)
  const [predictsNext, setPredictsNext] = useState(false)
  const report = useRef<HTMLDivElement>(null)
  const run = useRun(record)
  // Of another run than the one in the address the server has said nothing yet.
  const given = run !== null && run.id === givenRun?.id ? headline : null
  const shownHeadline = useHeadline(run, view, given)
  const isGoing = run !== null && !hasEnded(run.status)

  const start = useCallback(
    async (values = setUp.values): Promise<void> => {
      setIsStarting(true)
      setProblem(null)
      const params = shownValues(setUp.fields, values)
      // An answer that the set-up has since taken away, such as a strategy that no longer takes part, is no prediction.
      const asked = view?.questions.find(({ id }) => id === prediction?.question)
      const holds = prediction !== null && asked !== undefined && acceptsAnswer(asked, values, prediction.answer)
      const answer = await startRun(description.id, params, holds ? prediction : null)
      setIsStarting(false)
      if (answer.problem) {
        setProblem(answer.problem)
        return
      }
      setRecord(answer.data)
      setPrediction(null)
      setPredictsNext(false)
      bringIntoView(report.current)
    },
    [description.id, setUp.fields, setUp.values, prediction, view],
  )

  const startAtOnce = useRef(start)
  const isAcceptable = useRef(setUp.wrong.length === 0)
  useEffect(() => {
    if (takeStartWish() && isAcceptable.current) void startAtOnce.current()
  }, [])

  // Beside a report the question comes when asked for, so that nothing moves when a run ends.
  const asksPrediction = record === null || (predictsNext && !isGoing)
  const canStart = !isGoing && !isStarting && setUp.wrong.length === 0
  // What stands at its field isn't said again beside the button; why a run is too long is, for no one field is to blame.
  const elsewhere =
    problem?.errors.filter(
      (error) => !setUp.fields.some((field) => field.name === paramOf(error) && isVisible(field, setUp.values)),
    ) ?? []
  const showsProblem =
    problem !== null && (elsewhere.length > 0 || problem.errors.length === 0 || problem.code !== 'invalid-input')
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(19rem,23rem)_minmax(0,1fr)] lg:gap-8">
      <form
        aria-label={t('setUp')}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (canStart) void start()
        }}
        className="rounded-lg border border-line bg-raised print:hidden lg:sticky lg:top-20 lg:flex lg:max-h-[calc(100dvh-6.5rem)] lg:flex-col"
      >
        <div className="min-h-0 px-5 pt-5 pb-6 lg:overflow-y-auto">
          <ParamForm
            fields={setUp.fields}
            values={setUp.values}
            defaults={description.defaults}
            presets={description.presets}
            unavailable={description.unavailable}
            words={words}
            refused={problem?.errors ?? []}
            onChange={(values) => {
              setUp.change(values)
              setProblem(null)
            }}
          />
        </div>
        <div className="sticky bottom-0 rounded-b-lg border-t border-line bg-raised px-5 py-4 lg:static">
          {showsProblem && (
            <ProblemAlert
              problem={problem}
              errors={elsewhere}
              errorText={(error) => (
                <>
                  {words.paramLabel(paramOf(error))}: {refusalText(error)}
                </>
              )}
              className="mb-4"
            />
          )}
          <RunControls
            run={isGoing ? run : null}
            words={words}
            canStart={canStart}
            isStarting={isStarting}
            wrongFields={setUp.wrong.map((field) => words.paramLabel(field.name))}
            onStart={start}
          />
        </div>
      </form>
      {/* Where the form stands above, its parts stand beside it in order, so that the question can come before Run. */}
      <div className="contents lg:flex lg:min-w-0 lg:flex-col lg:gap-6">
        <RunAnnouncer run={run} words={words} headline={shownHeadline} />
        {/* Room for the question, which comes with the lab's charts: what stands below would move. */}
        {record === null && view === null && <Skeleton className="h-56 rounded-lg max-lg:order-first print:hidden" />}
        {asksPrediction && view !== null && (
          <PredictionCard
            questions={view.questions}
            params={setUp.values}
            words={words}
            prediction={prediction}
            next={record !== null}
            onPredict={setPrediction}
          />
        )}
        <div ref={report} className="min-w-0 scroll-mt-20">
          {run ? (
            <RunReport
              key={run.id}
              run={run}
              headline={given}
              words={words}
              view={view}
              onPredictNext={() => setPredictsNext(true)}
            />
          ) : (
            <LabIntroduction words={words} />
          )}
        </div>
        <PreviousRuns
          experiment={description.id}
          params={run?.params ?? setUp.settled}
          currentId={record?.id ?? null}
          isGoing={isGoing}
        />
      </div>
    </div>
  )
}

/** On a phone the report begins below the form; on a wide screen it stands beside it and nothing has to move. */
const bringIntoView = (element: HTMLElement | null): void => {
  const top = element?.getBoundingClientRect().top ?? 0
  if (top < 0 || top > window.innerHeight / 2) element?.scrollIntoView({ block: 'start' })
}

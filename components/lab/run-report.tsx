/**
 * Everything about one run, the same while it goes on and years later: what came out, charts, timeline, samples, exports, the
 * machine. Every part has its place from the start, so nothing moves when a result arrives.
 */
'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useMemo } from 'react'
import { useRunDetails } from '../../lib/client/use-run.ts'
import type { Comparison } from '../../lib/contract/comparison.ts'
import type { Run, RunSummary } from '../../lib/contract/run.ts'
import { hasEnded } from '../../lib/contract/run-status.ts'
import { LazyTimeline } from '../charts/timeline/lazy-timeline.tsx'
import type { ExperimentView } from '../experiments/experiment-view.ts'
import { Panel } from '../ui/panel.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import type { ExperimentWords } from './experiment-words.ts'
import { MachineNote } from './machine-note.tsx'
import { RunExports } from './run-exports.tsx'
import { RunOutcome } from './run-outcome.tsx'
import { SamplesTable } from './samples-table.tsx'
import { useHeadline } from './use-headline.ts'

export interface RunReportProps {
  run: Run
  /** As the server knows it; a run that ends while it is shown finds its own. */
  headline: RunSummary['headline']
  words: ExperimentWords
  view: ExperimentView | null
  /** Where another run can be started. */
  onPredictNext?: () => void
  /** Between the charts and what they were drawn from. */
  children?: ReactNode
}

export function RunReport({ run, headline: given, words, view, onPredictNext, children }: RunReportProps) {
  const t = useTranslations('lab')
  const { trace, samples, connection } = useRunDetails(run.id)
  const live = !hasEnded(run.status)
  const headline = useHeadline(run, view, given)
  const soFar = useMemo(
    () => (live && view ? (view.headlineSoFar?.(samples, run.params) ?? null) : null),
    [live, view, samples, run.params],
  )
  const markers = useMemo(
    () =>
      run.result && view?.markers
        ? view.markers(run.result).map(({ atUs, code }) => ({ at: atUs, label: words.marker(code) }))
        : undefined,
    [run.result, view, words],
  )
  const roundUnit = view?.roundUnit ?? 'round'
  // Until the stream has told what an ended run left, room is kept for all of it.
  const mayHaveMore = live || connection !== 'ended'
  const hasMeasured = mayHaveMore || run.result !== null || samples.length > 0
  const hasTrace = mayHaveMore || trace.lanes.length > 0
  return (
    <article className="flex min-w-0 flex-col gap-6 print:[&>*]:break-inside-avoid" aria-label={t('report')}>
      <RunOutcome
        run={run}
        connection={connection}
        headline={headline ?? soFar}
        words={words}
        view={view}
        onPredictNext={live ? undefined : onPredictNext}
      />
      {hasMeasured &&
        (view ? (
          <view.Charts params={run.params} result={run.result} samples={samples} trace={trace} status={run.status} />
        ) : (
          <Skeleton className="h-96 rounded-lg" />
        ))}
      {children}
      {hasTrace && (
        <div className="min-w-0 rounded-lg border border-line bg-raised px-4 py-4 sm:px-6 sm:py-5">
          <LazyTimeline trace={trace} live={live} groupLabel={words.key} markers={markers} roundUnit={roundUnit} />
        </div>
      )}
      <RunExports run={run} words={words} />
      {!live && samples.some(({ round }) => round !== samples[0]?.round) && (
        <Panel
          id="samples"
          title={t('samples.title', { unit: roundUnit })}
          description={t('samples.about', { unit: roundUnit })}
        >
          <SamplesTable samples={samples} order={orderOf(run)} words={words} unit={roundUnit} />
        </Panel>
      )}
      <MachineNote run={run} />
    </article>
  )
}

const orderOf = (run: Run): string[] =>
  ((run.result?.comparison as Comparison | undefined)?.entries ?? []).map((entry) => entry.key)

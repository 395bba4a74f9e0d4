/** What an experiment shows: the charts of its result, live and afterwards, and what the browser works out of it by itself. */
import type { ComponentType } from 'react'
import type { Finding } from '../../lib/contract/comparison.ts'
import type { Sample } from '../../lib/contract/run-event.ts'
import type { RunStatus } from '../../lib/contract/run-status.ts'
import type { Trace } from '../../lib/contract/trace.ts'
import type { Question } from '../../lib/experiments/experiment.ts'
import type { RoundUnit } from '../charts/timeline/lane-names.ts'

export interface ChartsProps<Params, Result> {
  params: Params
  /** null until the run has succeeded; what is known before that stands in `samples` and `trace`. */
  result: Result | null
  samples: readonly Sample[]
  trace: Trace
  status: RunStatus
}

export interface ExperimentView<Params = Record<string, unknown>, Result = Record<string, unknown>> {
  Charts: ComponentType<ChartsProps<Params, Result>>
  questions: readonly Question<Params, Result>[]
  headline(result: Result, params: Params): Finding | null
  /** What can be said while the run goes on. */
  headlineSoFar?(samples: readonly Sample[], params: Params): Finding | null
  /** What it calls one of its repetitions, where that is no round. */
  roundUnit?: RoundUnit
  /** Moments of the run that the timeline names; messages `experiments.<id>.markers.<code>`. */
  markers?(result: Result): readonly { atUs: number; code: string }[]
}

/** The view of one experiment among all: its result and parameters were checked against its schemas by the server. */
export const defineView = <Params extends Record<string, unknown>, Result extends Record<string, unknown>>(
  view: ExperimentView<Params, Result>,
): ExperimentView => view as object as ExperimentView

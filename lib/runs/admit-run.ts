/** Whether a run may be started as it is asked for: what it would be, or the first reason why not, with the field where there is one. */
import { type Outcome, succeed } from '../contract/failure.ts'
import { refuseFields } from '../contract/parse-input.ts'
import type { Machine, Prediction, StartRun } from '../contract/run.ts'
import type { AbsentServices } from '../contract/service.ts'
import type { Experiment } from '../experiments/experiment.ts'
import { refuseEmulated, refuseUnavailable } from '../experiments/unavailable-choices.ts'
import type { MovieApiSettings } from '../movies/settings.ts'
import { checkPrediction } from './check-prediction.ts'
import { type KnownExperiments, readSetUp } from './read-set-up.ts'
import { budgetOf, type RunBudget } from './run-budget.ts'

export interface Admission {
  machine: Machine
  experiments: KnownExperiments
  movieApiMode: MovieApiSettings['mode']
  /** Which optional servers are not there; left out, all are. */
  absentServices?: () => AbsentServices
}

export interface AdmittedRun {
  experiment: Experiment
  params: Record<string, unknown>
  prediction: Prediction | null
  budget: RunBudget
}

export const admitRun = (
  { machine, experiments, movieApiMode, absentServices }: Admission,
  request: StartRun,
): Outcome<AdmittedRun> => {
  const setUp = readSetUp(experiments, machine, request)
  if (!setUp.ok) return setUp
  const { experiment, params } = setUp.value
  const refused = experiment.check?.(params, machine) ?? []
  if (refused.length > 0) return refuseFields(refused.map((error) => ({ ...error, path: `params.${error.path}` })))
  const unavailable = refuseUnavailable(experiment, params, absentServices?.() ?? {})
  unavailable.push(...refuseEmulated(experiment, params, movieApiMode))
  if (unavailable.length > 0) return refuseFields(unavailable)
  const prediction = checkPrediction(experiment, params, request.prediction ?? null)
  if (!prediction.ok) return prediction
  const budget = budgetOf(experiment, params, machine)
  if (!budget.ok) return budget
  return succeed({ experiment, params, prediction: prediction.value, budget: budget.value })
}

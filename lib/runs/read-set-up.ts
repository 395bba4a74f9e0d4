/** What a request asks to run, checked against its experiment and filled from the defaults, those of this machine included. */
import { type Outcome, succeed } from '../contract/failure.ts'
import { parseInput, refuseFields } from '../contract/parse-input.ts'
import type { Machine, StartRun } from '../contract/run.ts'
import type { Experiment } from '../experiments/experiment.ts'

export interface KnownExperiments {
  ids: readonly string[]
  find(id: string): Experiment | null
}

export interface ReadSetUp {
  experiment: Experiment
  params: Record<string, unknown>
}

export const readSetUp = (
  { ids, find }: KnownExperiments,
  machine: Machine,
  request: Pick<StartRun, 'experiment' | 'params'>,
): Outcome<ReadSetUp> => {
  const experiment = find(request.experiment)
  if (experiment === null) {
    return refuseFields([
      { path: 'experiment', message: `accepted are ${ids.join(', ')}; got "${request.experiment.slice(0, 64)}"` },
    ])
  }
  const parsed = parseInput(request.params ?? {}, experiment.params, 'params')
  if (!parsed.ok) return parsed
  return succeed({ experiment, params: experiment.resolve?.(parsed.value, machine) ?? parsed.value })
}

/** An experiment's definition as data: what its form is drawn from and what a run of it may be asked, on this machine. */
import { z } from 'zod'
import type { ExperimentDescription } from '../contract/experiment-description.ts'
import type { Machine } from '../contract/run.ts'
import type { AbsentServices } from '../contract/service.ts'
import type { Experiment } from './experiment.ts'
import { isComparable } from './registry.ts'
import { unavailableChoices } from './unavailable-choices.ts'

export const describeExperiment = (
  experiment: Experiment,
  machine: Machine,
  absent: AbsentServices = {},
): ExperimentDescription => {
  const parsed = experiment.params.parse({})
  const defaults = experiment.resolve?.(parsed, machine) ?? parsed
  return {
    id: experiment.id,
    listed: experiment.listed !== false,
    comparable: isComparable(experiment.id),
    // As input: what may be sent, where parameters with a default may be left out.
    // Copied, because zod hangs methods on it that can't go to the browser.
    params: { ...z.toJSONSchema(experiment.params, { io: 'input' }) },
    defaults,
    presets: experiment.presets.map(({ id, params }) => ({ id, params })),
    commands: [...experiment.commands],
    unavailable: unavailableChoices(experiment, absent),
    questions: experiment.questions.map(({ id, kind, options }) => ({ id, kind, options: [...options(defaults)] })),
  }
}

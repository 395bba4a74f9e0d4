/** A run for a page of it: its record, and the finding that stands for its result in a title or a shared link. */
import type { Run, RunSummary } from '../contract/run.ts'
import { findExperiment } from '../experiments/registry.ts'
import { currentServer } from './current-server.ts'

export interface ReadRun {
  run: Run
  headline: RunSummary['headline']
}

/** null where there is no such run. */
export const readRun = (id: string): ReadRun | null => {
  const run = currentServer().runs.get(id)
  return run && { run, headline: headlineOf(run) }
}

const headlineOf = (run: Run): RunSummary['headline'] => {
  const experiment = findExperiment(run.experiment)
  // A run of an older version may have a result of another shape.
  const result = experiment?.result.safeParse(run.result)
  return experiment && result?.success ? experiment.headline(result.data, run.params) : null
}

/** What was measured last, for the pages that show it at a glance. */
import type { Run, RunSummary } from '../contract/run.ts'
import { currentServer } from './current-server.ts'

export interface LastRun {
  run: Run
  headline: RunSummary['headline']
}

/** How far back a run is looked for that `accepts` takes. */
const LOOK_BACK = 20

/** The last run of the experiment that succeeded, with its result; null before the first, or where none of the last ones will do. */
export const lastRun = (experiment: string, accepts: (run: RunSummary) => boolean = () => true): LastRun | null => {
  const { runs } = currentServer()
  const last = runs.list({ experiment, status: 'succeeded', limit: LOOK_BACK }).runs.find(accepts)
  const run = last && runs.get(last.id)
  return run ? { run, headline: last.headline } : null
}

/** Newest first. */
export const latestRuns = (limit: number): readonly RunSummary[] => currentServer().runs.list({ limit }).runs

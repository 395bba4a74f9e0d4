/** What was measured last, for the pages that show it at a glance. */
import type { Run, RunSummary } from '../contract/run.ts'
import { currentServer } from './current-server.ts'

/** The last run of the experiment that succeeded, with its result; null before the first. */
export const lastResult = (experiment: string): Run | null => {
  const { runs } = currentServer()
  const [last] = runs.list({ experiment, status: 'succeeded', limit: 1 }).runs
  return last ? runs.get(last.id) : null
}

/** Newest first. */
export const latestRuns = (limit: number): readonly RunSummary[] => currentServer().runs.list({ limit }).runs

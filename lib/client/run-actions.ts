/** What can be done to runs, as requests whose answers are values. */
import type { Prediction, Run } from '../contract/run.ts'
import { type ApiAnswer, callApi } from './api.ts'
import { browserStorage } from './browser-storage.ts'
import { rememberOwnRun } from './own-runs.ts'
import type { ParamValues } from './param-fields.ts'

/** A run that was accepted is remembered as this browser's own. */
export const startRun = async (
  experiment: string,
  params: ParamValues,
  prediction: Prediction | null,
): Promise<ApiAnswer<Run>> => {
  const answer = await callApi<Run>('/api/runs', { method: 'POST', body: { experiment, params, prediction } })
  if (answer.data) rememberOwnRun(browserStorage(), answer.data.id)
  return answer
}

/** Accepted is not yet done: the run's events tell what became of it. */
export const sendCommand = (runId: string, command: string): Promise<ApiAnswer<undefined>> =>
  callApi<undefined>(`${runPath(runId)}/commands`, { method: 'POST', body: { command } })

/** Goes through although the page is being left. */
export const deleteRun = (runId: string): Promise<ApiAnswer<undefined>> =>
  callApi<undefined>(runPath(runId), { method: 'DELETE', keepalive: true })

export const tracePath = (runId: string): string => `${runPath(runId)}/trace`
export const csvPath = (runId: string): string => `${runPath(runId)}/csv`

export const runPath = (runId: string): string => `/api/runs/${encodeURIComponent(runId)}`

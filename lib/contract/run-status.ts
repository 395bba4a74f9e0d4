/** The states of a run and which of them are final. Without zod, so that the browser can ask too. */

export const RUN_STATUSES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const
export type RunStatus = (typeof RUN_STATUSES)[number]

export const hasEnded = (status: RunStatus): boolean => status !== 'queued' && status !== 'running'

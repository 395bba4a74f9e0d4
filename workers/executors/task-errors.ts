/** The failures of calls that the executor itself declares: cancelled, refused, or lost with their worker. */
import type { TaskError } from './executor.ts'
import type { RemoteError } from './protocol.ts'

export const CANCELLED: TaskError = {
  code: 'cancelled',
  name: 'AbortError',
  message: 'the task was cancelled',
  stack: null,
}

export const SHUT_DOWN: TaskError = {
  code: 'shut-down',
  name: 'ShutDown',
  message: 'the executor has been shut down',
  stack: null,
}

export const workersCannotStart = (reason: string): TaskError => ({
  code: 'worker-died',
  name: 'WorkerDied',
  message: `no worker could be started: ${reason}`,
  stack: null,
})

/** @param stopping the executor ended it, since a task in it went on after its cancellation */
export const workerDied = (stopping: boolean, reason: string, cause: RemoteError | null): TaskError => ({
  code: 'worker-died',
  name: 'WorkerDied',
  message: stopping
    ? `the worker was ended, because another task in it did not heed its cancellation: ${reason}`
    : `the worker died while it executed this task: ${reason}`,
  stack: cause?.stack ?? null,
})

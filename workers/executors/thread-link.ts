/** Starts and holds one worker thread. */
import { Worker } from 'node:worker_threads'
import { workerEnvironment } from './compile-cache.ts'
import type { FromWorker } from './protocol.ts'
import { remoteError } from './protocol.ts'
import type { SharedBatchHandout } from './shared-batch.ts'
import type { WorkerSettings } from './task-loop.ts'
import type { LinkListener, WorkerLink } from './worker-link.ts'
import { workerProgram } from './worker-program.ts'

const PROGRAM = new URL('./thread-worker.ts', import.meta.url)

export const startThread = (settings: WorkerSettings, listener: LinkListener): WorkerLink<SharedBatchHandout[]> => {
  const worker = new Worker(workerProgram(PROGRAM), {
    workerData: settings,
    env: workerEnvironment(),
    name: `worker ${settings.worker + 1}`,
  })
  worker.on('message', (message: FromWorker) => listener.message(message))
  worker.on('error', (error) => listener.message({ type: 'dying', ...remoteError(error) }))
  // What it sent can't be read: its results are lost, so it ends like one that died.
  worker.on('messageerror', () => void worker.terminate())
  worker.on('exit', (code) => listener.ended(`its thread ended with exit code ${code}`))
  return {
    send: (message) => worker.postMessage(message),
    stop: () => void worker.terminate(),
  }
}

/** The program of a worker thread: a task loop whose news come by the thread's port and whose calls lie in shared memory. */
import { parentPort, threadId, workerData } from 'node:worker_threads'
import type { ToWorker } from './protocol.ts'
import type { SharedBatchHandout } from './shared-batch.ts'
import { SharedClaims } from './shared-claims.ts'
import { TaskLoop, type WorkerSettings } from './task-loop.ts'

if (parentPort === null) throw new Error('thread-worker.ts is started by a thread pool, as a worker thread')
const port = parentPort

// Trusted: written by thread-link.ts.
const loop = new TaskLoop(workerData as WorkerSettings, new SharedClaims(), (message) => port.postMessage(message))

// Also after process.exit() inside a task and after an error nobody caught.
process.on('exit', () => loop.handOver())

port.on('message', (message: ToWorker<SharedBatchHandout[]>) => {
  void loop.receive(message).then((goesOn) => {
    if (!goesOn) process.exit(0)
  })
})
loop.ready(process.pid, threadId)

/** The program of a worker process: a task loop whose news come by the IPC channel and whose calls lie in a shared file. */
import { LogClaims } from './log-claims.ts'
import { type FromWorker, remoteError, type ToWorker } from './protocol.ts'
import { TaskLoop, type WorkerSettings } from './task-loop.ts'

const send = process.send?.bind(process)
const settingsJson = process.argv[2]
if (send === undefined || settingsJson === undefined) {
  throw new Error('process-worker.ts is started by a process pool, with an IPC channel and settings')
}

// Trusted: written by process-link.ts. JSON has no BigInt.
const settings = JSON.parse(settingsJson) as Omit<WorkerSettings, 'originNs'> & { originNs: string }
const post = (message: FromWorker): void => {
  // A pool that is gone makes its workers end by 'disconnect'; until then there is nobody to tell.
  if (process.connected) send(message)
}
const loop = new TaskLoop({ ...settings, originNs: BigInt(settings.originNs) }, new LogClaims(), post)

// Also after process.exit() inside a task: the channel is a socket, so what fits its buffer goes out at once.
process.on('exit', () => loop.handOver())
process.on('uncaughtException', (error) => {
  post({ type: 'dying', ...remoteError(error) })
  process.exit(1)
})
process.on('disconnect', () => process.exit(0))
// Ctrl-C reaches the whole group: the pool's own process decides what happens, and its end ends this one.
process.on('SIGINT', () => undefined)

process.on('message', (message: ToWorker<null>) => {
  void loop.receive(message).then((goesOn) => {
    if (!goesOn) process.exit(0)
  })
})
loop.ready(process.pid, 0)

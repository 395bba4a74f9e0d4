/** Starts and holds one worker process. It is asked to end by SIGTERM, and made to by SIGKILL two seconds later. */
import { fork, type Serializable } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { workerEnvironment } from './compile-cache.ts'
import type { FileBoard } from './file-board.ts'
import { DATA_DESCRIPTOR, LOG_DESCRIPTOR } from './log-file.ts'
import { type FromWorker, remoteError } from './protocol.ts'
import type { WorkerSettings } from './task-loop.ts'
import type { LinkListener, WorkerLink } from './worker-link.ts'
import { workerProgram } from './worker-program.ts'

const PROGRAM = new URL('./process-worker.ts', import.meta.url)
const KILL_AFTER_MS = 2000

export const startProcess = (settings: WorkerSettings, board: FileBoard, listener: LinkListener): WorkerLink<null> => {
  const stdio: ('ignore' | 'inherit' | 'ipc' | number)[] = ['ignore', 'inherit', 'inherit', 'ipc']
  stdio[LOG_DESCRIPTOR] = board.log.descriptor
  stdio[DATA_DESCRIPTOR] = board.data.descriptor
  const settingsJson = JSON.stringify({ ...settings, originNs: settings.originNs.toString() })
  const child = fork(/* turbopackIgnore: true */ fileURLToPath(workerProgram(PROGRAM)), [settingsJson], {
    serialization: 'advanced',
    env: workerEnvironment(),
    // The caller's own (--input-type, --inspect, --eval) are about the caller's program; NODE_OPTIONS reaches the worker anyway.
    execArgv: [],
    stdio,
  })
  let killTimer: NodeJS.Timeout | undefined
  let how: string | null = null
  let open = true
  // Its last messages may arrive after its end: it is gone when it has ended and its channel is empty.
  const endedIfBoth = (): void => {
    if (how !== null && !open) listener.ended(how)
  }
  child.on('message', (message) => listener.message(message as FromWorker))
  child.on('disconnect', () => {
    open = false
    endedIfBoth()
  })
  child.on('exit', (code, signal) => {
    clearTimeout(killTimer)
    how = signal ? `its process was ended by ${signal}` : `its process ended with exit code ${code}`
    endedIfBoth()
  })
  child.on('error', (error) => {
    listener.message({ type: 'dying', ...remoteError(error) })
    // It could not even be started: there will be neither 'exit' nor 'disconnect'.
    if (child.pid === undefined) listener.ended('its process could not be started')
  })
  return {
    send: (message) => {
      // A channel that is closing has its 'exit' under way, which says what became of the work.
      if (child.connected) child.send(message as Serializable, () => undefined)
    },
    stop: () => {
      child.kill('SIGTERM')
      killTimer ??= setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS)
    },
  }
}

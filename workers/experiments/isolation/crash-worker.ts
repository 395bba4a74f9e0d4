/**
 * A worker, as a thread or as a process, that answers while it lives, and dies in the way it is told to. Node refuses
 * process.abort() in a thread, because it would end all of them; a fault in native code asks nobody, so there the thread does what
 * abort() does: it raises SIGABRT.
 */
import { isMainThread, parentPort } from 'node:worker_threads'
import type { Crash } from '#lib/experiments/isolation-kinds.ts'

export const EXIT_CODE = 7

const die: Record<Crash, () => void> = {
  none: () => undefined,
  throw: () => {
    throw new Error('thrown by a worker, and caught by nobody')
  },
  exit: () => process.exit(EXIT_CODE),
  abort: () => {
    if (isMainThread) process.abort()
    process.kill(process.pid, 'SIGABRT')
  },
}

export type ToCrashWorker = { type: 'ping' } | { type: 'die'; how: Crash }

const receive = (message: ToCrashWorker, answer: (message: string) => void): void => {
  if (message.type === 'die') die[message.how]()
  answer(message.type)
}

if (isMainThread) {
  process.on('message', (message: ToCrashWorker) => receive(message, (answer) => process.send?.(answer)))
  process.on('disconnect', () => process.exit(0))
  process.send?.('ready')
} else {
  parentPort?.on('message', (message: ToCrashWorker) => receive(message, (answer) => parentPort?.postMessage(answer)))
  parentPort?.postMessage('ready')
}

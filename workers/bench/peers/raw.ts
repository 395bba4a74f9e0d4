/** Bare workers without a pool: the baseline, and what one message there and back costs. */
import { fork, type Serializable } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { PrimesArgs } from '../../workloads/primes.ts'

const PROGRAM = new URL('./raw-worker.ts', import.meta.url)

export interface RawWorker extends AsyncDisposable {
  /** Executes the list in one go. */
  execute(list: readonly PrimesArgs[]): Promise<void>
}

export const rawThread = (): RawWorker => {
  const worker = new Worker(PROGRAM)
  return {
    execute: async (list) => {
      worker.postMessage(list)
      await once(worker, 'message')
    },
    [Symbol.asyncDispose]: async () => {
      await worker.terminate()
    },
  }
}

export const rawProcess = (): RawWorker => {
  const child = fork(fileURLToPath(PROGRAM), { serialization: 'advanced', execArgv: [] })
  return {
    execute: async (list) => {
      child.send(list as unknown[] as Serializable)
      await once(child, 'message')
    },
    [Symbol.asyncDispose]: async () => {
      const exited = once(child, 'exit')
      child.kill()
      await exited
    },
  }
}

const ECHO = `const { parentPort } = require('node:worker_threads'); parentPort.on('message', (message) => parentPort.postMessage(message))`

/** `count` messages to a thread and back, each sent when the one before it has returned. */
export const rawRoundTrips = async (worker: Worker, count: number): Promise<void> => {
  const done = Promise.withResolvers<void>()
  let returned = 0
  const onMessage = (): void => {
    if (++returned === count) done.resolve()
    else worker.postMessage(null)
  }
  worker.on('message', onMessage)
  worker.postMessage(null)
  await done.promise
  worker.off('message', onMessage)
}

export const echoThread = (): Worker => new Worker(ECHO, { eval: true })

/**
 * The process that is put at risk: it starts workers, tells the first to die, and then asks the others whether they are alive.
 * It tells what it learns at once, because it may not live to tell it later.
 */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Crash } from '#lib/experiments/isolation-kinds.ts'
import { workerEnvironment } from '../../executors/compile-cache.ts'
import { createRunClock } from '../../measuring/run-clock.ts'
import type { ToCrashWorker } from './crash-worker.ts'

/** Moments on the run's clock; workers count from 1. */
export type FromCrashHost =
  | { type: 'started'; worker: number; startUs: number; readyUs: number }
  | { type: 'told'; atUs: number }
  | { type: 'died'; worker: number; atUs: number; code: number | null; signal: string | null; error: string | null }
  | { type: 'answered'; worker: number; atUs: number }
  | { type: 'done'; atUs: number }

const PROGRAM = new URL('./crash-worker.ts', import.meta.url)

const [kind, workers, crash, originNs] = process.argv.slice(2) as ['threads' | 'processes', string, Crash, string]
const { nowUs } = createRunClock(BigInt(originNs))
const tell = (message: FromCrashHost): void => void process.send?.(message)

process.on('disconnect', () => process.exit(0))

interface Started {
  send(message: ToCrashWorker): void
  /** Resolves with the next message, or null when it has died. */
  next(): Promise<string | null>
  died: Promise<void>
  kill(): void
}

/** Nothing that dies from here on is news. */
let isOver = false

const start = (worker: number): Started => {
  const startUs = nowUs()
  let waiting: (message: string | null) => void = () => undefined
  let isDead = false
  let error: string | null = null
  const { promise: died, resolve: hasDied } = Promise.withResolvers<void>()
  const receive = (message: string): void => {
    if (message === 'ready') tell({ type: 'started', worker, startUs, readyUs: nowUs() })
    waiting(message)
  }
  const end = (code: number | null, signal: string | null): void => {
    isDead = true
    if (!isOver) tell({ type: 'died', worker, atUs: nowUs(), code, signal, error })
    waiting(null)
    hasDied()
  }
  const next = (): Promise<string | null> =>
    new Promise((resolve) => {
      if (isDead) resolve(null)
      else waiting = resolve
    })
  if (kind === 'threads') {
    const thread = new Worker(PROGRAM, { env: workerEnvironment() })
    thread.on('message', receive)
    // Without a listener the error of a thread would be an uncaught one here, and end the host.
    thread.on('error', (thrown) => {
      error = thrown instanceof Error ? thrown.message : String(thrown)
    })
    thread.on('exit', (code) => end(code, null))
    return { send: (message) => thread.postMessage(message), next, died, kill: () => void thread.terminate() }
  }
  const child = fork(fileURLToPath(PROGRAM), [], {
    env: workerEnvironment(),
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  child.on('message', (message) => receive(String(message)))
  child.on('exit', end)
  // One that could not be started, or is gone: 'exit' or the missing answer says so.
  child.on('error', (failure) => {
    error = failure.message
    if (child.pid === undefined) end(null, null)
  })
  return {
    send: (message) => void child.send(message, () => undefined),
    next,
    died,
    kill: () => void child.kill('SIGKILL'),
  }
}

const started = Array.from({ length: Number(workers) }, (_, i) => start(i + 1))
await Promise.all(started.map((one) => one.next()))

const [victim] = started
tell({ type: 'told', atUs: nowUs() })
if (victim && crash !== 'none') {
  victim.send({ type: 'die', how: crash })
  await victim.died
}
for (const [i, one] of started.entries()) {
  const answer = one.next()
  if (one === victim && crash !== 'none') continue
  one.send({ type: 'ping' })
  if ((await answer) !== null) tell({ type: 'answered', worker: i + 1, atUs: nowUs() })
}
const doneUs = nowUs()
isOver = true
for (const one of started) one.kill()
await Promise.all(started.map((one) => one.died))
// With the last message on its way: leaving before would cut it off.
process.send?.({ type: 'done', atUs: doneUs } satisfies FromCrashHost, undefined, {}, () => process.exit(0))

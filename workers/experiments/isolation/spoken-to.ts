/** A thread, a forked process or a program that was started and can be asked, one question at a time. */
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { CostKind } from '#lib/experiments/isolation-kinds.ts'
import { workerEnvironment } from '../../executors/compile-cache.ts'

export interface SpokenTo {
  /** Null for a thread: it is part of this process. */
  readonly pid: number | null
  /** Resolves with its first message; rejects when it ends without one. */
  readonly ready: Promise<string>
  ask(message: string): Promise<string>
  end(): Promise<void>
}

const PROGRAM = new URL('./echo.ts', import.meta.url)

/** Whoever waits for the next message: one at a time, as questions are asked one at a time. */
class NextMessage {
  #resolve: (message: string) => void = () => undefined
  #reject: (reason: Error) => void = () => undefined

  wait(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  readonly take = (message: string): void => this.#resolve(message)
  readonly fail = (reason: Error): void => this.#reject(reason)
}

const ofChild = (child: ChildProcess, next: NextMessage, send: (message: string) => void): SpokenTo => {
  const ready = next.wait()
  const ended = new Promise<void>((resolve) => {
    child.on('error', (error) => {
      next.fail(error)
      if (child.pid === undefined) resolve()
    })
    child.on('exit', (code, signal) => {
      next.fail(new Error(`it ended by ${signal ?? `exit code ${code}`}`))
      resolve()
    })
  })
  return {
    pid: child.pid ?? null,
    ready,
    ask: (message) => {
      const answer = next.wait()
      send(message)
      return answer
    },
    end: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

const startThread = (): SpokenTo => {
  const next = new NextMessage()
  const worker = new Worker(PROGRAM, { env: workerEnvironment() })
  const ready = next.wait()
  worker.on('message', next.take)
  worker.on('error', (error) => next.fail(error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', (code) => next.fail(new Error(`it ended by exit code ${code}`)))
  return {
    pid: null,
    ready,
    ask: (message) => {
      const answer = next.wait()
      worker.postMessage(message)
      return answer
    },
    end: async () => {
      const ended = once(worker, 'exit')
      await worker.terminate()
      await ended
    },
  }
}

const startFork = (): SpokenTo => {
  const next = new NextMessage()
  const child = fork(fileURLToPath(PROGRAM), [], {
    env: workerEnvironment(),
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  child.on('message', (message) => next.take(String(message)))
  return ofChild(child, next, (message) => void child.send(message))
}

const startProgram = (): SpokenTo => {
  const next = new NextMessage()
  const child = spawn(process.execPath, [fileURLToPath(PROGRAM)], {
    env: workerEnvironment(),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdout.setEncoding('latin1')
  let rest = ''
  child.stdout.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) next.take(line)
  })
  // Written to after its end: 'exit' says what there is to say.
  child.stdin.on('error', () => undefined)
  return ofChild(child, next, (message) => void child.stdin.write(`${message}\n`))
}

const START: Record<CostKind, () => SpokenTo> = { threads: startThread, processes: startFork, exec: startProgram }

export const startSpokenTo = (kind: CostKind): SpokenTo => START[kind]()

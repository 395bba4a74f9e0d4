/** What the contract suite has executed: well-behaved tasks, and every way in which a task can be a nuisance. */
import { appendFileSync, existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { defineTask, type TaskContext } from './executor.ts'

const HERE = import.meta.url

export const square = (n: number): number => n * n
export const squareTask = defineTask<number, number>(HERE, 'square')

export const echo = (value: unknown): unknown => value
export const echoTask = defineTask<unknown, unknown>(HERE, 'echo')

/** Its last byte, so that the whole way of the argument is checked; gives back as many bytes. */
export const mirror = (bytes: Uint8Array): Uint8Array => bytes.toReversed()
export const mirrorTask = defineTask<Uint8Array, Uint8Array>(HERE, 'mirror')

export const failing = (message: string): never => {
  throw new RangeError(message)
}
export const failingTask = defineTask<string, never>(HERE, 'failing')

export const rejecting = async (message: string): Promise<never> => {
  await Promise.resolve()
  throw new RangeError(message)
}
export const rejectingTask = defineTask<string, never>(HERE, 'rejecting')

export const throwsText = (text: string): never => {
  throw text
}
export const throwsTextTask = defineTask<string, never>(HERE, 'throwsText')

export const uncloneable = (): unknown => () => 'a function stays where it is'
export const uncloneableTask = defineTask<null, unknown>(HERE, 'uncloneable')

/** Gates are words in shared memory for threads, and files for processes: `reached` is a file that exists when it runs. */
export interface Loop {
  reached: string
}

export const politeLoop = ({ reached }: Loop, context: TaskContext): string => {
  appendFileSync(reached, 'x')
  while (!context.cancelled()) Atomics.pause()
  return 'saw that it was cancelled'
}
export const politeLoopTask = defineTask<Loop, string>(HERE, 'politeLoop')

export const stubbornLoop = ({ reached }: Loop): never => {
  appendFileSync(reached, 'x')
  for (;;) Atomics.pause()
}
export const stubbornLoopTask = defineTask<Loop, never>(HERE, 'stubbornLoop')

/** Waits for a day, unless its signal says otherwise. */
export const waiting = async ({ reached }: Loop, { signal }: TaskContext): Promise<void> => {
  appendFileSync(reached, 'x')
  await sleep(86_400_000, undefined, { signal })
}
export const waitingTask = defineTask<Loop, void>(HERE, 'waiting')

export const exiting = (code: number): never => process.exit(code)
export const exitingTask = defineTask<number, never>(HERE, 'exiting')

/** Throws where no task's promise can catch it. */
export const throwingLater = (message: string): Promise<never> =>
  new Promise(() => {
    setImmediate(() => {
      throw new RangeError(message)
    })
  })
export const throwingLaterTask = defineTask<string, never>(HERE, 'throwingLater')

export const note = ({ file, text }: { file: string; text: string }): void => appendFileSync(file, text)
export const noteTask = defineTask<{ file: string; text: string }, void>(HERE, 'note')

export const worker = (_: unknown, context: TaskContext): number => context.worker
export const workerTask = defineTask<unknown, number>(HERE, 'worker')

/** Adds to shared memory. */
export const addShared = (counters: Int32Array): number => Atomics.add(counters, 0, 1)
export const addSharedTask = defineTask<Int32Array, number>(HERE, 'addShared')

export const withSpans = (count: number, context: TaskContext): number => {
  const from = context.nowUs()
  for (let i = 0; i < count; i++) context.span('step', i % 2 === 0 ? 'cpu' : 'wait', from + i, from + i + 1)
  return count
}
export const withSpansTask = defineTask<number, number>(HERE, 'withSpans')

/** Keeps a resource that notes its end in a file. */
export const withResource = (file: string, context: TaskContext): number => {
  const kept = context.resource('contract-tasks', () => ({
    uses: 0,
    [Symbol.dispose]: () => appendFileSync(file, 'd'),
  }))
  kept.uses++
  return kept.uses
}
export const withResourceTask = defineTask<string, number>(HERE, 'withResource')

export const pause = (ms: number): Promise<number> => sleep(ms, ms)
export const pauseTask = defineTask<number, number>(HERE, 'pause')

export const spin = (us: number, context: TaskContext): number => {
  const until = context.nowUs() + us
  let turns = 0
  while (context.nowUs() < until) turns++
  return turns
}
export const spinTask = defineTask<number, number>(HERE, 'spin')

/** Runs until a file is there, unless its signal says otherwise. */
export const waitForFile = async (
  { reached, goOn }: { reached: string; goOn: string },
  { signal }: TaskContext,
): Promise<void> => {
  appendFileSync(reached, 'x')
  while (!existsSync(goOn)) await sleep(1, undefined, { signal })
}
export const waitForFileTask = defineTask<{ reached: string; goOn: string }, void>(HERE, 'waitForFile')

/** Leaves no time for a last word. */
export const killingItself = (): boolean => process.kill(process.pid, 'SIGKILL')
export const killingItselfTask = defineTask<null, boolean>(HERE, 'killingItself')

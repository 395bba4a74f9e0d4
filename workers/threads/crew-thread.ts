/** The program of a crew's thread: executes one function after another as it is told, and tells how each ended. */
import { parentPort, threadId, workerData } from 'node:worker_threads'
import { Barrier } from '#lib/primitives/barrier.ts'
import { Cancellation } from '#lib/primitives/cancellation.ts'
import { readThreadUsage, usageBetween } from '../measuring/cpu-time.ts'
import type { CrewThreadSettings, FromCrewThread, RunControl, RunMessage, ThreadError } from './crew-messages.ts'
import { SpanRecorder } from './span-recorder.ts'
import { createThreadClock } from './thread-clock.ts'
import type { ThreadContext, ThreadFunction } from './thread-program.ts'

if (parentPort === null) throw new Error('crew-thread.ts is started by a crew, as a worker thread')
const port = parentPort
// Trusted: written by thread-crew.ts.
const nowUs = createThreadClock((workerData as CrewThreadSettings).originNs)

/** Longer than waking a thread takes, so that all are awake when the moment comes. */
const LEAD_NS = 200_000n

const tell = (message: FromCrewThread): void => port.postMessage(message)

const raise = (moments: BigInt64Array, index: number, atNs: bigint): void => {
  let seen = Atomics.load(moments, index)
  while (seen < atNs) {
    const before = Atomics.compareExchange(moments, index, seen, atNs)
    if (before === seen) return
    seen = before
  }
}

const createStart = (control: RunControl, cancellation: Cancellation): (() => number) => {
  const barrier = new Barrier(undefined, control.barrier)
  let starts = 0
  return () => {
    const slot = starts++ % 2
    raise(control.startNs, slot, process.hrtime.bigint() + LEAD_NS)
    barrier.wait(Number.POSITIVE_INFINITY, { cancellation })
    // Whoever came last has named the latest moment. Waking from the barrier takes each its own time; looking at the clock doesn't.
    const startNs = Atomics.load(control.startNs, slot)
    while (process.hrtime.bigint() < startNs) Atomics.pause()
    return nowUs()
  }
}

const loadFunction = async ({ module, name }: RunMessage): Promise<ThreadFunction<unknown, unknown, unknown>> => {
  const exported: Record<string, unknown> = await import(module)
  const found = exported[name]
  if (typeof found !== 'function') throw new TypeError(`${module} exports no function "${name}"`)
  // What a program names is written beside its types; they can't be checked further at run time.
  return found as ThreadFunction<unknown, unknown, unknown>
}

const errorOf = (thrown: unknown): ThreadError =>
  thrown instanceof Error
    ? { name: String(thrown.name), message: String(thrown.message) }
    : { name: typeof thrown, message: String(thrown) }

const execute = async (message: RunMessage): Promise<void> => {
  const { run, index, threads, shared, args, control } = message
  const cancellation = new Cancellation(control.cancellation)
  const start = createStart(control, cancellation)
  let before = readThreadUsage()
  let started = false
  const context: ThreadContext<unknown, unknown> = {
    index,
    threads,
    shared,
    args,
    cancellation,
    spans: new SpanRecorder(message.spans),
    nowUs,
    startTogether: () => {
      if (!started) before = readThreadUsage()
      started = true
      return start()
    },
  }
  try {
    const value = await (await loadFunction(message))(context)
    const usage = usageBetween(before, readThreadUsage())
    tell({ type: 'ended', run, outcome: { how: 'returned', value }, usage })
  } catch (error) {
    const usage = usageBetween(before, readThreadUsage())
    tell({ type: 'ended', run, outcome: { how: 'threw', error: errorOf(error) }, usage })
  } finally {
    // Whoever still waits for this one to start would wait for ever; where all have started nobody looks at it again.
    new Barrier(undefined, control.barrier).abort()
  }
}

port.on('message', (message: RunMessage) => void execute(message))
tell({ type: 'ready', pid: process.pid, tid: threadId, atUs: nowUs() })

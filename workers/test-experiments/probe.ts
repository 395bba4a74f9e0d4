/** The execution of the tests' experiment: everything a run can do to the server, for real. */
import { fork } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Handler, type RunContext, RunFailure } from '../experiments/run-context.ts'
import type { ProbeParams, ProbeResult } from './registry.ts'

type Context = RunContext<ProbeParams>

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve())
  })

const forever = (): Promise<never> =>
  new Promise(() => {
    setInterval(() => undefined, 60_000) // a promise alone would not keep the process alive
  })

/** Real, resident memory: untouched pages don't count. */
export const fillMemory = (megabytes: number): Buffer[] =>
  Array.from({ length: megabytes }, () => Buffer.alloc(1024 ** 2, 1))

const count = ({ emit, params, clock }: Context): ProbeResult => {
  const group = 'probe'
  emit.lane({ id: 'probe/1', group, kind: 'thread', index: 1, name: 'Probe 1', pid: process.pid, tid: 0 })
  for (let round = 0; round < params.amount; round++) {
    const start = clock.nowUs()
    emit.spans({ spans: [{ lane: 'probe/1', name: `round ${round}`, kind: 'cpu', start, duration: 1, round }] })
    emit.counters([{ id: 'depth', group, name: 'queue-depth', unit: 'messages', times: [start], values: [round] }])
    emit.sample({ key: group, round, elapsedMs: 1, pid: process.pid })
    emit.progress({ done: round + 1, total: params.amount, label: 'rounds', remainingMs: null })
  }
  return { told: params.amount }
}

const act: Record<ProbeParams['behaviour'], (context: Context) => ProbeResult | Promise<ProbeResult>> = {
  count,
  flood: count,
  wait: async (context) => {
    writeFileSync(path.join(context.folder, 'left-behind'), 'by a run')
    count(context)
    await aborted(context.signal)
    return { told: -1 }
  },
  'wait-for-poke': (context) =>
    new Promise((resolve) => {
      context.signal.addEventListener('abort', () => resolve({ told: -1 }))
      context.onCommand('poke', () => resolve({ told: 42 }))
    }),
  'wait-for-pokes': (context) =>
    new Promise((resolve) => {
      let pokes = 0
      context.signal.addEventListener('abort', () => resolve({ told: -1 }))
      context.onCommand('poke', () => {
        pokes++
        if (pokes === context.params.amount) resolve({ told: pokes })
      })
    }),
  'ignore-abort': (context) => {
    process.on('SIGTERM', () => undefined)
    count(context)
    return forever()
  },
  block: () => {
    for (;;);
  },
  exit: ({ movieApi }) => {
    console.error(`the last words, with the key ${movieApi.token} in them`)
    process.exit(7)
  },
  throw: () => {
    throw new TypeError('something that nobody expected')
  },
  fail: ({ movieApi }) => {
    throw new RunFailure('movie-api', `The movie API refused the key ${movieApi.token}.`)
  },
  'fill-memory': (context) => {
    const held = fillMemory(context.params.amount)
    context.emit.sample({ key: 'probe', round: 0, elapsedMs: held.length, pid: process.pid })
    return forever()
  },
  grandchild: async (context) => {
    const child = fork(path.join(import.meta.dirname, 'grandchild.ts'), [String(context.params.amount)])
    await new Promise((ready) => child.once('message', ready))
    context.emit.sample({ key: 'probe', round: 0, elapsedMs: 0, pid: child.pid ?? 0 })
    return forever()
  },
  'bad-event': ({ emit }) => {
    emit.sample({ key: 'probe', round: 0.5, elapsedMs: -1 })
    return { told: 1 }
  },
  'bad-result': () => ({ told: Number.NaN }),
}

export const handler: Handler<ProbeParams, ProbeResult> = async (context) => act[context.params.behaviour](context)

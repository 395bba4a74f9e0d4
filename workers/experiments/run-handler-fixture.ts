/** For tests: executes an experiment's handler as the runner does, keeps what it tells, and sees to it that no thread or process is left. */
import assert from 'node:assert/strict'
import { subscribe } from 'node:diagnostics_channel'
import { availableParallelism } from 'node:os'
import type { Worker } from 'node:worker_threads'
import type { z } from 'zod'
import type { Sample } from '#lib/contract/run-event.ts'
import type { CounterSeries, Lane, Span } from '#lib/contract/trace.ts'
import type { Experiment } from '#lib/experiments/experiment.ts'
import { isRunning } from '#lib/runs/running-process-fixture.ts'
import { createRunClock } from '../measuring/run-clock.ts'
import { silentEmitter } from './derive-emitter.ts'
import type { Handler } from './run-context.ts'

/** Every worker thread that this process has started. One that has ended has the id -1. */
const started: Worker[] = []
subscribe('worker_threads', (message) => {
  const { worker } = message as { worker: Worker }
  started.push(worker)
})

const machine = { cpus: availableParallelism(), model: '', memoryBytes: 1, os: '', node: '' }

export interface Told {
  lanes: Lane[]
  spans: Span[]
  counters: CounterSeries[]
  samples: Sample[]
}

export const runHandler = async <Schema extends z.ZodObject, Result extends object>(
  experiment: Experiment<Schema, Result>,
  handler: Handler<z.output<Schema>, Result>,
  given: z.input<Schema>,
  abortAt: (told: Told) => boolean = () => false,
  { folder = '', movieApiUrl = 'http://127.0.0.1:9/3' }: { folder?: string; movieApiUrl?: string } = {},
): Promise<Told & { result: Result | null; error: unknown; params: z.output<Schema> }> => {
  const parsed = experiment.params.parse(given)
  const params = experiment.resolve?.(parsed, machine) ?? parsed
  assert.deepEqual(experiment.check?.(params, machine) ?? [], [])
  const controller = new AbortController()
  const told: Told = { lanes: [], spans: [], counters: [], samples: [] }
  const heard = (): void => {
    // A turn later, when what was about to begin has begun.
    if (abortAt(told)) setImmediate(() => controller.abort(new Error('cancelled by the test')))
  }
  const before = started.length
  const outcome = await handler({
    runId: 'test',
    params,
    machine,
    clock: createRunClock(),
    emit: {
      ...silentEmitter,
      progress: heard,
      lane: (lane) => told.lanes.push(lane),
      spans: ({ spans }) => told.spans.push(...spans),
      counters: (series) => {
        told.counters.push(...series)
        heard()
      },
      sample: (sample) => {
        told.samples.push(sample)
        heard()
      },
    },
    signal: controller.signal,
    movieApi: { mode: 'embedded', baseUrl: movieApiUrl, token: '', requestsPerSecond: null },
    folder,
    onCommand: () => () => undefined,
  }).then(
    (result) => ({ result: experiment.result.parse(result), error: null }),
    (error: unknown) => ({ result: null, error }),
  )
  assert.equal(started.filter(({ threadId }) => threadId !== -1).length, 0, 'no thread outlives its run')
  const pids = told.lanes.flatMap(({ pid }) => (pid === null || pid === process.pid ? [] : pid))
  assert.ok(started.length > before || pids.length > 0, 'it is done by threads or processes')
  assert.deepEqual(pids.filter(isRunning), [], 'no process outlives its run')
  return { ...outcome, ...told, params }
}

/** A run's context for tests of handlers: real clock, own folder, everything that is told is kept, and it can be cancelled. */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import type { Progress } from '#lib/contract/run.ts'
import type { Sample } from '#lib/contract/run-event.ts'
import type { CounterSeries, Lane, Span } from '#lib/contract/trace.ts'
import { createRunClock } from '../measuring/run-clock.ts'
import { silentEmitter } from './derive-emitter.ts'
import type { RunContext } from './run-context.ts'

export interface RecordedRun<Params> extends Disposable {
  context: RunContext<Params>
  lanes: Lane[]
  spans: Span[]
  counters: CounterSeries[]
  samples: Sample[]
  progress: Progress[]
  cancel(): void
}

/** `onProgress` is called with everything that is told of progress, so that a test can cancel at a moment of the run's own. */
export const recordRun = <Params>(params: Params, onProgress?: (progress: Progress) => void): RecordedRun<Params> => {
  const controller = new AbortController()
  const folder = mkdtempSync(path.join(tmpdir(), 'interleave-handler-'))
  const run: RecordedRun<Params> = {
    lanes: [],
    spans: [],
    counters: [],
    samples: [],
    progress: [],
    cancel: () => controller.abort(new Error('cancelled by the test')),
    context: {
      runId: 'test',
      params,
      machine: { cpus: availableParallelism(), model: '', memoryBytes: 8e9, os: '', node: '' },
      clock: createRunClock(),
      emit: {
        ...silentEmitter,
        progress: (progress) => {
          run.progress.push(progress)
          onProgress?.(progress)
        },
        lane: (lane) => run.lanes.push(lane),
        spans: ({ spans }) => run.spans.push(...spans),
        counters: (series) => run.counters.push(...series),
        sample: (sample) => run.samples.push(sample),
      },
      signal: controller.signal,
      movieApi: { mode: 'embedded', baseUrl: 'http://127.0.0.1:9', token: '', requestsPerSecond: null },
      folder,
      onCommand: () => () => undefined,
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
  return run
}

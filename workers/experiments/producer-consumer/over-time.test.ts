import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Progress } from '#lib/contract/run.ts'
import type { Sample, SpanBatch } from '#lib/contract/run-event.ts'
import type { CounterSeries, Lane } from '#lib/contract/trace.ts'
import type { RunEmitter } from '../run-context.ts'
import { OverTime } from './over-time.ts'

const series = (name: string, times: number[], values: number[]): CounterSeries => ({
  id: `run/${name}`,
  group: 'queue',
  name,
  unit: 'messages',
  times,
  values,
})

/** With its methods on the prototype and a state of its own, as the runner's is. */
class Recording implements RunEmitter {
  readonly #passed: unknown[] = []

  get passed(): unknown[] {
    return this.#passed
  }

  progress(progress: Progress): void {
    this.#passed.push(progress)
  }

  lane(lane: Lane): void {
    this.#passed.push(lane)
  }

  spans(batch: SpanBatch): void {
    this.#passed.push(batch)
  }

  sample(sample: Sample): void {
    this.#passed.push(sample)
  }

  counters(series: CounterSeries[]): void {
    this.#passed.push(series)
  }

  async settled(): Promise<void> {
    this.#passed.push('settled')
  }
}

const listener = () => {
  const recording = new Recording()
  const overTime = new OverTime()
  return { recording, overTime, emit: overTime.listening(recording) }
}

describe('the flow at a glance', () => {
  it('joins the batches of a counter and counts from the first look at the queue', () => {
    const { overTime, emit } = listener()
    emit.counters([series('queue-depth', [5_000, 6_000], [0, 3]), series('rate-in', [4_000, 7_000], [10, 20])])
    emit.counters([series('queue-depth', [8_000], [1])])
    assert.deepEqual(overTime.lines, {
      depth: { atMs: [0, 1, 3], values: [0, 3, 1] },
      in: { atMs: [0, 2], values: [10, 20] },
      out: { atMs: [], values: [] },
    })
  })

  it('hands everything on as it was, in order', () => {
    const { recording, emit } = listener()
    const progress = { done: 1, total: 2, label: 'writing', remainingMs: null }
    const lane = { id: 'a', group: 'g', kind: 'thread', index: 1, name: 'thread 1', pid: 1, tid: 2 } as const
    const spans = { spans: [], omitted: 3 }
    const counters = [series('queue-depth', [1], [1]), series('something-else', [2], [2])]
    const sample = { key: 'run', round: 0, elapsedMs: 5 }
    emit.progress(progress)
    emit.lane(lane)
    emit.spans(spans)
    emit.counters(counters)
    emit.sample(sample)
    assert.deepEqual(recording.passed, [progress, lane, spans, counters, sample])
  })

  it('keeps the deepest moment of a long flow within a few hundred points', () => {
    const { overTime, emit } = listener()
    for (let batch = 0; batch < 50; batch++) {
      const times = Array.from({ length: 200 }, (_, index) => (batch * 200 + index) * 1_000)
      emit.counters([
        series(
          'queue-depth',
          times,
          times.map((us) => (us === 7_777_000 ? 900 : (us / 1_000) % 7)),
        ),
      ])
    }
    const { depth } = overTime.lines
    assert.ok(depth.values.length <= 300, String(depth.values.length))
    assert.equal(Math.max(...depth.values), 900)
  })
})

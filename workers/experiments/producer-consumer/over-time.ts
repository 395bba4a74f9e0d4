/**
 * The flow at a glance: what its counters told, thinned without losing a peak, so that a list or the dashboard can draw it from the
 * result alone. Listens on the way to the emitter and changes nothing of what passes.
 */
import type { CounterSeries } from '#lib/contract/trace.ts'
import type { ProducerConsumerResult } from '#lib/experiments/producer-consumer-result.ts'
import { downsample } from '#lib/trace/downsample.ts'
import { deriveEmitter } from '../derive-emitter.ts'
import type { RunEmitter } from '../run-context.ts'

const POINTS = 240
const LINES = { depth: 'queue-depth', in: 'rate-in', out: 'rate-out' } as const

type Glance = NonNullable<ProducerConsumerResult['overTime']>

export class OverTime {
  readonly #told = new Map<string, { times: number[]; values: number[] }>()

  /** The same emitter; counters are listened to. */
  listening(emit: RunEmitter): RunEmitter {
    return deriveEmitter(emit, {
      counters: (series) => {
        for (const one of series) this.#hear(one)
        emit.counters(series)
      },
    })
  }

  get lines(): Glance {
    // All lines share the moment when the queue was first looked at.
    const [originUs = 0] = this.#told.get(LINES.depth)?.times ?? []
    const line = (name: string): Glance['depth'] => {
      const { times, values } = downsample(this.#told.get(name) ?? { times: [], values: [] }, POINTS)
      return { atMs: times.map((us) => Math.max(0, us - originUs) / 1000), values }
    }
    return { depth: line(LINES.depth), in: line(LINES.in), out: line(LINES.out) }
  }

  #hear({ name, times, values }: CounterSeries): void {
    const told = this.#told.get(name) ?? { times: [], values: [] }
    for (const time of times) told.times.push(time)
    for (const value of values) told.values.push(value)
    this.#told.set(name, told)
  }
}

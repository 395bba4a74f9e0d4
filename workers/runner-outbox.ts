/**
 * What a run tells, on its way to the server: gathered for up to 100 ms, cut into messages of bounded size, sent while the
 * server keeps up. What would need unbounded memory because the server does not keep up is left out and counted.
 * `settled` sends at once and waits for the server. `finish` sends its event after everything that was told before it.
 */
import type { Progress } from '#lib/contract/run.ts'
import type { RunnerEvent, Sample, SpanBatch } from '#lib/contract/run-event.ts'
import { RUNNER_CREDIT } from '#lib/contract/runner-message.ts'
import type { CounterSeries, Flow, Lane, Span } from '#lib/contract/trace.ts'
import type { RunEmitter } from './experiments/run-context.ts'

const FLUSH_MS = 100
/** A server that does not keep up shall not hold a run for longer. */
const SETTLE_MS = 250
const SPANS_PER_MESSAGE = 2_000
const POINTS_PER_MESSAGE = 10_000
const MAX_WAITING_SPANS = 200_000

export class RunnerOutbox implements RunEmitter {
  readonly #send: (event: RunnerEvent) => void
  readonly #flushMs: number
  #timer: NodeJS.Timeout | undefined
  #credit = RUNNER_CREDIT

  #lanes: Lane[] = []
  #spans: Span[] = []
  #flows: Flow[] = []
  #omitted = 0
  #counters = new Map<string, CounterSeries>()
  #samples: Sample[] = []
  #progress: Progress | null = null
  readonly #whenTaken: (() => void)[] = []
  #last: { event: RunnerEvent; sent: () => void } | null = null

  /** `send` must not throw for a lost connection: then the run is being ended anyway. */
  constructor(send: (event: RunnerEvent) => void, options: { flushMs?: number } = {}) {
    this.#send = send
    this.#flushMs = options.flushMs ?? FLUSH_MS
  }

  progress(progress: Progress): void {
    this.#progress = progress // only the newest is of interest
    this.#schedule()
  }

  lane(lane: Lane): void {
    this.#lanes.push(lane)
    this.#schedule()
  }

  spans({ spans, flows = [], omitted = 0 }: SpanBatch): void {
    // A batch is kept whole or not at all: a timeline with holes of unknown places would mislead.
    if (this.#spans.length + spans.length > MAX_WAITING_SPANS) {
      this.#omitted += spans.length + omitted
    } else {
      for (const span of spans) this.#spans.push(span)
      for (const flow of flows) this.#flows.push(flow)
      this.#omitted += omitted
    }
    this.#schedule()
  }

  counters(series: CounterSeries[]): void {
    for (const one of series) {
      const waiting = this.#counters.get(one.id)
      if (waiting === undefined) {
        this.#counters.set(one.id, { ...one, times: [...one.times], values: [...one.values] })
      } else {
        for (const time of one.times) waiting.times.push(time)
        for (const value of one.values) waiting.values.push(value)
      }
    }
    this.#schedule()
  }

  sample(sample: Sample): void {
    this.#samples.push(sample)
    this.#schedule()
  }

  /** Resolves when the server has taken in everything that was told: from then on nobody is busy with it. */
  async settled(): Promise<void> {
    this.#flush()
    if (this.#credit === RUNNER_CREDIT) return
    const taken = Promise.withResolvers<void>()
    this.#whenTaken.push(taken.resolve)
    const impatience = setTimeout(taken.resolve, SETTLE_MS)
    try {
      await taken.promise
    } finally {
      clearTimeout(impatience)
    }
  }

  /** The last event of a run; resolves when it has been handed to `send`. */
  finish(event: RunnerEvent): Promise<void> {
    return new Promise((sent) => {
      this.#last = { event, sent }
      this.#flush()
    })
  }

  /** The server has taken in so many events. */
  taken(events: number): void {
    this.#credit += events
    // Whoever waited for credit has waited long enough.
    if (this.#last !== null || this.#timer === undefined) this.#flush()
    if (this.#credit === RUNNER_CREDIT) for (const resolve of this.#whenTaken.splice(0)) resolve()
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.#flush(), this.#flushMs)
  }

  #flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    while (this.#credit > 0) {
      const event = this.#next()
      if (event === null) return
      this.#credit--
      this.#send(event)
      if (this.#last?.event === event) {
        this.#last.sent()
        this.#last = null
        return
      }
    }
  }

  /** Lanes go before what happened on them. */
  #next(): RunnerEvent | null {
    const lane = this.#lanes.shift()
    if (lane !== undefined) return { type: 'lane', data: lane }
    if (this.#spans.length + this.#flows.length + this.#omitted > 0) return this.#nextSpans()
    const [series] = this.#counters.values()
    if (series !== undefined) return this.#nextCounters(series)
    const sample = this.#samples.shift()
    if (sample !== undefined) return { type: 'sample', data: sample }
    if (this.#progress !== null) {
      const progress = this.#progress
      this.#progress = null
      return { type: 'progress', data: progress }
    }
    return this.#last?.event ?? null
  }

  #nextSpans(): RunnerEvent {
    const data: SpanBatch = { spans: this.#spans.splice(0, SPANS_PER_MESSAGE) }
    if (this.#flows.length > 0) data.flows = this.#flows.splice(0, SPANS_PER_MESSAGE)
    if (this.#omitted > 0) data.omitted = this.#omitted
    this.#omitted = 0
    return { type: 'spans', data }
  }

  #nextCounters(series: CounterSeries): RunnerEvent {
    if (series.times.length <= POINTS_PER_MESSAGE) this.#counters.delete(series.id)
    const times = series.times.splice(0, POINTS_PER_MESSAGE)
    const values = series.values.splice(0, POINTS_PER_MESSAGE)
    return { type: 'counters', data: { series: [{ ...series, times, values }] } }
  }
}

/**
 * The state of a run as the browser holds it, and the pure step from it to the next one. Guarantees: a snapshot equals the
 * replay of the events it stands for, batches may be cut anywhere, an event already seen changes nothing, and a former state
 * is never written to (what didn't change keeps its identity, so that only what changed is drawn again).
 */
import type { Run } from '../contract/run.ts'
import type { RunEvent, Sample } from '../contract/run-event.ts'
import type { CounterSeries, Trace } from '../contract/trace.ts'

/** An event with its number in the run's journal. */
export type NumberedEvent = RunEvent & { number: number }

export interface LiveRun {
  run: Run
  trace: Trace
  samples: Sample[]
  /** The journal's number of the last event that was applied; 0 before the first. */
  lastNumber: number
}

export const EMPTY_TRACE: Trace = { lanes: [], spans: [], flows: [], counters: [], omitted: 0 }

export const liveRunOf = (run: Run): LiveRun => ({ run, trace: EMPTY_TRACE, samples: [], lastNumber: 0 })

export const applyEvent = (state: LiveRun, event: NumberedEvent): LiveRun => applyEvents(state, [event])

/** Folds a batch of events; arrays are copied once a batch, not once an event. */
export const applyEvents = (state: LiveRun, events: readonly NumberedEvent[]): LiveRun => {
  const draft = new Draft(state)
  for (const event of events) draft.apply(event)
  return draft.done()
}

class Draft {
  readonly #before: LiveRun
  #run: Run
  #trace: Trace
  #samples: Sample[]
  #lastNumber: number
  /** Arrays made by this draft, which it may therefore write to. */
  readonly #own = new Set<unknown>()

  constructor(state: LiveRun) {
    this.#before = state
    this.#run = state.run
    this.#trace = state.trace
    this.#samples = state.samples
    this.#lastNumber = state.lastNumber
  }

  done(): LiveRun {
    return this.#lastNumber === this.#before.lastNumber && this.#run === this.#before.run
      ? this.#before
      : { run: this.#run, trace: this.#trace, samples: this.#samples, lastNumber: this.#lastNumber }
  }

  apply(event: NumberedEvent): void {
    // A stream opened again may replay what was seen; a snapshot says what is, whatever was seen.
    if (event.type !== 'snapshot' && event.number <= this.#lastNumber) return
    this.#lastNumber = event.number
    switch (event.type) {
      case 'snapshot':
        this.#run = event.data.run
        this.#trace = event.data.trace
        this.#samples = event.data.samples
        return
      case 'status':
        this.#run = { ...this.#run, ...event.data }
        return
      case 'progress':
        this.#run = { ...this.#run, progress: event.data }
        return
      case 'result':
        this.#run = { ...this.#run, result: event.data }
        return
      case 'error':
        this.#run = { ...this.#run, error: event.data }
        return
      case 'sample':
        this.#samples = this.#mutable(this.#samples)
        this.#samples.push(event.data)
        return
      case 'lane': {
        const lanes = this.#mutable(this.#trace.lanes)
        const known = lanes.findIndex((lane) => lane.id === event.data.id)
        if (known === -1) lanes.push(event.data)
        else lanes[known] = event.data
        this.#write({ lanes })
        return
      }
      case 'spans': {
        const { spans: added, flows: addedFlows = [], omitted = 0 } = event.data
        const spans = this.#mutable(this.#trace.spans)
        // Not push(...added): a batch may hold more spans than a call may have arguments.
        for (const span of added) spans.push(span)
        const flows = addedFlows.length > 0 ? this.#mutable(this.#trace.flows) : this.#trace.flows
        for (const flow of addedFlows) flows.push(flow)
        this.#write({ spans, flows, omitted: this.#trace.omitted + omitted })
        return
      }
      case 'counters':
        this.#write({ counters: this.#continued(event.data.series) })
        return
    }
  }

  /** A later batch of a counter continues the former. */
  #continued(batches: readonly CounterSeries[]): CounterSeries[] {
    const counters = this.#mutable(this.#trace.counters)
    for (const batch of batches) {
      const at = counters.findIndex((series) => series.id === batch.id)
      const former = counters[at]
      if (former === undefined) counters.push(batch)
      else
        counters[at] = {
          ...former,
          times: former.times.concat(batch.times),
          values: former.values.concat(batch.values),
        }
    }
    return counters
  }

  #write(part: Partial<Trace>): void {
    this.#trace = { ...this.#trace, ...part }
  }

  #mutable<T>(array: T[]): T[] {
    if (this.#own.has(array)) return array
    const copy = array.slice()
    this.#own.add(copy)
    return copy
  }
}

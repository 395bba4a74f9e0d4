/**
 * What the timeline knows of a trace, kept up to date by looking only at what was added since the last time. Lanes become rows of
 * disjoint spans (`RowSeries`): a span goes into the first row where it is free, outer spans before inner ones, so nested
 * work stands below what it belongs to and overlapping requests of an event loop stand side by side. While a run is live, rows don't
 * move; `settle()` packs once more in the order of time, so that a finished run looks the same however it arrived.
 */
import type { Flow, Lane, Span, Trace } from '#lib/contract/trace.ts'
import { CounterIndex } from './counter-index.ts'
import { FlowIndex } from './flow-index.ts'
import { quantised, RowSeries } from './row-series.ts'
import { kindCode } from './span-kinds.ts'

export interface Extent {
  from: number
  to: number
}

export interface IndexedLane {
  lane: Lane
  rows: RowSeries[]
  spans: number
}

const widened = (extent: Extent | undefined, from: number, to: number): Extent =>
  extent === undefined ? { from, to } : { from: Math.min(extent.from, from), to: Math.max(extent.to, to) }

export class SpanIndex {
  lanes = new Map<string, IndexedLane>()
  /** Groups in the order in which their first lane or counter appeared. */
  groups: string[] = []
  counters = new Map<string, CounterIndex>()
  flows = new FlowIndex()
  /** All spans, counters and flows; undefined while there is nothing. */
  extent: Extent | undefined
  /** Per round, and per group in it, from when to when it went on. Negative rounds are warm-up. */
  rounds = new Map<number, { extent: Extent; groups: Map<string, Extent> }>()
  groupExtents = new Map<string, Extent>()
  kinds = 0
  spanCount = 0
  #trace: Trace = { lanes: [], spans: [], flows: [], counters: [], omitted: 0 }
  #read = { lanes: 0, spans: 0, flows: 0, counters: new Map<number, number>() }
  #lastSpan: Span | undefined
  #lastFlow: Flow | undefined
  #homeless: number[] = []
  #arrivedLate = false

  get omitted(): number {
    return this.#trace.omitted
  }

  spanAt(position: number): Span | undefined {
    return this.#trace.spans[position]
  }

  /** Reads what is new. A trace that does not continue the former one is read from its beginning. */
  update(trace: Trace): void {
    if (!this.#continues(trace)) this.#forget()
    this.#trace = trace
    for (; this.#read.lanes < trace.lanes.length; this.#read.lanes++) {
      const lane = trace.lanes[this.#read.lanes]
      if (lane === undefined || this.lanes.has(lane.id)) continue
      this.lanes.set(lane.id, { lane, rows: [], spans: 0 })
      this.#addGroup(lane.group)
    }
    const fresh = this.#homeless
    for (let i = this.#read.spans; i < trace.spans.length; i++) fresh.push(i)
    this.#homeless = []
    this.#read.spans = trace.spans.length
    this.#lastSpan = trace.spans[trace.spans.length - 1]
    this.#insertAll(fresh)
    for (; this.#read.flows < trace.flows.length; this.#read.flows++) {
      const flow = trace.flows[this.#read.flows]
      if (flow === undefined) continue
      this.flows.append(flow)
      this.extent = widened(this.extent, Math.min(flow.from.at, flow.to.at), Math.max(flow.from.at, flow.to.at))
    }
    this.#lastFlow = trace.flows[trace.flows.length - 1]
    this.#readCounters(trace)
  }

  /** After the last batch: packs the rows in the order of time, if spans had come out of that order. */
  settle(): void {
    if (!this.#arrivedLate) return
    const trace = this.#trace
    this.#forget()
    this.update(trace)
    this.#arrivedLate = false
  }

  #continues(trace: Trace): boolean {
    const { lanes, spans, flows } = this.#read
    if (trace.lanes.length < lanes || trace.spans.length < spans || trace.flows.length < flows) return false
    if (spans > 0 && trace.spans[spans - 1] !== this.#lastSpan) return false
    if (flows > 0 && trace.flows[flows - 1] !== this.#lastFlow) return false
    for (const [position, count] of this.#read.counters) {
      if ((trace.counters[position]?.times.length ?? 0) < count) return false
    }
    return true
  }

  #forget(): void {
    this.lanes = new Map()
    this.groups = []
    this.counters = new Map()
    this.flows = new FlowIndex()
    this.extent = undefined
    this.rounds = new Map()
    this.groupExtents = new Map()
    this.kinds = 0
    this.spanCount = 0
    this.#read = { lanes: 0, spans: 0, flows: 0, counters: new Map() }
    this.#homeless = []
    this.#arrivedLate = false
  }

  #addGroup(group: string): void {
    if (!this.groups.includes(group)) this.groups.push(group)
  }

  #insertAll(positions: number[]): void {
    const spans = this.#trace.spans
    // Outer before inner: at one start the longer span comes first, so that what is nested lands in the row below.
    const sorted = positions
      .flatMap((position) => {
        const span = spans[position]
        if (span === undefined) return []
        return [{ position, span, start: quantised(span.start), end: quantised(span.start + span.duration) }]
      })
      .sort((a, b) => a.start - b.start || b.end - a.end || a.position - b.position)
    for (const { position, span, start, end } of sorted) {
      const indexed = this.lanes.get(span.lane)
      // The lane's own event may come with a later batch.
      if (indexed === undefined) this.#homeless.push(position)
      else this.#insert(indexed, span, position, start, end)
    }
  }

  #insert(indexed: IndexedLane, span: Span, position: number, start: number, end: number): void {
    const code = kindCode(span.kind)
    let row = indexed.rows.find((candidate) => candidate.fits(start, end))
    if (row === undefined) {
      row = new RowSeries()
      indexed.rows.push(row)
    }
    for (const other of indexed.rows) {
      const last = other.length - 1
      if (last < 0) continue
      const late = other.start(last) > start || (other.start(last) === start && other.end(last) < end)
      if (late) this.#arrivedLate = true
    }
    row.insert(start, end, code, position)
    indexed.spans++
    this.spanCount++
    this.kinds |= 1 << code
    const group = indexed.lane.group
    this.extent = widened(this.extent, start, end)
    this.groupExtents.set(group, widened(this.groupExtents.get(group), start, end))
    if (span.round === undefined) return
    const round = this.rounds.get(span.round)
    if (round === undefined) {
      this.rounds.set(span.round, {
        extent: { from: start, to: end },
        groups: new Map([[group, { from: start, to: end }]]),
      })
      return
    }
    round.extent = widened(round.extent, start, end)
    round.groups.set(group, widened(round.groups.get(group), start, end))
  }

  /** Series may grow in place or come as further entries of the same id; both continue the counter. */
  #readCounters(trace: Trace): void {
    for (const [position, series] of trace.counters.entries()) {
      const read = this.#read.counters.get(position) ?? 0
      if (read === series.times.length && this.counters.has(series.id)) continue
      let counter = this.counters.get(series.id)
      if (counter === undefined) {
        counter = new CounterIndex(series)
        this.counters.set(series.id, counter)
        this.#addGroup(series.group)
      }
      for (let i = read; i < series.times.length; i++) counter.append(series.times[i] ?? 0, series.values[i] ?? 0)
      this.#read.counters.set(position, series.times.length)
      if (counter.length > 0) this.extent = widened(this.extent, counter.firstTime, counter.lastTime)
    }
  }
}

/**
 * A trace as Chrome Trace Event JSON, which Perfetto and chrome://tracing open. Guarantees, whatever spans come in: every moment
 * is a number of microseconds not below 0; each lane has a `tid` of its own, unique over all `pid`; complete events (`X`) of one
 * `tid` nest, what overlaps becomes an asynchronous pair (`b`, `e`) with an id of its own; both ends of a flow lie in an `X` of their lane.
 *
 * A `pid` is here what was compared (a strategy, a lock): viewers draw what has one `pid` together, which for threads and
 * processes alike is what one wants to see. The real process and thread ids stand in the lane's name and arguments.
 * Source: "Trace Event Format" (Google, 2016), and Perfetto's notes on what it reads of it.
 */
import type { Run } from '../contract/run.ts'
import type { CounterSeries, Flow, Lane, Span, Trace } from '../contract/trace.ts'
import { GRID_STEP_US, type LaneSlices, onGrid, type Slice, sortIntoNests } from './nesting.ts'
import { createUniqueNames, type UniqueName } from './unique-names.ts'

export interface ChromeEvent {
  ph: 'M' | 'X' | 'b' | 'e' | 'C' | 's' | 'f'
  name: string
  pid: number
  tid?: number
  /** Microseconds; every event but `M` has one. */
  ts?: number
  dur?: number
  cat?: string
  id?: string
  /** At `f`: the flow ends in the slice around it, not in the next one. */
  bp?: 'e'
  args?: Record<string, string | number | boolean>
}

export interface ChromeTrace {
  traceEvents: ChromeEvent[]
  displayTimeUnit: 'ms'
  otherData: Record<string, string | number>
}

interface Track {
  lane: Lane
  pid: number
  tid: number
  slices: LaneSlices
}

/** What of a run is written beside the events. */
export type TracedRun = Pick<Run, 'id' | 'experiment' | 'createdAt' | 'params' | 'machine'>

export const chromeTrace = (trace: Trace, run?: TracedRun): ChromeTrace => {
  const lanes = lanesOf(trace)
  const groups = new Set([...lanes.map((lane) => lane.group), ...trace.counters.map((series) => series.group)])
  const pids = new Map(Array.from(groups, (group, index) => [group, index + 1]))
  const tracks = tracksOf(lanes, trace.spans, pids)
  const unique = createUniqueNames()

  const timed: ChromeEvent[] = []
  let flowsOmitted = 0
  for (const track of tracks.values()) {
    for (const slice of track.slices.nested) timed.push(completeEvent(slice, track))
    for (const slice of track.slices.overlapping) timed.push(...asynchronousPair(slice, track, unique))
  }
  for (const flow of trace.flows) {
    const pair = flowPair(flow, tracks, unique)
    timed.push(...pair)
    if (pair.length === 0) flowsOmitted++
  }
  for (const series of trace.counters) {
    for (const event of counterEvents(series, pids.get(series.group) ?? 0, unique)) timed.push(event)
  }
  // Stable: what belongs together at one moment (parent and child, b and e) stays in this order.
  timed.sort((a, b) => (a.ts ?? 0) - (b.ts ?? 0))

  return {
    traceEvents: [...metadataEvents(pids, tracks), ...timed],
    displayTimeUnit: 'ms',
    otherData: {
      ...(run && {
        run: run.id,
        experiment: run.experiment,
        createdAt: run.createdAt,
        params: JSON.stringify(run.params),
        machine: JSON.stringify(run.machine),
      }),
      clock: 'microseconds since the run began, CLOCK_MONOTONIC',
      spansOmitted: trace.omitted + trace.spans.length - countSlices(tracks),
      flowsOmitted,
    },
  }
}

const countSlices = (tracks: Map<string, Track>): number => {
  let count = 0
  for (const { slices } of tracks.values()) count += slices.nested.length + slices.overlapping.length
  return count
}

/** The lanes described, and one under its id for every other that has a span, so that it is seen. */
const lanesOf = (trace: Trace): Lane[] => {
  const lanes = new Map(trace.lanes.map((lane) => [lane.id, lane]))
  for (const { lane: id } of trace.spans) {
    if (!lanes.has(id)) lanes.set(id, { id, group: 'other', kind: 'thread', index: 1, name: id, pid: null, tid: null })
  }
  return [...lanes.values()]
}

const tracksOf = (lanes: readonly Lane[], spans: readonly Span[], pids: Map<string, number>): Map<string, Track> => {
  const spansByLane = Map.groupBy(spans, (span) => span.lane)
  return new Map(
    lanes.map((lane, index) => {
      // Counted on from the pids: Perfetto takes a thread whose tid is some pid for that process's main thread.
      const tid = pids.size + index + 1
      return [
        lane.id,
        { lane, pid: pids.get(lane.group) ?? 0, tid, slices: sortIntoNests(spansByLane.get(lane.id) ?? []) },
      ]
    }),
  )
}

const metadataEvents = (pids: Map<string, number>, tracks: Map<string, Track>): ChromeEvent[] => {
  const events: ChromeEvent[] = []
  for (const [group, pid] of pids) {
    events.push({ ph: 'M', name: 'process_name', pid, args: { name: group || 'run' } })
    events.push({ ph: 'M', name: 'process_sort_index', pid, args: { sort_index: pid } })
  }
  for (const { lane, pid, tid } of tracks.values()) {
    const real = [lane.pid === null ? '' : `pid ${lane.pid}`, lane.tid === null ? '' : `tid ${lane.tid}`].filter(
      Boolean,
    )
    const name = real.length > 0 ? `${lane.name} (${real.join(', ')})` : lane.name
    events.push({ ph: 'M', name: 'thread_name', pid, tid, args: { name } })
    events.push({ ph: 'M', name: 'thread_sort_index', pid, tid, args: { sort_index: tid } })
  }
  return events
}

const nameOf = (span: Span): string => span.name || span.kind

const argsOf = (span: Span): { args?: ChromeEvent['args'] } =>
  span.round === undefined && span.overlapId === undefined
    ? {}
    : {
        args: {
          ...(span.round !== undefined && { round: span.round }),
          ...(span.overlapId !== undefined && { overlapId: span.overlapId }),
        },
      }

const completeEvent = ({ span, start, end }: Slice, { pid, tid }: Track): ChromeEvent => ({
  ph: 'X',
  name: nameOf(span),
  cat: span.kind,
  pid,
  tid,
  ts: start,
  dur: end - start,
  ...argsOf(span),
})

const asynchronousPair = (
  { span, start, end }: Slice,
  { lane, pid, tid }: Track,
  unique: UniqueName,
): ChromeEvent[] => {
  const id = unique('async', span.overlapId ?? `${lane.id}/${nameOf(span)}`)
  const shared = { name: nameOf(span), cat: span.kind, id, pid, tid }
  return [
    { ph: 'b', ...shared, ts: start, ...argsOf(span) },
    { ph: 'e', ...shared, ts: end },
  ]
}

/** Empty where an end lies in no slice of its lane (left out, or asynchronous) or the arrow would point back in time. */
const flowPair = (flow: Flow, tracks: Map<string, Track>, unique: UniqueName): ChromeEvent[] => {
  const from = anchorOf(flow.from, tracks)
  const to = anchorOf(flow.to, tracks)
  if (from === null || to === null || from.ts > to.ts) return []
  const shared = { name: flow.name || 'flow', cat: 'flow', id: unique('flow', flow.id) }
  return [
    { ph: 's', ...shared, ...from },
    { ph: 'f', bp: 'e', ...shared, ...to },
  ]
}

const anchorOf = (
  { lane, at }: Flow['from'],
  tracks: Map<string, Track>,
): { pid: number; tid: number; ts: number } | null => {
  const track = tracks.get(lane)
  const ts = onGrid(at)
  const slice = track === undefined ? undefined : lastStartingBy(track.slices.outermost, ts)
  if (track === undefined || slice === undefined || ts > slice.end) return null
  // A viewer counts the end of a slice as outside: what happened at the very end is drawn one step of the grid before it.
  const inside = ts === slice.end ? Math.max(slice.start, ts - GRID_STEP_US) : ts
  return { pid: track.pid, tid: track.tid, ts: inside }
}

/** The last slice that starts at `ts` or before. */
const lastStartingBy = (slices: readonly Slice[], ts: number): Slice | undefined => {
  let low = 0
  let high = slices.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((slices[middle]?.start ?? 0) <= ts) low = middle + 1
    else high = middle
  }
  return slices[low - 1]
}

const counterEvents = (series: CounterSeries, pid: number, unique: UniqueName): ChromeEvent[] => {
  const name = unique(`counter ${pid}`, series.name || series.id)
  const events: ChromeEvent[] = []
  for (const [index, time] of series.times.entries()) {
    const value = series.values[index]
    // JSON knows neither NaN nor ∞: a gap in the counter is honest, null would be an error in a viewer.
    if (value === undefined || !Number.isFinite(value) || !Number.isFinite(time)) continue
    events.push({ ph: 'C', name, pid, ts: onGrid(time), args: { [series.unit || 'value']: value } })
  }
  return events
}

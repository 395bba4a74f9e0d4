/**
 * What one stretch looks like on the timeline: what the servers did, how long each short request waited from its scheduled
 * arrival, and how many were waiting. Waits overlap: they have a lane of their own, and where there are many of them every
 * n-th is drawn and the others are counted.
 */
import type { SpanBatch } from '#lib/contract/run-event.ts'
import type { CounterSeries, Lane, Span } from '#lib/contract/trace.ts'
import type { Served } from './serve-stretch.ts'
import type { Server } from './servers.ts'

export const waitingLane = (kind: string): Lane => ({
  id: `${kind}/queue-1`,
  group: kind,
  kind: 'queue',
  index: 1,
  name: `${kind}: waiting requests`,
  pid: null,
  tid: null,
})

/** Of one stretch. */
const WAITS_DRAWN = 60
const WORK_DRAWN = 400

export interface TracedStretch {
  kind: string
  round: number
  servers: readonly { server: Server; served: Served }[]
  /** Of the short requests, µs on the run's clock. */
  scheduledUs: readonly number[]
}

const workSpans = ({ servers, round }: TracedStretch): { spans: Span[]; omitted: number } => {
  const spans: Span[] = []
  let omitted = 0
  const add = (lane: string, name: string, start: number, end: number): void => {
    if (spans.length < WORK_DRAWN)
      spans.push({ lane, name, kind: 'cpu', start, duration: Math.max(0, end - start), round })
    else omitted++
  }
  for (const { server, served } of servers) {
    // The long computation first: it is what the stretch is about, should not all fit.
    for (let at = 0; at + 1 < served.slicesUs.length; at += 2) {
      add(server.lane.id, 'long', served.slicesUs[at] ?? 0, served.slicesUs[at + 1] ?? 0)
    }
    for (const [index, start] of served.startedUs.entries()) {
      add(server.lane.id, `short ${index + 1}`, start, served.finishedUs[index] ?? start)
    }
  }
  return { spans, omitted }
}

export const traceStretch = (stretch: TracedStretch): SpanBatch => {
  const { kind, round, scheduledUs, servers } = stretch
  const { spans, omitted } = workSpans(stretch)
  const shorts = servers.find(({ served }) => served.startedUs.length > 0)?.served
  const every = Math.ceil(scheduledUs.length / WAITS_DRAWN)
  let drawn = 0
  for (let index = 0; index < scheduledUs.length; index += every) {
    const start = scheduledUs[index] ?? 0
    const duration = Math.max(0, (shorts?.startedUs[index] ?? start) - start)
    const overlapId = `${kind} ${round} ${index}`
    spans.push({ lane: `${kind}/queue-1`, name: `short ${index + 1}`, kind: 'wait', start, duration, round, overlapId })
    drawn++
  }
  return { spans, omitted: omitted + scheduledUs.length - drawn }
}

/** Arrived and not started. */
export const waitingCounter = (
  kind: string,
  scheduledUs: readonly number[],
  startedUs: Float64Array,
): CounterSeries => {
  const changes = [
    ...scheduledUs.map((at) => ({ at, by: 1 })),
    ...Array.from(startedUs, (at, index) => ({ at: Math.max(at, scheduledUs[index] ?? 0), by: -1 })),
  ].sort((a, b) => a.at - b.at || b.by - a.by)
  let waiting = 0
  const times: number[] = []
  const values: number[] = []
  for (const { at, by } of changes) {
    waiting += by
    times.push(at)
    values.push(waiting)
  }
  return { id: `${kind}/queue-depth`, group: kind, name: 'queue-depth', unit: 'requests', times, values }
}

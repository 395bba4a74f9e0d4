/**
 * What every experiment emits about what happened: lanes, spans, counters and flows on one clock.
 * All moments and durations are microseconds since the run began (`RunClock` in workers), never negative.
 */
import { z } from 'zod'

/** What a lane is; the page names a lane from its kind and index in the reader's language, exports use `name`. */
export const LANE_KINDS = ['thread', 'process', 'event-loop', 'server', 'queue', 'lock', 'runner'] as const

/** What a lane did: the keys of the colour legend. `held`/`contended` are a lock held with nobody / somebody waiting. */
export const SPAN_KINDS = [
  'cpu',
  'io',
  'wait',
  'held',
  'contended',
  'startup',
  'copy',
  'commit',
  'blocked',
  'idle',
] as const

const micros = z.number().nonnegative()

export const laneSchema = z.object({
  id: z.string().min(1),
  /** What is compared ('threads', 'mutex', 'threads×4'): lanes of one group stand together. */
  group: z.string(),
  kind: z.enum(LANE_KINDS),
  /** Counts from 1 inside group and kind. */
  index: z.int().positive(),
  /** English name, for exports. */
  name: z.string(),
  pid: z.int().nullable(),
  tid: z.int().nullable(),
})
export type Lane = z.infer<typeof laneSchema>
export type LaneKind = Lane['kind']

export const spanSchema = z.object({
  lane: z.string().min(1),
  name: z.string(),
  kind: z.enum(SPAN_KINDS),
  start: micros,
  duration: micros,
  /** The round it belongs to, where rounds are run; negative numbers are warm-up. */
  round: z.int().optional(),
  /** Given where spans of one lane may overlap without nesting (many requests of one event loop): unique in the run. */
  overlapId: z.string().optional(),
})
export type Span = z.infer<typeof spanSchema>
export type SpanKind = Span['kind']

/** An arrow from a moment on one lane to a moment on another: a message put in a queue and its commit. */
export const flowSchema = z.object({
  id: z.string(),
  name: z.string(),
  from: z.object({ lane: z.string(), at: micros }),
  to: z.object({ lane: z.string(), at: micros }),
})
export type Flow = z.infer<typeof flowSchema>

/** A number over time. `times` and `values` have one length; a later batch of the same id continues the former. */
export const counterSeriesSchema = z.object({
  id: z.string().min(1),
  group: z.string(),
  /** A message key under `counters`, such as 'queue-depth'. */
  name: z.string(),
  unit: z.string(),
  times: z.array(micros),
  values: z.array(z.number()),
})
export type CounterSeries = z.infer<typeof counterSeriesSchema>

/** Everything a run drew, as it is stored and as a snapshot carries it. `omitted` counts spans that were not kept. */
export const traceSchema = z.object({
  lanes: z.array(laneSchema),
  spans: z.array(spanSchema),
  flows: z.array(flowSchema),
  counters: z.array(counterSeriesSchema),
  omitted: z.int().nonnegative(),
})
export type Trace = z.infer<typeof traceSchema>

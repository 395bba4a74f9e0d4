/**
 * What happens in a run, as the runner sends it over IPC and the server over SSE. The SSE `event` is the type, the data is
 * `data` alone, the `id` is the journal's number. A `snapshot` is the whole present state, for who joins late.
 */
import { z } from 'zod'
import { interferenceSchema, progressSchema, runErrorSchema, runSchema, runStatusSchema } from './run.ts'
import { counterSeriesSchema, flowSchema, laneSchema, spanSchema, traceSchema } from './trace.ts'

/** One measurement: a row of the CSV. What else was measured stands beside the fixed fields. */
export const sampleSchema = z
  .object({
    /** The comparison entry it belongs to. */
    key: z.string(),
    /** Counts from 0; negative numbers are warm-up rounds, which are not counted in the result. */
    round: z.int(),
    elapsedMs: z.number().nonnegative(),
  })
  .catchall(z.union([z.string(), z.number(), z.boolean(), z.null()]))
export type Sample = z.infer<typeof sampleSchema>

export const spanBatchSchema = z.object({
  spans: z.array(spanSchema),
  flows: z.array(flowSchema).optional(),
  /** Spans that were not kept since the last batch. */
  omitted: z.int().nonnegative().optional(),
})
export type SpanBatch = z.infer<typeof spanBatchSchema>

const runnerEvents = [
  z.object({ type: z.literal('progress'), data: progressSchema }),
  z.object({ type: z.literal('lane'), data: laneSchema }),
  z.object({ type: z.literal('spans'), data: spanBatchSchema }),
  z.object({ type: z.literal('counters'), data: z.object({ series: z.array(counterSeriesSchema) }) }),
  z.object({ type: z.literal('sample'), data: sampleSchema }),
  z.object({ type: z.literal('result'), data: z.record(z.string(), z.unknown()) }),
  z.object({ type: z.literal('error'), data: runErrorSchema }),
] as const

/** What a runner may send about its run. */
export const runnerEventSchema = z.discriminatedUnion('type', runnerEvents)
export type RunnerEvent = z.infer<typeof runnerEventSchema>

export const snapshotSchema = z.object({ run: runSchema, trace: traceSchema, samples: z.array(sampleSchema) })
export type Snapshot = z.infer<typeof snapshotSchema>

export const statusChangeSchema = z.object({
  status: runStatusSchema,
  position: z.int().nonnegative(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  commands: z.array(z.string()),
  interference: interferenceSchema,
})
export type StatusChange = z.infer<typeof statusChangeSchema>

/** What a browser may receive. */
export const runEventSchema = z.discriminatedUnion('type', [
  ...runnerEvents,
  z.object({ type: z.literal('status'), data: statusChangeSchema }),
  z.object({ type: z.literal('snapshot'), data: snapshotSchema }),
])
export type RunEvent = z.infer<typeof runEventSchema>
export type RunEventType = RunEvent['type']

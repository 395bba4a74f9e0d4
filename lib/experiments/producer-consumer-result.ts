/** What producer-consumer measures and proves: where every message went, how long it took, and what theory says to it. */
import { z } from 'zod'
import { findingSchema, intervalSchema } from '../contract/comparison.ts'
import { PRODUCER_CONSUMER_SWEEPS } from './producer-consumer-choices.ts'

const count = z.int().nonnegative()
const latencySchema = z.object({ p50: z.number(), p95: z.number(), p99: z.number(), max: z.number() })
const throughputSchema = z.object({ in: z.number(), out: z.number() })
/** Values over time, of one length; times in ms since the flow began. */
const lineSchema = z.object({ atMs: z.array(z.number().nonnegative()), values: z.array(z.number()) })

export const producerConsumerPointSchema = z.object({
  value: z.int(),
  /** Medians of the rounds; `outCi95` is null below the six rounds that an interval needs. */
  throughputPerSecond: throughputSchema,
  outCi95: intervalSchema.nullable(),
  latencyMs: latencySchema,
  maxDepth: count,
  blockedMs: z.number(),
  dropped: count,
  rejected: count,
  limitPerSecond: z.number(),
})
export type ProducerConsumerPoint = z.infer<typeof producerConsumerPointSchema>

/** With a sweep: of the flow with the most messages written a second, the point and round of which stand in `shown`. */
export const producerConsumerResultSchema = z.object({
  produced: count,
  /** Rows in the database, counted and checked there after the end. */
  written: count,
  dropped: count,
  rejected: count,
  /** What a killed consumer held in memory and had not committed. */
  lost: count,
  /** Rows written twice: none, or the run fails. */
  duplicated: count,
  /** Messages handed out again, because who had them before ended without an acknowledgement. */
  redelivered: count,
  /** Of these: were written before already; the key refused them. */
  alreadyWritten: count,
  throughputPerSecond: throughputSchema,
  /** From the scheduled arrival to the commit. */
  latencyMs: latencySchema,
  histogram: z.array(z.object({ from: z.number(), to: z.number(), count })),
  /** From the scheduled arrival until its transaction had the database; a mean. */
  waitMs: z.number(),
  /** All producers together. */
  blockedMs: z.number(),
  /** Share of the time in which the writers (one for SQLite) were writing. */
  utilisation: z.number(),
  maxDepth: count,
  fullMs: z.number(),
  elapsedMs: z.number(),
  /** `cycleMs`: a consumer's time from claiming a batch to having acknowledged it, its transaction included; a mean. */
  transactions: z.object({
    count,
    meanRows: z.number(),
    meanMs: z.number(),
    fixedMs: z.number(),
    rowMs: z.number(),
    cycleMs: z.number(),
  }),
  /** How late the load generators were at worst, when nothing blocked them. */
  generatorLateMs: z.number(),
  /**
   * Of all messages, those turned away included: L sampled from outside, λ a second, W from the scheduled arrival until it was
   * written (by a durable queue's consumer: acknowledged) or turned away; `ratio` is L ÷ λW, null where nothing arrived.
   */
  littlesLaw: z.object({
    l: z.number(),
    lambda: z.number(),
    wMs: z.number(),
    ratio: z.number().nullable(),
    samples: count,
  }),
  model: z.object({
    name: z.string(),
    serviceMs: z.number(),
    limitPerSecond: z.number(),
    stable: z.boolean(),
    burstAbsorbed: count,
    waitMs: z.number().nullable(),
  }),
  /** Consumers that ended before their work was done, on request or by themselves. */
  kills: z.array(
    z.object({
      consumer: count,
      atMs: z.number(),
      held: count,
      lost: count,
      redelivered: count,
      onRequest: z.boolean(),
    }),
  ),
  /** A kill was asked for at a moment that never came: the flow was over before. */
  killNotReached: z.boolean().optional(),
  /** Messages that are written, but whose latency nobody told: what a consumer that somebody else killed had not reported yet. */
  latencyMissing: count.optional(),
  sweep: z.object({ param: z.enum(PRODUCER_CONSUMER_SWEEPS), points: z.array(producerConsumerPointSchema) }).nullable(),
  shown: z.object({ key: z.string(), round: z.int() }),
  /** The single flow at a glance, a few hundred points a line; null for a sweep. The trace has all of it. */
  overTime: z.object({ depth: lineSchema, in: lineSchema, out: lineSchema }).nullable(),
  /** Consumer programs on other machines that took part, and by whose clock times are told where it isn't this machine's. */
  remote: z.object({ consumers: count }).nullable(),
  findings: z.array(findingSchema),
})
export type ProducerConsumerResult = z.infer<typeof producerConsumerResultSchema>

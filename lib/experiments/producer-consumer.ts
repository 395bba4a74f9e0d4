/**
 * Messages that come in bursts, a queue, and a real database that is slow for one and fast enough for many: what waits, what is
 * turned away, and the proof that nothing was lost. Defines the parameters, the result, the estimate and what may be asked.
 */
import { z } from 'zod'
import { findingSchema, intervalSchema } from '../contract/comparison.ts'
import type { FieldError } from '../contract/problem.ts'
import { defineExperiment, paramMeta as meta } from './experiment.ts'
import {
  ARRIVALS,
  DATABASES,
  DURABILITIES,
  KILL_MOMENTS,
  OVERFLOWS,
  PRODUCER_CONSUMER_SWEEPS,
  QUEUES,
} from './producer-consumer-choices.ts'
import { estimateProducerConsumerMs } from './producer-consumer-estimate.ts'
import { producerConsumerHeadline } from './producer-consumer-findings.ts'
import { producerConsumerQuestions } from './producer-consumer-questions.ts'
import { roundsParam, seedParam } from './rounds-params.ts'

export const producerConsumerParamsSchema = z.strictObject({
  producers: z
    .int()
    .min(1)
    .max(8)
    .default(2)
    .meta(meta({ control: 'slider', unit: 'threads', section: 'basic' })),
  consumers: z
    .int()
    .min(1)
    .max(8)
    .default(2)
    .meta(meta({ control: 'slider', unit: 'workers', section: 'basic' })),
  messages: z
    .int()
    .min(10)
    .max(1_000_000)
    .default(10_000)
    .meta(meta({ control: 'slider', scale: 'log', unit: 'messages', section: 'basic' })),
  arrivals: z
    .enum(ARRIVALS)
    .default('bursts')
    .meta(meta({ control: 'choices', section: 'basic' })),
  ratePerSecond: z
    .number()
    .min(0)
    .max(1_000_000)
    .default(4_000)
    .meta(meta({ control: 'number', unit: 'per-second', section: 'basic' })),
  burstSize: z
    .int()
    .min(1)
    .max(100_000)
    .default(500)
    .meta(
      meta({
        control: 'slider',
        scale: 'log',
        unit: 'messages',
        section: 'basic',
        visibleWhen: { param: 'arrivals', in: ['bursts'] },
      }),
    ),
  capacity: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(1_000)
    .meta(meta({ control: 'slider', scale: 'log', unit: 'messages', section: 'basic' })),
  overflow: z
    .enum(OVERFLOWS)
    .default('block')
    .meta(meta({ control: 'choices', section: 'basic' })),
  batchSize: z
    .int()
    .min(1)
    .max(5_000)
    .default(50)
    .meta(meta({ control: 'slider', scale: 'log', unit: 'messages', section: 'basic' })),
  writeLatencyMs: z
    .int()
    .min(0)
    .max(1_000)
    .default(0)
    .meta(meta({ control: 'slider', unit: 'ms', section: 'advanced' })),
  queue: z
    .enum(QUEUES)
    .default('memory')
    .meta(meta({ control: 'choices', section: 'basic' })),
  database: z
    .enum(DATABASES)
    .default('sqlite')
    .meta(meta({ control: 'choices', section: 'basic' })),
  durability: z
    .enum(DURABILITIES)
    .default('full')
    .meta(meta({ control: 'choices', section: 'basic' })),
  killConsumerAtMs: z
    .int()
    .min(0)
    .max(600_000)
    .nullable()
    .default(null)
    .meta(meta({ control: 'number', unit: 'ms', section: 'advanced' })),
  killMoment: z
    .enum(KILL_MOMENTS)
    .default('mid-batch')
    .meta(meta({ control: 'choices', section: 'advanced' })),
  rounds: roundsParam({ usual: 3, most: 20 }),
  seed: seedParam(),
  sweep: z
    .strictObject({ param: z.enum(PRODUCER_CONSUMER_SWEEPS), values: z.array(z.int()).min(2).max(12) })
    .nullable()
    .default(null)
    .meta(meta({ control: 'sweep', section: 'advanced' })),
})
export type ProducerConsumerParams = z.output<typeof producerConsumerParamsSchema>

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

const SWEEP_LIMITS = { batchSize: [1, 5_000], capacity: [1, 1_000_000], consumers: [1, 8] } as const

const checkSweep = ({ sweep, killConsumerAtMs }: ProducerConsumerParams): FieldError[] => {
  if (sweep === null) return []
  const [least, most] = SWEEP_LIMITS[sweep.param]
  const errors = sweep.values.flatMap((value, i): FieldError[] =>
    value < least || value > most
      ? [
          {
            path: `sweep.values.${i}`,
            message: `got ${value}; whole numbers from ${least} to ${most} are accepted`,
            code: 'whole-number',
            values: { value, min: least, max: most },
          },
        ]
      : [],
  )
  if (new Set(sweep.values).size < sweep.values.length) {
    errors.push({ path: 'sweep.values', message: 'got a value twice; each may be given once', code: 'twice' })
  }
  if (killConsumerAtMs !== null) {
    errors.push({
      path: 'killConsumerAtMs',
      message: `got ${killConsumerAtMs}; null is accepted together with a sweep, which compares flows that nobody disturbs`,
      code: 'not-with-sweep',
    })
  }
  return errors
}

const check = (params: ProducerConsumerParams): FieldError[] => {
  const errors = checkSweep(params)
  if (params.ratePerSecond > 0 && params.ratePerSecond < 0.1) {
    errors.push({
      path: 'ratePerSecond',
      message: `got ${params.ratePerSecond}; 0 (as fast as possible) or 0.1 and more are accepted`,
      code: 'zero-or-at-least',
      values: { min: 0.1 },
    })
  }
  return errors
}

export const producerConsumer = defineExperiment<typeof producerConsumerParamsSchema, ProducerConsumerResult>({
  id: 'producer-consumer',
  params: producerConsumerParamsSchema,
  check,
  result: producerConsumerResultSchema,
  presets: [
    { id: 'bursts', params: { messages: 10_000, ratePerSecond: 4_000, burstSize: 500, capacity: 1_000 } },
    {
      id: 'overflow',
      params: {
        messages: 12_000,
        ratePerSecond: 3_000,
        burstSize: 3_000,
        capacity: 200,
        overflow: 'drop-oldest',
        batchSize: 10,
      },
    },
    {
      id: 'one-by-one',
      params: { messages: 1_200, arrivals: 'poisson', ratePerSecond: 200, batchSize: 1, consumers: 1, capacity: 1_000 },
    },
    {
      id: 'killed',
      params: {
        queue: 'sqlite',
        messages: 6_000,
        arrivals: 'steady',
        ratePerSecond: 2_000,
        killConsumerAtMs: 1_000,
        batchSize: 50,
      },
    },
    {
      id: 'batch-sweep',
      params: {
        messages: 1_000,
        ratePerSecond: 0,
        consumers: 1,
        capacity: 1_000,
        rounds: 3,
        sweep: { param: 'batchSize', values: [1, 3, 10, 30, 100, 300] },
      },
    },
    {
      id: 'consumers-sweep',
      params: {
        messages: 2_000,
        ratePerSecond: 0,
        batchSize: 10,
        rounds: 6,
        sweep: { param: 'consumers', values: [1, 2, 4] },
      },
    },
    {
      id: 'million',
      params: {
        messages: 1_000_000,
        arrivals: 'steady',
        ratePerSecond: 0,
        capacity: 100_000,
        batchSize: 1_000,
        consumers: 1,
        durability: 'normal',
      },
    },
  ],
  commands: ['kill-consumer'],
  needs: [
    { param: 'queue', value: 'redis', service: 'redis' },
    { param: 'database', value: 'postgres', service: 'postgres' },
  ],
  estimateMs: (params, machine) => estimateProducerConsumerMs(params, machine.cpus),
  // A pair leaves sweeps out: of each set-up the single flow.
  measuredAs: () => 'run',
  headline: producerConsumerHeadline,
  questions: producerConsumerQuestions,
})

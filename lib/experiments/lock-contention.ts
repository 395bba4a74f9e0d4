/**
 * Threads that all want one lock: each computes for a while outside, acquires it, computes inside, releases it. Several locks in
 * interleaved rounds. Defines the parameters, the result, the estimate and what may be asked before a run.
 */
import { z } from 'zod'
import { comparisonSchema, findingSchema, intervalSchema } from '../contract/comparison.ts'
import type { FieldError } from '../contract/problem.ts'
import { defineExperiment, type ParamMeta } from './experiment.ts'
import { lockContentionHeadline } from './lock-contention-findings.ts'
import { CONTENDED_LOCKS, CONTENTION_SWEEP_PARAMS } from './lock-contention-locks.ts'
import { lockContentionQuestions } from './lock-contention-questions.ts'
import { roundsParam, seedParam, warmupParam } from './rounds-params.ts'

const PERMITS = 1
const READ_SHARE = 0.9
const MOST_US = 1000
const MOST_THREADS = 16
/** Threads × time: each burns a core while it runs, and more of them would only be a longer queue for the cores. */
const MOST_THREAD_SECONDS = 1800

const meta = <T extends ParamMeta>(value: T): T => value

export const lockContentionParamsSchema = z.strictObject({
  locks: z
    .array(z.enum(CONTENDED_LOCKS))
    .min(1)
    .max(CONTENDED_LOCKS.length)
    .refine((list) => new Set(list).size === list.length, { message: 'each lock may be named once' })
    .default(['mutex'])
    .meta(meta({ control: 'choices', section: 'basic' })),
  threads: z
    .int()
    .min(1)
    .max(MOST_THREADS)
    .default(4)
    .meta(meta({ control: 'slider', unit: 'threads', section: 'basic' })),
  holdUs: z
    .number()
    .min(0)
    .max(MOST_US)
    .default(5)
    .meta(meta({ control: 'number', unit: 'us', section: 'basic' })),
  outsideUs: z
    .number()
    .min(0)
    .max(MOST_US)
    .default(5)
    .meta(meta({ control: 'number', unit: 'us', section: 'basic' })),
  durationMs: z
    .int()
    .min(20)
    .max(2000)
    .default(300)
    .meta(meta({ control: 'slider', unit: 'ms', section: 'basic', step: 10 })),
  permits: z
    .int()
    .min(1)
    .max(MOST_THREADS)
    .default(PERMITS)
    .meta(meta({ control: 'slider', section: 'basic', visibleWhen: { param: 'locks', in: ['semaphore'] } })),
  readShare: z
    .number()
    .min(0)
    .max(1)
    .default(READ_SHARE)
    .meta(
      meta({
        control: 'slider',
        step: 0.05,
        unit: 'share',
        section: 'basic',
        visibleWhen: { param: 'locks', in: ['read-write'] },
      }),
    ),
  rounds: roundsParam(),
  warmup: warmupParam(),
  seed: seedParam(),
  sweep: z
    .strictObject({ param: z.enum(CONTENTION_SWEEP_PARAMS), values: z.array(z.number()).min(2).max(12) })
    .nullable()
    .default(null)
    .meta(meta({ control: 'sweep', section: 'advanced' })),
})
export type LockContentionParams = z.output<typeof lockContentionParamsSchema>

/** Microseconds. Of a wait, acquisitions that did not wait count with 0. */
const spreadSchema = z.object({
  p50: z.number().nonnegative(),
  p95: z.number().nonnegative(),
  p99: z.number().nonnegative(),
  max: z.number().nonnegative(),
  total: z.number().nonnegative(),
})

const contextSwitchesSchema = z.object({ voluntary: z.number(), involuntary: z.number() })

/** One thread in all counted rounds together. */
export const contendingThreadSchema = z.object({
  acquisitions: z.int().nonnegative(),
  waited: z.int().nonnegative(),
  waitUs: spreadSchema,
  holdUs: spreadSchema,
  /** Neither waiting nor inside; adds up to the time of the rounds with the totals of the two. */
  outsideUs: z.number().nonnegative(),
  /** Waits that took any time, in microseconds: how many fell between two limits. */
  waits: z.array(z.object({ from: z.number(), to: z.number(), count: z.int().positive() })),
  contextSwitches: contextSwitchesSchema.nullable(),
})
export type ContendingThread = z.infer<typeof contendingThreadSchema>

/** What a lock came to at one value of threads and hold. Medians of the counted rounds. */
const figuresSchema = z.object({
  lock: z.enum(CONTENDED_LOCKS),
  throughputPerSecond: z.number().nonnegative(),
  throughputCi95: intervalSchema.nullable(),
  limitPerSecond: z.number().positive(),
  /** Throughput ÷ limit. */
  utilisation: z.number().nonnegative(),
  /** Jain's index of the acquisitions of the threads: 1 is even. */
  fairness: z.number(),
  /** Of all acquisitions, those that found it taken. */
  waitedShare: z.number().min(0).max(1),
})
export type ContentionFigures = z.infer<typeof figuresSchema>

export const contendedLockSchema = figuresSchema.extend({
  /** Of all counted rounds: updates that should have been made, and those that were overwritten. */
  updates: z.int().nonnegative(),
  lostUpdates: z.int().nonnegative(),
  /** What the limit is made from, measured with one thread alone; microseconds. */
  limit: z.object({
    boundBy: z.enum(['lock', 'cores']),
    holdUs: z.number(),
    handOverUs: z.number(),
    cycleUs: z.number(),
  }),
  /** Per 1,000 acquisitions, all threads; null where the system doesn't tell. */
  contextSwitches: contextSwitchesSchema.nullable(),
  perThread: z.array(contendingThreadSchema),
})
export type ContendedLockResult = z.infer<typeof contendedLockSchema>

export const lockContentionResultSchema = z.object({
  comparison: comparisonSchema,
  locks: z.array(contendedLockSchema).min(1),
  cores: z.int().positive(),
  findings: z.array(findingSchema),
  sweep: z
    .object({
      param: z.enum(CONTENTION_SWEEP_PARAMS),
      points: z.array(z.object({ value: z.number(), locks: z.array(figuresSchema) })),
    })
    .nullable(),
})
export type LockContentionResult = z.infer<typeof lockContentionResultSchema>

const contendersOf = (params: LockContentionParams): { threads: number }[] =>
  params.locks.flatMap(() => [
    { threads: params.threads },
    ...(params.sweep?.values ?? []).map((value) => ({
      threads: params.sweep?.param === 'threads' ? value : params.threads,
    })),
  ])

const threadSeconds = (params: LockContentionParams): number => {
  const seconds = (params.durationMs * (params.rounds + params.warmup)) / 1000
  return contendersOf(params).reduce((sum, { threads }) => sum + threads * seconds, 0)
}

const checkSweep = ({ sweep }: LockContentionParams): FieldError[] => {
  if (sweep === null) return []
  const [low, high] = sweep.param === 'threads' ? [1, MOST_THREADS] : [0, MOST_US]
  const whole = sweep.param === 'threads'
  const errors = sweep.values.flatMap((value, i) =>
    value < low || value > high || (whole && !Number.isInteger(value))
      ? [
          {
            path: `sweep.values.${i}`,
            message: `got ${value}; ${whole ? 'whole numbers' : 'numbers'} from ${low} to ${high} are accepted`,
            code: whole ? 'whole-number' : 'number',
            values: { value, min: low, max: high },
          },
        ]
      : [],
  )
  return new Set(sweep.values).size < sweep.values.length
    ? [...errors, { path: 'sweep.values', message: 'got a value twice; each may be named once', code: 'twice' }]
    : errors
}

const checkFit = (params: LockContentionParams): FieldError[] => {
  const { locks, permits, readShare } = params
  const named = locks.map((lock) => `"${lock}"`).join(', ')
  const errors: FieldError[] = []
  if (permits !== PERMITS && !locks.includes('semaphore')) {
    errors.push({
      path: 'permits',
      message: `got ${permits} with ${named}; only "semaphore" has permits`,
      code: 'only-with',
      values: { param: 'locks', option: 'semaphore' },
    })
  }
  if (readShare !== READ_SHARE && !locks.includes('read-write')) {
    errors.push({
      path: 'readShare',
      message: `got ${readShare} with ${named}; only "read-write" knows readers`,
      code: 'only-with',
      values: { param: 'locks', option: 'read-write' },
    })
  }
  return errors
}

const checkSize = (params: LockContentionParams): FieldError[] => {
  const seconds = threadSeconds(params)
  if (seconds <= MOST_THREAD_SECONDS) return []
  const fitting = Math.floor((params.durationMs * MOST_THREAD_SECONDS) / seconds)
  const message = `threads × duration × rounds × locks would be ${Math.round(seconds)} thread-seconds; at most ${MOST_THREAD_SECONDS} are accepted (${fitting} ms would fit)`
  return [{ path: 'durationMs', message, code: 'would-fit', values: { fitting } }]
}

/** Start-up of a thread, type stripping included, and what stands around a round. */
const THREAD_MS = 90
const AROUND_ROUND_MS = 6
const CALIBRATION_MS = 120

export const lockContention = defineExperiment<typeof lockContentionParamsSchema, LockContentionResult>({
  id: 'lock-contention',
  params: lockContentionParamsSchema,
  result: lockContentionResultSchema,
  check: (params) => [...checkFit(params), ...checkSweep(params), ...checkSize(params)],
  presets: [
    { id: 'convoy', params: { locks: ['mutex', 'ticket'], threads: 4, durationMs: 200 } },
    { id: 'unguarded', params: { locks: ['none', 'atomic', 'mutex'], threads: 4, durationMs: 100 } },
    {
      id: 'all',
      params: { locks: ['spin', 'lock', 'mutex', 'ticket', 'semaphore', 'read-write'], threads: 4, durationMs: 150 },
    },
    {
      id: 'more-threads',
      params: {
        locks: ['mutex', 'spin'],
        durationMs: 100,
        sweep: { param: 'threads', values: [1, 2, 4, 8] },
      },
    },
    {
      id: 'short-or-long',
      params: {
        locks: ['mutex', 'lock'],
        durationMs: 100,
        outsideUs: 20,
        sweep: { param: 'holdUs', values: [1, 5, 20, 100, 500] },
      },
    },
  ],
  commands: [],
  estimateMs: (params, machine) => {
    const most = Math.max(...contendersOf(params).map(({ threads }) => threads))
    const contenders = contendersOf(params).length
    const round = params.durationMs + AROUND_ROUND_MS
    const startup = (most * THREAD_MS) / Math.min(most, machine.cpus)
    return Math.round(startup + contenders * ((params.rounds + params.warmup) * round + CALIBRATION_MS))
  },
  headline: (result) => lockContentionHeadline(result),
  questions: lockContentionQuestions,
})

/** What lock-contention measures: each lock with its threads, the comparison, the sweep. */
import { z } from 'zod'
import { comparisonSchema, findingSchema, intervalSchema } from '../contract/comparison.ts'
import { CONTENDED_LOCKS, CONTENTION_SWEEP_PARAMS } from './lock-contention-locks.ts'

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

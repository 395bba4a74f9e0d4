/**
 * Who decides when to switch: one long computation and many short requests at a steady rate, under an event loop that never
 * yields, one that yields, threads, and processes. Defines the parameters, the result, the estimate and what may be asked.
 */
import { z } from 'zod'
import { comparisonSchema, findingSchema, intervalSchema } from '../contract/comparison.ts'
import type { FieldError } from '../contract/problem.ts'
import { defineExperiment, paramMeta as meta } from './experiment.ts'
import { roundsParam, seedParam, warmupParam } from './rounds-params.ts'
import { schedulingHeadline } from './scheduling-findings.ts'
import { SCHEDULING_KINDS } from './scheduling-kinds.ts'
import { planStretches } from './scheduling-plan.ts'
import { schedulingQuestions } from './scheduling-questions.ts'

export const schedulingKindSchema = z.enum(SCHEDULING_KINDS)

export const schedulingParamsSchema = z.strictObject({
  kinds: z
    .array(schedulingKindSchema)
    .min(1, 'name at least one kind')
    .refine((kinds) => new Set(kinds).size === kinds.length, 'got a kind twice; each may be named once')
    .default([...SCHEDULING_KINDS])
    .meta(meta({ control: 'choices', section: 'basic' })),
  longMs: z
    .int()
    .min(20)
    .max(5_000)
    .default(400)
    .meta(meta({ control: 'slider', unit: 'ms', scale: 'log', section: 'basic' })),
  shortEveryMs: z
    .int()
    .min(2)
    .max(1_000)
    .default(10)
    .meta(meta({ control: 'slider', unit: 'ms', scale: 'log', section: 'basic' })),
  shortMs: z
    .number()
    .min(0.1)
    .max(100)
    .default(1)
    .meta(meta({ control: 'slider', unit: 'ms', scale: 'log', step: 0.1, section: 'basic' })),
  sliceMs: z
    .number()
    .min(0.5)
    .max(1_000)
    .default(5)
    .meta(meta({ control: 'slider', unit: 'ms', scale: 'log', step: 0.5, section: 'basic' })),
  durationMs: z
    .int()
    .min(100)
    .max(60_000)
    .default(3_000)
    .meta(meta({ control: 'slider', unit: 'ms', scale: 'log', section: 'basic' })),
  rounds: roundsParam(),
  warmup: warmupParam(),
  seed: seedParam(),
})
export type SchedulingParams = z.output<typeof schedulingParamsSchema>

/** Null where the system doesn't tell. */
export const contextSwitchesSchema = z.object({ voluntary: z.number(), involuntary: z.number() }).nullable()

const laneUsageSchema = z.object({
  lane: z.string(),
  /** What it had to do. */
  role: z.enum(['both', 'shorts', 'long']),
  cpuMs: z.number(),
  /** Runnable, but without a core. */
  waitingForCoreMs: z.number().nullable(),
  contextSwitches: contextSwitchesSchema,
})

export const schedulingKindResultSchema = z.object({
  kind: schedulingKindSchema,
  scheduled: z.int().nonnegative(),
  completed: z.int().nonnegative(),
  /** Of short requests, from the scheduled arrival to the answer, all counted stretches together. */
  latencyMs: z.object({ p50: z.number(), p95: z.number(), p99: z.number(), max: z.number() }),
  histogram: z.array(z.object({ from: z.number(), to: z.number(), count: z.int().nonnegative() })),
  contextSwitches: contextSwitchesSchema,
  waitingForCoreMs: z.number().nullable(),
  lanes: z.array(laneUsageSchema),
  /** From the long computation's scheduled arrival to its end, one a stretch. */
  long: z.object({ samplesMs: z.array(z.number()), medianMs: z.number(), ci95Ms: intervalSchema.nullable() }),
  /** Requests that arrived while the long computation went on, and could start only after it; the longest of their waits. */
  heldUp: z.object({ requests: z.int().nonnegative(), longestMs: z.number() }),
  /** The longest time from arrival to start. */
  longestWaitMs: z.number(),
  /** How much later than scheduled the load generator sent a request, at worst; part of the latency it is counted in. */
  generatorLateMs: z.number(),
})
export type SchedulingKindResult = z.infer<typeof schedulingKindResultSchema>

export const schedulingResultSchema = z.object({
  kinds: z.array(schedulingKindResultSchema).min(1),
  /** Samples are the p99 of each stretch, in ms. */
  comparison: comparisonSchema,
  /** How the duration was cut, the same for every kind: stretches take turns, each with one long computation. */
  stretches: z.object({ count: z.int().positive(), ms: z.number(), shorts: z.int().positive(), longAtMs: z.number() }),
  cores: z.int().positive(),
  findings: z.array(findingSchema),
})
export type SchedulingResult = z.infer<typeof schedulingResultSchema>

const check = (params: SchedulingParams): FieldError[] => {
  const { kinds, longMs, shortEveryMs, shortMs, sliceMs, durationMs } = params
  const errors: FieldError[] = []
  if (longMs > durationMs) {
    errors.push({
      path: 'longMs',
      message: `got ${longMs}; it has to fit into durationMs, ${durationMs} at most`,
      code: 'at-most',
      values: { max: durationMs },
    })
  }
  if (shortMs > 0.8 * shortEveryMs) {
    errors.push({
      path: 'shortMs',
      message: `got ${shortMs} every ${shortEveryMs} ms; at most ${0.8 * shortEveryMs} is accepted (80% of shortEveryMs), or the queue would grow for ever`,
      code: 'at-most',
      values: { max: 0.8 * shortEveryMs },
    })
  }
  if (kinds.includes('cooperative-yielding') && sliceMs >= longMs) {
    errors.push({
      path: 'sliceMs',
      message: `got ${sliceMs}; a slice below longMs, ${longMs}, is accepted: a computation of one slice never yields`,
      code: 'less-than',
      values: { limit: longMs },
    })
  }
  if (shortEveryMs > durationMs / 2) {
    errors.push({
      path: 'shortEveryMs',
      message: `got ${shortEveryMs}; at most half of durationMs, ${durationMs / 2}, is accepted`,
      code: 'at-most',
      values: { max: durationMs / 2 },
    })
  }
  return errors
}

/** Starting a kind's threads or processes with their load generators, and warming their code up. */
const STARTUP_MS = { cooperative: 300, 'cooperative-yielding': 300, preemptive: 450, multiprocess: 650 } as const
const CALIBRATION_MS = 200
/** Around a stretch: handing over, and the wait until its first moment. */
const AROUND_MS = 40

export const scheduling = defineExperiment<typeof schedulingParamsSchema, SchedulingResult>({
  id: 'scheduling',
  params: schedulingParamsSchema,
  check,
  result: schedulingResultSchema,
  presets: [
    { id: 'quick', params: { longMs: 120, durationMs: 1_080, shortEveryMs: 10, shortMs: 1, sliceMs: 5 } },
    { id: 'blocked', params: { longMs: 400, durationMs: 3_000, kinds: ['cooperative', 'cooperative-yielding'] } },
    { id: 'all-kinds', params: { longMs: 400, durationMs: 3_000 } },
    {
      id: 'coarse-slices',
      params: { longMs: 400, durationMs: 3_000, sliceMs: 50, kinds: ['cooperative-yielding', 'preemptive'] },
    },
    { id: 'busy', params: { longMs: 300, durationMs: 6_000, shortEveryMs: 4, shortMs: 2, sliceMs: 2 } },
  ],
  commands: [],
  estimateMs: (params) => {
    const plan = planStretches(params)
    const startupMs = params.kinds.reduce((sum, kind) => sum + STARTUP_MS[kind], CALIBRATION_MS)
    return Math.round(
      startupMs + params.kinds.length * (plan.count + params.warmup) * (Math.max(plan.ms, plan.busyMs) + AROUND_MS),
    )
  },
  // As long a stretch as it had among the others.
  oneRound: (params) => ({ ...params, durationMs: Math.max(100, Math.ceil(planStretches(params).ms)) }),
  headline: schedulingHeadline,
  questions: schedulingQuestions,
})

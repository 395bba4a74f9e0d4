/**
 * What is shared: a counter incremented by threads in one memory and by processes in one each; a worker that dies, and who
 * dies with it; what a thread, a process and a program cost. Defines the parameters, the result, the estimate and the questions.
 */
import { z } from 'zod'
import { comparisonSchema, findingSchema, intervalSchema } from '../contract/comparison.ts'
import type { FieldError } from '../contract/problem.ts'
import type { Machine } from '../contract/run.ts'
import { defineExperiment, paramMeta as meta } from './experiment.ts'
import { isolationHeadline } from './isolation-findings.ts'
import { CRASHES } from './isolation-kinds.ts'
import { isolationQuestions } from './isolation-questions.ts'
import { roundsParam, seedParam, warmupParam } from './rounds-params.ts'

export const isolationParamsSchema = z.strictObject({
  workers: z
    .int()
    .min(1)
    .max(16)
    .default(2)
    .meta(meta({ control: 'slider', unit: 'workers', section: 'basic' })),
  increments: z
    .int()
    .min(1)
    .max(5_000_000)
    .default(100_000)
    .meta(meta({ control: 'slider', scale: 'log', unit: 'increments', section: 'basic' })),
  crash: z
    .enum(CRASHES)
    .default('throw')
    .meta(meta({ control: 'choices', section: 'basic' })),
  rounds: roundsParam({ most: 30 }),
  warmup: warmupParam(),
  seed: seedParam(),
})
export type IsolationParams = z.output<typeof isolationParamsSchema>

/** One way to count together. */
export const countSchema = z.object({
  /** workers × increments. */
  expected: z.int().nonnegative(),
  /** What the host reads in its counter afterwards, in the try that lost the most. */
  actual: z.int().nonnegative(),
  /** What each worker reads in what it takes for the counter when it is done, in that try. */
  perWorker: z.array(z.int().nonnegative()),
  /** The host's counter after every try. */
  tries: z.array(z.int().nonnegative()),
})
export type Count = z.infer<typeof countSchema>

export const crashOutcomeSchema = z.object({
  /** Workers that answer after one of them has died. */
  survivors: z.int().nonnegative(),
  hostAlive: z.boolean(),
  workers: z.array(z.object({ worker: z.int().positive(), alive: z.boolean() })),
  /** What the host learned of the worker that died: an exit code, a signal, an error's message. Null where it learned nothing. */
  crashed: z
    .object({ code: z.int().nullable(), signal: z.string().nullable(), error: z.string().nullable() })
    .nullable(),
  /** By which signal or code the host itself ended, where it did. */
  hostEnd: z.string().nullable(),
  /** From the command to die until the host, or whoever watches it, knew. Null where nobody died. */
  noticedMs: z.number().nonnegative().nullable(),
})
export type CrashOutcome = z.infer<typeof crashOutcomeSchema>

export const costSchema = z.object({
  /** From asking for it until its first message. Medians; the intervals are in `intervals`. */
  startupMs: z.number().nonnegative(),
  /** What the memory of all processes involved grew by; null where the system doesn't tell. */
  memoryBytes: z.number().nullable(),
  /** There and back. */
  messageMicros: z.number().nonnegative(),
  intervals: z.object({
    startupMs: intervalSchema.nullable(),
    memoryBytes: intervalSchema.nullable(),
    messageMicros: intervalSchema.nullable(),
  }),
})
export type Cost = z.infer<typeof costSchema>

export const isolationResultSchema = z.object({
  memory: z.object({
    /** Plain increments of a SharedArrayBuffer. */
    threads: countSchema,
    /** Atomic increments of it. */
    threadsAtomic: countSchema,
    /** Of an ordinary array, which a thread gets a copy of as a process does. */
    threadsOrdinary: countSchema,
    processes: countSchema,
  }),
  /** What became of the attempt to send shared memory to a process: the refusal's message; null if it was accepted. */
  sharedMemoryToProcess: z.string().nullable(),
  crash: z.object({ threads: crashOutcomeSchema, processes: crashOutcomeSchema }),
  cost: z.object({ threads: costSchema, processes: costSchema, exec: costSchema }),
  /** How memory was measured: 'pss' shares pages out among those that use them, 'rss' counts them for each. */
  memoryMeasure: z.enum(['pss', 'rss']).nullable(),
  /** Samples are ms of start-up. */
  comparison: comparisonSchema,
  findings: z.array(findingSchema),
})
export type IsolationResult = z.infer<typeof isolationResultSchema>

/** A process of Node's needs about as much, with nothing in it. */
const PROCESS_BYTES = 45e6

const check = ({ workers }: IsolationParams, machine: Machine): FieldError[] => {
  const fitting = Math.floor(machine.memoryBytes / 4 / PROCESS_BYTES)
  return workers <= Math.max(1, fitting)
    ? []
    : [
        {
          path: 'workers',
          message: `got ${workers}; ${fitting} processes fit into a quarter of this machine's memory`,
          code: 'at-most',
          values: { max: Math.max(1, fitting) },
        },
      ]
}

const estimateMs = ({ workers, increments, crash, rounds, warmup }: IsolationParams, { cpus }: Machine): number => {
  const tries = rounds + warmup
  // A thread's start and a process's, and the host's of each try, in ms of a core.
  const startMs = (workers * (40 + 80)) / Math.min(workers, cpus)
  // An atomic increment that others fight for, 40 ns; the plain ones are a tenth.
  // Four kinds, in each round as often as INCREMENTS_A_ROUND of the execution allows.
  const countMs = tries * (Math.max(3 * increments * workers, 4_000_000) * 40e-6 + 60)
  const crashMs = 2 * (120 + (workers * 80) / Math.min(workers, cpus)) + (crash === 'none' ? 0 : 100)
  const costMs = tries * (3 * 90 + 2 * (25 + 60 + 60) + 60)
  return Math.round(startMs + countMs + crashMs + costMs)
}

export const isolation = defineExperiment<typeof isolationParamsSchema, IsolationResult>({
  id: 'isolation',
  params: isolationParamsSchema,
  check,
  result: isolationResultSchema,
  presets: [
    { id: 'quick', params: { workers: 2, increments: 100_000, crash: 'throw', rounds: 6, warmup: 1 } },
    { id: 'abort', params: { workers: 4, increments: 100_000, crash: 'abort' } },
    { id: 'exit', params: { workers: 3, increments: 100_000, crash: 'exit' } },
    { id: 'few-increments', params: { workers: 2, increments: 100, crash: 'none' } },
    { id: 'crowd', params: { workers: 8, increments: 1_000_000, crash: 'throw', rounds: 12 } },
  ],
  commands: [],
  estimateMs,
  headline: (result, params) => isolationHeadline(result, params),
  questions: isolationQuestions,
})

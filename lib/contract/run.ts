/** A run, one execution of an experiment, as the API shows it and the store keeps it; and the request that starts one. */
import { z } from 'zod'
import { parseJson } from './parse-json.ts'
import { RUN_STATUSES } from './run-status.ts'

export { hasEnded, RUN_STATUSES, type RunStatus } from './run-status.ts'
export const runStatusSchema = z.enum(RUN_STATUSES)

export const RUN_ERROR_CODES = [
  'timeout',
  'crashed',
  'out-of-memory',
  'interrupted',
  'movie-api',
  'checksum-mismatch',
  'storage',
  'database',
  'queue',
  'verification',
  'internal',
] as const

/** Why a run failed. `code` is translated (`errors.<code>`); `message` is technical detail in English, without secrets. */
export const runErrorSchema = z.object({ code: z.enum(RUN_ERROR_CODES), message: z.string() })
export type RunError = z.infer<typeof runErrorSchema>
export type RunErrorCode = RunError['code']

/** `label` is a message key under `progress`, filled with `values`; `remainingMs` is null while it can't be told. */
export const progressSchema = z.object({
  done: z.number().nonnegative(),
  total: z.number().nonnegative(),
  label: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  remainingMs: z.number().nonnegative().nullable(),
})
export type Progress = z.infer<typeof progressSchema>

export const machineSchema = z.object({
  cpus: z.int().positive(),
  model: z.string(),
  memoryBytes: z.number().positive(),
  os: z.string(),
  node: z.string(),
})
export type Machine = z.infer<typeof machineSchema>

/** What the person expected before the run: which question was asked and what was answered. */
export const predictionSchema = z.object({
  question: z.string().min(1).max(64),
  answer: z.union([z.string().max(64), z.number()]),
})
export type Prediction = z.infer<typeof predictionSchema>

/** As it is asked for: nothing in it is dropped unsaid. */
const givenPredictionSchema = z.strictObject(predictionSchema.shape)

export const startRunSchema = z.strictObject({
  experiment: z.string(),
  params: z.record(z.string(), z.unknown()).optional(),
  prediction: givenPredictionSchema.nullable().optional(),
})
export type StartRun = z.infer<typeof startRunSchema>

/** What else the machine did while it measured. */
export const interferenceSchema = z.object({
  /** Interactive searches that were answered. */
  searches: z.int().nonnegative(),
  /** Of all cores' time, what programs outside this server took, 0–1; null before a run has succeeded, and where it can't be told. */
  otherCpuShare: z.number().min(0).max(1).nullable(),
})

export const runSchema = z.object({
  id: z.string(),
  experiment: z.string(),
  params: z.record(z.string(), z.unknown()),
  prediction: predictionSchema.nullable(),
  status: runStatusSchema,
  /** Runs ahead of it in the admission queue; 0 when running or ended. */
  position: z.int().nonnegative(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  progress: progressSchema,
  result: z.record(z.string(), z.unknown()).nullable(),
  error: runErrorSchema.nullable(),
  machine: machineSchema,
  interference: interferenceSchema,
  /** Commands it accepts now. */
  commands: z.array(z.string()),
})
export type Run = z.infer<typeof runSchema>

/** A run as lists show it. */
export const runSummarySchema = runSchema.omit({ result: true }).extend({
  /** The finding that stands for the result in a list or a shared link. */
  headline: z.object({ code: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) }).nullable(),
})
export type RunSummary = z.infer<typeof runSummarySchema>

export const runListSchema = z.object({ runs: z.array(runSummarySchema), nextCursor: z.string().nullable() })
export type RunList = z.infer<typeof runListSchema>

export const runCommandSchema = z.strictObject({ command: z.string().min(1).max(64) })

const PARAMS_WANTED = 'parameters of the experiment, as JSON: {"workers": 4}'

const paramsInQuerySchema = z
  .string()
  .max(8_000)
  .transform((text, context): Record<string, unknown> => {
    const parsed = parseJson(text)
    const params = parsed.ok ? parsed.value : null
    if (typeof params === 'object' && params !== null && !Array.isArray(params)) return { ...params }
    const why = parsed.ok ? '' : ` (${parsed.failure.detail})`
    context.issues.push({ code: 'custom', message: `${PARAMS_WANTED}${why}`, input: text })
    return z.NEVER
  })

/** The query of GET /api/runs. */
export const runListQuerySchema = z
  .object({
    experiment: z.string().max(64).optional(),
    status: runStatusSchema.optional(),
    params: paramsInQuerySchema
      .optional()
      .meta({ description: `With an experiment: ${PARAMS_WANTED}; what is left out is filled from the defaults` }),
    match: z
      .enum(['same', 'different'])
      .default('same')
      .meta({ description: 'Only runs with just these params, or only runs with others' }),
    limit: z.coerce.number().int().min(1).max(100).default(20),
    cursor: z
      .string()
      .regex(/^\d{1,15}$/, 'a nextCursor of an earlier answer')
      .optional(),
  })
  .refine(({ experiment, params }) => params === undefined || experiment !== undefined, {
    path: ['experiment'],
    message: 'the experiment whose parameters these are',
  })

/**
 * Nine women, one month: how many times faster is the same work with n workers? A share of it is done by one worker before the
 * others may begin; the rest is shared out. Measured for 1, 2, … up to maxWorkers, beside Amdahl's law or, where the work grows
 * with the workers, Gustafson's.
 */
import { z } from 'zod'
import { comparisonSchema, findingSchema, intervalSchema, speedupSchema } from '../contract/comparison.ts'
import type { FieldError } from '../contract/problem.ts'
import type { Machine } from '../contract/run.ts'
import { defineExperiment, paramMeta as meta } from './experiment.ts'
import { roundsParam, seedParam, warmupParam } from './rounds-params.ts'
import { scalingHeadline } from './scaling-findings.ts'
import { scalingQuestions } from './scaling-questions.ts'
import { CPU_WORKLOADS } from './strategies.ts'
import { computingMs, generatingMs } from './strategies-estimate.ts'

export const scalingParamsSchema = z.strictObject({
  workload: z
    .enum(CPU_WORKLOADS)
    .default('primes')
    .meta(meta({ control: 'select', section: 'basic' })),
  serialShare: z
    .number()
    .min(0)
    .max(0.95)
    .default(0)
    .meta(meta({ control: 'slider', step: 0.05, unit: 'share', section: 'basic' })),
  maxWorkers: z
    .int()
    .min(1)
    .max(16)
    .optional()
    .meta(meta({ control: 'slider', unit: 'workers', section: 'basic' })),
  strategy: z
    .enum(['threads', 'processes'])
    .default('threads')
    .meta(meta({ control: 'choices', section: 'basic' })),
  scaled: z
    .boolean()
    .default(false)
    .meta(meta({ control: 'switch', section: 'basic' })),
  size: z
    .enum(['small', 'medium', 'large'])
    .default('medium')
    .meta(meta({ control: 'choices', section: 'advanced' })),
  rounds: roundsParam(),
  warmup: warmupParam(),
  seed: seedParam(),
})
export type ScalingParams = z.output<typeof scalingParamsSchema>

const estimateSchema = z.object({ value: z.number(), ci95: intervalSchema.nullable() })

export const scalingResultSchema = z.object({
  comparison: comparisonSchema,
  points: z.array(
    z.object({
      workers: z.int().positive(),
      /** One worker ÷ this, for the same work. */
      speedup: speedupSchema,
      /** With the measured serial share, on this machine's cores. */
      amdahl: z.number(),
      gustafson: z.number().nullable(),
      karpFlatt: z.number().nullable(),
    }),
  ),
  fit: z.object({
    serialShare: estimateSchema.nullable(),
    usl: z.object({ alpha: estimateSchema, beta: estimateSchema }).nullable(),
  }),
  /** `measured`: of the time of one worker, the serial part and the join, which is serial too. */
  serialShare: z.object({ asked: z.number(), measured: z.number() }),
  beyondCores: speedupSchema.extend({ workers: z.int() }).nullable(),
  cores: z.int().positive(),
  findings: z.array(findingSchema),
  sweep: z.null(),
})
export type ScalingResult = z.infer<typeof scalingResultSchema>

/** Bytes of one copy of the work, input and output, as far as they matter. */
const COPY_BYTES: Partial<Record<ScalingParams['workload'], Record<ScalingParams['size'], number>>> = {
  matrix: { small: 4e6, medium: 14e6, large: 39e6 },
  image: { small: 8e6, medium: 33e6, large: 74e6 },
  array: { small: 7e6, medium: 24e6, large: 64e6 },
}
/** Of the gigabyte that a run may hold; copies for the workers and what is made of them take the rest. */
const COPIES_MAY_HOLD = 300e6

const checkMemory = ({ workload, size, scaled, maxWorkers = 1 }: ScalingParams): FieldError[] => {
  const bytes = COPY_BYTES[workload]?.[size] ?? 0
  if (!scaled || bytes * maxWorkers <= COPIES_MAY_HOLD) return []
  return [
    {
      path: 'maxWorkers',
      message: `got ${maxWorkers} with "${size}" "${workload}" that grows with the workers; up to ${Math.floor(COPIES_MAY_HOLD / bytes)} are accepted, or a smaller size`,
      code: 'at-most',
      values: { max: Math.floor(COPIES_MAY_HOLD / bytes) },
    },
  ]
}

const STARTUP_MS = { threads: 150, processes: 250 } as const

const estimateMs = (params: ScalingParams, { cpus }: Machine): number => {
  const { maxWorkers = cpus, serialShare, scaled, rounds, warmup } = params
  const aloneMs = computingMs(params.workload, params.size)
  const roundMs = Array.from({ length: maxWorkers }, (_, i) => i + 1).reduce((sum, workers) => {
    const parallelMs = (aloneMs * (1 - serialShare) * (scaled ? workers : 1)) / Math.min(workers, cpus)
    return sum + aloneMs * serialShare + parallelMs + 10
  }, 0)
  const startupMs = (STARTUP_MS[params.strategy] * maxWorkers) / Math.min(maxWorkers, cpus)
  return Math.round(startupMs + generatingMs(params.workload, params.size) + roundMs * (rounds + warmup))
}

export const scaling = defineExperiment<typeof scalingParamsSchema, ScalingResult>({
  id: 'scaling',
  params: scalingParamsSchema,
  result: scalingResultSchema,
  check: (params, { cpus }) => checkMemory({ ...params, maxWorkers: params.maxWorkers ?? Math.min(16, cpus) }),
  resolve: (params, { cpus }) => ({ ...params, maxWorkers: params.maxWorkers ?? Math.min(16, cpus) }),
  presets: [
    { id: 'baby', params: { serialShare: 0.9, maxWorkers: 9, size: 'small' } },
    { id: 'lawn', params: { serialShare: 0, maxWorkers: 9, size: 'small' } },
    { id: 'half', params: { serialShare: 0.5, maxWorkers: 4 } },
    { id: 'grows', params: { serialShare: 0.5, maxWorkers: 4, scaled: true, size: 'small' } },
    { id: 'real-join', params: { workload: 'array', size: 'small', maxWorkers: 4 } },
  ],
  commands: [],
  estimateMs,
  headline: (result, params) => scalingHeadline(result, params),
  questions: scalingQuestions,
})

/**
 * The same work, four ways: a workload is cut into independent tasks, executed by each strategy and joined again. Defines the
 * parameters, the result, the estimate and what may be asked before a run; the sweep over the share of computing is the
 * crossover map.
 */
import { z } from 'zod'
import { comparisonSchema, findingSchema, intervalSchema, speedupSchema } from '../contract/comparison.ts'
import type { FieldError } from '../contract/problem.ts'
import type { Machine } from '../contract/run.ts'
import { STRATEGIES, strategiesSchema } from '../contract/strategy.ts'
import { defineExperiment, paramMeta as meta } from './experiment.ts'
import { roundsParam, seedParam, warmupParam } from './rounds-params.ts'
import { estimateStrategiesMs } from './strategies-estimate.ts'
import { strategiesHeadline } from './strategies-findings.ts'
import { strategiesQuestions } from './strategies-questions.ts'
import { checkSweepValues } from './sweep-values.ts'
import { workersAtOnce } from './workers-at-once.ts'

export const CPU_WORKLOADS = ['primes', 'fibonacci', 'matrix', 'image', 'array', 'mining'] as const
export const IO_WORKLOADS = ['http', 'disk', 'database'] as const
export const WORKLOADS = [...CPU_WORKLOADS, ...IO_WORKLOADS, 'mixed'] as const
export type WorkloadId = (typeof WORKLOADS)[number]

/** What threads and processes are given when nobody says: as many as there are cores for computing, 8 for waiting. */
export const DEFAULT_IO_WORKERS = 8

export const SWEEP_PARAMS = ['cpuShare', 'workers', 'tasks'] as const

const MIXED_SHARE = 0.5

export const strategiesParamsSchema = z.strictObject({
  workload: z
    .enum(WORKLOADS)
    .default('primes')
    .meta(meta({ control: 'select', section: 'basic' })),
  size: z
    .enum(['small', 'medium', 'large'])
    .default('medium')
    .meta(meta({ control: 'choices', section: 'basic' })),
  cpuShare: z
    .number()
    .min(0)
    .max(1)
    .default(MIXED_SHARE)
    .meta(
      meta({
        control: 'slider',
        step: 0.05,
        unit: 'share',
        section: 'basic',
        visibleWhen: { param: 'workload', in: ['mixed'] },
      }),
    ),
  tasks: z
    .int()
    .min(1)
    .max(512)
    .default(16)
    .meta(meta({ control: 'slider', scale: 'log', unit: 'tasks', section: 'basic' })),
  workers: z
    .int()
    .min(1)
    .max(32)
    .optional()
    .meta(meta({ control: 'slider', unit: 'workers', section: 'basic' })),
  strategies: strategiesSchema.default([...STRATEGIES]).meta(meta({ control: 'choices', section: 'basic' })),
  rounds: roundsParam({ usual: 10 }),
  warmup: warmupParam({ usual: 2 }),
  seed: seedParam(),
  sweep: z
    .strictObject({ param: z.enum(SWEEP_PARAMS), values: z.array(z.number()).min(2).max(12) })
    .nullable()
    .default(null)
    .meta(meta({ control: 'sweep', section: 'advanced' })),
})
export type StrategiesParams = z.output<typeof strategiesParamsSchema>

/** Milliseconds; together elapsed × workers + start-up of a typical round. Workers are threads or processes here. */
export const lossesSchema = z.object({
  usefulMs: z.number(),
  waitingMs: z.number(),
  imbalanceMs: z.number(),
  handingOverMs: z.number(),
  joiningMs: z.number(),
  startupMs: z.number(),
})
export type Losses = z.infer<typeof lossesSchema>

export const sweepPointSchema = z.object({
  value: z.number(),
  entries: z.array(
    z.object({ key: z.string(), medianMs: z.number(), ci95Ms: intervalSchema.nullable(), speedup: speedupSchema }),
  ),
})
export type SweepPoint = z.infer<typeof sweepPointSchema>

export const strategiesResultSchema = z.object({
  comparison: comparisonSchema,
  losses: z.record(z.string(), lossesSchema),
  cores: z.int().positive(),
  findings: z.array(findingSchema),
  sweep: z.object({ param: z.enum(SWEEP_PARAMS), points: z.array(sweepPointSchema) }).nullable(),
  /** What the work came to: a number found, percentiles, a picture; null when there is nothing to show. */
  artefact: z.record(z.string(), z.unknown()).nullable(),
  /**
   * Handing the buffers to processes and back, nothing computed; null where nothing is copied. Threads share them: 0. Where the
   * interval reaches down to 0, it can't be told from nothing.
   */
  copying: z.object({ bytes: z.number(), ms: z.number(), ci95Ms: intervalSchema.nullable() }).nullable(),
  /** Emulated parts of this run, to be labelled so wherever it is shown. */
  emulated: z.object({ latencyMs: z.number() }).nullable(),
})
export type StrategiesResult = z.infer<typeof strategiesResultSchema>

export const isCpuWorkload = (workload: WorkloadId): boolean => CPU_WORKLOADS.some((id) => id === workload)

const SWEEP_LIMITS = {
  cpuShare: { min: 0, max: 1, whole: false },
  workers: { min: 1, max: 32, whole: true },
  tasks: { min: 1, max: 512, whole: true },
} as const

const checkSweep = ({ sweep, workload }: StrategiesParams): FieldError[] => {
  if (sweep === null) return []
  const errors = checkSweepValues(sweep.values, SWEEP_LIMITS[sweep.param])
  if (sweep.param === 'cpuShare' && workload !== 'mixed') {
    errors.push({
      path: 'sweep.param',
      message: `got "cpuShare" with the workload "${workload}"; only "mixed" has a share of computing`,
      code: 'only-with',
      values: { param: 'workload', option: 'mixed' },
    })
  }
  return errors
}

export const strategies = defineExperiment<typeof strategiesParamsSchema, StrategiesResult>({
  id: 'strategies',
  params: strategiesParamsSchema,
  result: strategiesResultSchema,
  check: (params) => [
    ...(params.cpuShare !== MIXED_SHARE && params.workload !== 'mixed'
      ? [
          {
            path: 'cpuShare',
            message: `got ${params.cpuShare} with the workload "${params.workload}"; only "mixed" has a share of computing`,
            code: 'only-with',
            values: { param: 'workload', option: 'mixed' },
          },
        ]
      : []),
    ...checkSweep(params),
  ],
  resolve: (params, machine: Machine) => ({
    ...params,
    workers: params.workers ?? (isCpuWorkload(params.workload) ? machine.cpus : DEFAULT_IO_WORKERS),
  }),
  presets: [
    { id: 'computing', params: { workload: 'primes', size: 'small', rounds: 8, warmup: 1 } },
    { id: 'waiting', params: { workload: 'http', size: 'small', workers: 8, rounds: 8, warmup: 1 } },
    { id: 'picture', params: { workload: 'image', size: 'medium' } },
    {
      id: 'many-workers',
      params: { workload: 'primes', size: 'small', workers: 8, tasks: 64, strategies: ['sequential', 'threads'] },
    },
    {
      id: 'crossover',
      params: {
        workload: 'mixed',
        size: 'medium',
        // As few as show it: on a busy machine of two cores it shall still end within 40 s.
        tasks: 12,
        workers: 6,
        rounds: 6,
        warmup: 1,
        sweep: { param: 'cpuShare', values: [0, 0.25, 0.5, 0.75, 1] },
      },
    },
    { id: 'durable', params: { workload: 'database', size: 'medium', workers: 4 } },
  ],
  commands: [],
  estimateMs: (params, machine) => estimateStrategiesMs(params, machine),
  workersAtOnce: ({ strategies: named, workers, sweep }, machine) =>
    workersAtOnce(named, [workers ?? machine.cpus, ...(sweep?.param === 'workers' ? sweep.values : [])]),
  movieApi: ({ workload }) => (workload === 'http' || workload === 'mixed' ? { emulated: [] } : null),
  headline: strategiesHeadline,
  questions: strategiesQuestions,
})

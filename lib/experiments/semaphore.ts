/**
 * More threads than permits: how many are inside at once, and how long the jobs take with a semaphore and without. And "mutex or
 * semaphore?": what each says when a thread releases what another holds. A job computes; it does not wait.
 */
import { z } from 'zod'
import { comparisonSchema, findingSchema, intervalSchema } from '../contract/comparison.ts'
import { counterSeriesSchema } from '../contract/trace.ts'
import { defineExperiment, type ParamMeta } from './experiment.ts'
import { roundsParam, seedParam, warmupParam } from './rounds-params.ts'
import { semaphoreHeadline } from './semaphore-findings.ts'
import { permittedJobsMs } from './semaphore-model.ts'
import { semaphoreQuestions } from './semaphore-questions.ts'

const meta = <T extends ParamMeta>(value: T): T => value

export const semaphoreParamsSchema = z.strictObject({
  permits: z
    .int()
    .min(1)
    .max(16)
    .default(3)
    .meta(meta({ control: 'slider', section: 'basic' })),
  threads: z
    .int()
    .min(1)
    .max(16)
    .default(8)
    .meta(meta({ control: 'slider', unit: 'threads', section: 'basic' })),
  jobs: z
    .int()
    .min(1)
    .max(1000)
    .default(40)
    .meta(meta({ control: 'slider', scale: 'log', section: 'basic' })),
  jobMs: z
    .int()
    .min(1)
    .max(500)
    .default(20)
    .meta(meta({ control: 'slider', scale: 'log', unit: 'ms', section: 'basic' })),
  rounds: roundsParam(),
  warmup: warmupParam(),
  seed: seedParam(),
})
export type SemaphoreParams = z.output<typeof semaphoreParamsSchema>

/** 'accepted', or the name of the error that was thrown. */
const saidSchema = z.string().min(1)
const releasedSchema = <T extends z.ZodType>(of: T) =>
  z.object({ lock: of, mutex: of, semaphore: of, boundedSemaphore: of })

export const semaphoreResultSchema = z.object({
  comparison: comparisonSchema,
  /** Of all counted rounds with the semaphore: the most and the fewest that were inside at once. */
  maxInside: z.int(),
  minInside: z.int(),
  /** Without it, how many were inside at once. */
  maxInsideUnlimited: z.int(),
  /** Free permits over time, in the round whose time was the median. */
  counter: counterSeriesSchema,
  /** With the semaphore, median of the rounds. */
  elapsedMs: z.number().nonnegative(),
  elapsedCi95Ms: intervalSchema.nullable(),
  modelMs: z.number().nonnegative(),
  /** ⌈jobs / permits⌉ × jobMs: what it would take with a core for everyone inside. */
  enoughCoresMs: z.number().nonnegative(),
  /** Of all jobs, those that had to wait for a permit. */
  waitedShare: z.number().min(0).max(1),
  cores: z.int().positive(),
  /** A thread that never acquired releases, while another thread holds it. */
  foreignRelease: releasedSchema(saidSchema),
  /** Whether that thread could then acquire it, while the other still believed to hold it. */
  enteredAfterwards: releasedSchema(z.boolean()),
  /** What the holder was told when it released in the end. */
  holderRelease: releasedSchema(saidSchema),
  /** The same release while nobody holds it. */
  idleRelease: releasedSchema(saidSchema),
  findings: z.array(findingSchema),
  sweep: z.null(),
})
export type SemaphoreResult = z.infer<typeof semaphoreResultSchema>

const THREAD_MS = 90
const AROUND_MS = 10

export const semaphore = defineExperiment<typeof semaphoreParamsSchema, SemaphoreResult>({
  id: 'semaphore',
  params: semaphoreParamsSchema,
  result: semaphoreResultSchema,
  presets: [
    { id: 'three-of-eight', params: { permits: 3, threads: 8, jobs: 40, jobMs: 10 } },
    { id: 'one-permit', params: { permits: 1, threads: 4, jobs: 20, jobMs: 10 } },
    { id: 'as-many-as-cores', params: { permits: 2, threads: 8, jobs: 40, jobMs: 10 } },
    { id: 'never-full', params: { permits: 8, threads: 4, jobs: 40, jobMs: 10 } },
  ],
  commands: [],
  estimateMs: ({ permits, threads, jobs, jobMs, rounds, warmup }, { cpus }) => {
    const limitedMs = permittedJobsMs(jobs, jobMs, Math.min(permits, threads), cpus)
    const unlimitedMs = permittedJobsMs(jobs, jobMs, threads, cpus)
    const startup = (threads * THREAD_MS) / Math.min(threads, cpus)
    return Math.round(startup + 200 + (limitedMs + unlimitedMs + 2 * AROUND_MS) * (rounds + warmup))
  },
  headline: (result, params) => semaphoreHeadline(result, params),
  questions: semaphoreQuestions,
})

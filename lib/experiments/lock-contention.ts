/**
 * Threads that all want one lock: each computes for a while outside, acquires it, computes inside, releases it. Several locks in
 * interleaved rounds. Defines the parameters, what is refused, the estimate and what may be asked before a run.
 */
import { z } from 'zod'
import type { FieldError } from '../contract/problem.ts'
import { defineExperiment, type ParamMeta } from './experiment.ts'
import { lockContentionHeadline } from './lock-contention-findings.ts'
import { CONTENDED_LOCKS, CONTENTION_SWEEP_PARAMS } from './lock-contention-locks.ts'
import { lockContentionQuestions } from './lock-contention-questions.ts'
import { type LockContentionResult, lockContentionResultSchema } from './lock-contention-result.ts'
import { roundsParam, seedParam, warmupParam } from './rounds-params.ts'
import { checkSweepValues } from './sweep-values.ts'

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
  const limits =
    sweep.param === 'threads' ? { min: 1, max: MOST_THREADS, whole: true } : { min: 0, max: MOST_US, whole: false }
  return checkSweepValues(sweep.values, limits)
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

/**
 * Two set-ups of one experiment, measured again in interleaved rounds: what two runs of different times can't tell, these can.
 * It has no form of its own: its set-ups come from two runs that are compared. Each round executes both once, in shuffled
 * order, with their own start and warm-up, so a round counts what the set-ups count and nothing of what came before.
 */
import { z } from 'zod'
import { comparisonSchema, findingSchema, intervalSchema, speedupSchema } from '../contract/comparison.ts'
import { parseInput } from '../contract/parse-input.ts'
import type { FieldError } from '../contract/problem.ts'
import type { Machine } from '../contract/run.ts'
import { defineExperiment, type Experiment } from './experiment.ts'
import { pairHeadline } from './pair-findings.ts'
import { onceOf } from './pair-round.ts'

export const pairResultSchema = z.object({
  /** Entries 'threads A', 'threads B', …; the baseline is the first. */
  comparison: comparisonSchema,
  /** By the key that both set-ups have: how B compares with A. */
  pairs: z.array(
    z.object({
      key: z.string(),
      a: z.object({ medianMs: z.number(), ci95Ms: intervalSchema.nullable() }),
      b: z.object({ medianMs: z.number(), ci95Ms: intervalSchema.nullable() }),
      speedup: speedupSchema,
    }),
  ),
  findings: z.array(findingSchema),
})
export type PairResult = z.infer<typeof pairResultSchema>

export interface PairParams {
  experiment: string
  a: Record<string, unknown>
  b: Record<string, unknown>
  rounds: number
  seed: number
}

/** What a set-up of the pair executes in one round: once measured, once before to warm up. */
export const setUpOfRound = (experiment: Experiment, params: Record<string, unknown>, machine: Machine) => {
  const parsed = experiment.params.parse(params)
  const round = { ...(experiment.oneRound?.(parsed) ?? parsed), ...onceOf(Object.keys(experiment.params.shape)) }
  return experiment.resolve?.(round, machine) ?? round
}

/** Whether both measure the same thing, as far as their parameters tell; of a comparison that is seen in its keys. */
export const measureAlike = (
  { measuredAs, params }: Experiment,
  a: Record<string, unknown>,
  b: Record<string, unknown>,
): boolean => measuredAs === undefined || measuredAs(params.parse(a)) === measuredAs(params.parse(b))

const refusals = (
  experiment: Experiment,
  side: 'a' | 'b',
  params: Record<string, unknown>,
  machine: Machine,
): FieldError[] => {
  const parsed = parseInput(params, experiment.params, side)
  if (!parsed.ok) return parsed.failure.errors ?? []
  const resolved = experiment.resolve?.(parsed.value, machine) ?? parsed.value
  return (experiment.check?.(resolved, machine) ?? []).map((error) => ({ ...error, path: `${side}.${error.path}` }))
}

/** Minutes of measuring could only end in saying that nothing can be compared. */
const refuseUnlike = (experiment: Experiment, a: Record<string, unknown>, b: Record<string, unknown>): FieldError[] => {
  if (measureAlike(experiment, a, b)) return []
  const [inA, inB] = [a, b].map((side) => experiment.measuredAs?.(experiment.params.parse(side)))
  const message = `measures "${inB}", and a measures "${inA}"; two set-ups that measure the same are accepted`
  return [{ path: 'b', message }]
}

/** Both sides filled from the defaults of their experiment; what can't be is left as it came, for `check` to refuse. */
const resolveSide = (experiment: Experiment, params: Record<string, unknown>, machine: Machine) => {
  const parsed = experiment.params.safeParse(params)
  return parsed.success ? (experiment.resolve?.(parsed.data, machine) ?? parsed.data) : params
}

/** @param comparable experiments of which two set-ups can take turns */
export const createPair = (comparable: Readonly<Record<string, Experiment>>) => {
  const ids = Object.keys(comparable)
  const [first = ''] = ids
  const params = z.strictObject({
    experiment: z.enum(ids as [string, ...string[]]).default(first),
    a: z.record(z.string(), z.unknown()).default({}),
    b: z.record(z.string(), z.unknown()).default({}),
    rounds: z.int().min(6).max(30).default(10),
    seed: z.int().min(0).max(2_147_483_647).default(1),
  })
  return defineExperiment<typeof params, PairResult>({
    id: 'pair',
    listed: false,
    params,
    result: pairResultSchema,
    presets: [],
    commands: [],
    needs: Object.values(comparable).flatMap(({ needs = [] }) =>
      needs.flatMap((need) => ['a', 'b'].map((side) => ({ ...need, param: `${side}.${need.param}` }))),
    ),
    // Stored whole: the defaults of a later version must not change what a run says it measured.
    resolve: (params, machine) => {
      const inner = comparable[params.experiment]
      if (!inner) return params
      return { ...params, a: resolveSide(inner, params.a, machine), b: resolveSide(inner, params.b, machine) }
    },
    check: ({ experiment, a, b }, machine) => {
      const inner = comparable[experiment]
      if (!inner) return []
      const errors = [...refusals(inner, 'a', a, machine), ...refusals(inner, 'b', b, machine)]
      return errors.length > 0 ? errors : refuseUnlike(inner, a, b)
    },
    estimateMs: ({ experiment, a, b, rounds }, machine) => {
      const inner = comparable[experiment]
      if (!inner) return 0
      const roundMs = [a, b].reduce(
        (sum, side) => sum + inner.estimateMs(setUpOfRound(inner, side, machine), machine),
        0,
      )
      return roundMs * (rounds + 1)
    },
    // One after the other, each with workers of its own.
    workersAtOnce: ({ experiment, a, b }, machine) => {
      const inner = comparable[experiment]
      if (!inner) return 0
      return Math.max(...[a, b].map((side) => inner.workersAtOnce?.(setUpOfRound(inner, side, machine), machine) ?? 0))
    },
    movieApi: ({ experiment, a, b }) => {
      const needs = Object.entries({ a, b }).map(([side, own]) => {
        const parsed = comparable[experiment]?.params.safeParse(own)
        const need = parsed?.success ? comparable[experiment]?.movieApi?.(parsed.data) : null
        return need ? need.emulated.map((path) => `${side}.${path}`) : null
      })
      return needs.every((need) => need === null) ? null : { emulated: needs.flatMap((need) => need ?? []) }
    },
    headline: pairHeadline,
    questions: [],
  })
}

/**
 * How long a run may take, from its estimate, and how much memory it may hold; and, where it would take longer than any run
 * may, which parameters to change and to what.
 */
import { fail, type Outcome, succeed } from '../contract/failure.ts'
import type { FieldError } from '../contract/problem.ts'
import type { Machine } from '../contract/run.ts'
import type { Experiment } from '../experiments/experiment.ts'
import { memoryAllowance } from './memory-allowance.ts'

export const SHORTEST_LIMIT_MS = 60_000
export const LONGEST_LIMIT_MS = 600_000
const LIMIT_PER_ESTIMATE = 3

type Params = Record<string, unknown>

const seconds = (ms: number): string => `${Math.round(ms / 1_000).toLocaleString('en')} s`

/** Beyond this no parameter is looked for: what it takes to fit is no number that anybody would want. */
const LARGEST_TRIED = 2 ** 30

/**
 * The value of one number nearest to the one asked for with which the run fits, if changing that alone is enough: mostly a
 * smaller one, but a higher rate or a larger batch can make a run shorter, too.
 */
const fittingValue = (experiment: Experiment, params: Params, name: string, machine: Machine): number | null => {
  const value = params[name]
  if (typeof value !== 'number' || !Number.isFinite(value)) return null
  const fits = (candidate: number): boolean => {
    const parsed = experiment.params.safeParse({ ...params, [name]: candidate })
    return parsed.success && experiment.estimateMs(parsed.data, machine) <= LONGEST_LIMIT_MS
  }
  return largestBelow(value, fits) ?? smallestAbove(value, fits)
}

const largestBelow = (value: number, fits: (candidate: number) => boolean): number | null => {
  let [low, high] = [0, Math.floor(value)]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (fits(middle)) low = middle
    else high = middle
  }
  return low > 0 ? low : null
}

const smallestAbove = (value: number, fits: (candidate: number) => boolean): number | null => {
  let low = Math.max(0, Math.ceil(value))
  let high = Math.max(1, 2 * low)
  while (!fits(high)) {
    // Too large for its field is no better than too small.
    if (high > LARGEST_TRIED) return null
    low = high
    high *= 2
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (fits(middle)) high = middle
    else low = middle
  }
  return high
}

/** The two numbers whose half takes away most. */
const strongestLevers = (experiment: Experiment, params: Params, machine: Machine): string[] =>
  Object.entries(params)
    .flatMap(([name, value]) => {
      if (typeof value !== 'number') return []
      const parsed = experiment.params.safeParse({ ...params, [name]: Math.floor(value / 2) })
      return parsed.success ? [{ name, ms: experiment.estimateMs(parsed.data, machine) }] : []
    })
    .filter(({ ms }) => ms < experiment.estimateMs(params, machine))
    .sort((x, y) => x.ms - y.ms)
    .slice(0, 2)
    .map(({ name }) => name)

export interface RunBudget {
  estimateMs: number
  limitMs: number
  memoryBytes: number
}

/** How long it should and may take and how much it may hold, or the refusal that tells the estimate and what to change. */
export const budgetOf = (experiment: Experiment, params: Params, machine: Machine): Outcome<RunBudget> => {
  const estimateMs = experiment.estimateMs(params, machine)
  if (estimateMs <= LONGEST_LIMIT_MS) {
    const limitMs = Math.min(LONGEST_LIMIT_MS, Math.max(SHORTEST_LIMIT_MS, estimateMs * LIMIT_PER_ESTIMATE))
    const memory = memoryAllowance(experiment, params, machine)
    return memory.ok ? succeed({ estimateMs, limitMs, memoryBytes: memory.value }) : memory
  }
  const errors: FieldError[] = Object.keys(params).flatMap((name) => {
    const fitting = fittingValue(experiment, params, name, machine)
    return fitting === null
      ? []
      : [
          {
            path: `params.${name}`,
            message: `${fitting} would fit, everything else being equal; got ${params[name]}`,
            code: 'would-fit',
            values: { fitting },
          },
        ]
  })
  const levers = errors.length > 0 ? [] : strongestLevers(experiment, params, machine)
  const advice = levers.length > 0 ? `No one field alone helps; ${levers.join(' and ')} cost most.` : 'Make it smaller.'
  return fail(
    'takes-too-long',
    `This would take about ${seconds(estimateMs)}; a run may take ${seconds(LONGEST_LIMIT_MS)}. ${advice}`,
    { errors, values: { estimateMs, limitMs: LONGEST_LIMIT_MS } },
  )
}

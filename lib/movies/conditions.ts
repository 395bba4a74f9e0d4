/**
 * The conditions under which the embedded movie API answers: latency, rate limit, failures. They are emulated, since a
 * loopback connection has none of them. They travel in the base URL (`http://host:port/with/latency=20,errors=0.1/3`), so
 * that each run can have its own with any client. Pure, and free of zod: models and forms in the browser use it too.
 */
import { fail, type Outcome, succeed } from '../contract/failure.ts'
import type { FieldError } from '../contract/problem.ts'

export interface MovieApiConditions {
  /** Milliseconds from a request's arrival to its answer, the median of a log-normal distribution. 0: none. */
  latencyMs: number
  /** The log-normal's sigma: two thirds of the latencies lie between median ÷ e^jitter and median × e^jitter. 0: constant. */
  jitter: number
  /** A token bucket of this many requests, refilled by as many a second; beyond it 429. 0: no limit. */
  rateLimit: number
  /** The share of requests answered with 500. */
  errors: number
  /** The share of requests whose connection is reset instead of an answer. */
  resets: number
  /** The share of requests whose body stops halfway and never ends. */
  stalls: number
  /** Of the random sequence that latencies and failures are drawn from, in order of arrival. */
  seed: number
}

export const DEFAULT_CONDITIONS: MovieApiConditions = {
  latencyMs: 80,
  jitter: 0.2,
  rateLimit: 0,
  errors: 0,
  resets: 0,
  stalls: 0,
  seed: 1,
}

interface ConditionField {
  field: keyof MovieApiConditions
  /** In the base URL. */
  key: string
  min: number
  max: number
  integer: boolean
  accepted: string
}

const share = { min: 0, max: 1, integer: false, accepted: 'a share from 0 to 1' } as const

export const CONDITION_FIELDS: readonly ConditionField[] = [
  {
    field: 'latencyMs',
    key: 'latency',
    min: 0,
    max: 10_000,
    integer: false,
    accepted: 'milliseconds from 0 to 10000, the median',
  },
  {
    field: 'jitter',
    key: 'jitter',
    min: 0,
    max: 1,
    integer: false,
    accepted: 'the sigma of a log-normal distribution, from 0 to 1',
  },
  {
    field: 'rateLimit',
    key: 'rate-limit',
    min: 0,
    max: 100_000,
    integer: true,
    accepted: 'a whole number of requests per second up to 100000, 0 for no limit',
  },
  { field: 'errors', key: 'errors', ...share },
  { field: 'resets', key: 'resets', ...share },
  { field: 'stalls', key: 'stalls', ...share },
  {
    field: 'seed',
    key: 'seed',
    min: 0,
    max: 0xffff_ffff,
    integer: true,
    accepted: 'a whole number from 0 to 4294967295',
  },
]

/** Plain decimals, and what a small share looks like once it was printed: 1e-7. */
const NUMBER = /^\d+(\.\d+)?(e-\d+)?$/

/** One value as text, checked; null when it is none that the field accepts. */
export const parseConditionValue = ({ min, max, integer }: ConditionField, text: string): number | null => {
  const value = NUMBER.test(text) ? Number(text) : Number.NaN
  return value >= min && value <= max && (!integer || Number.isInteger(value)) ? value : null
}

/** Failures are alternatives of one draw, so together they can't be more than all requests. Empty: accepted. */
export const checkConditions = ({ errors, resets, stalls }: MovieApiConditions): FieldError[] =>
  errors + resets + stalls > 1 + Number.EPSILON * 4
    ? [{ path: 'errors', message: `errors, resets and stalls together are at most 1; got ${errors + resets + stalls}` }]
    : []

/** Reads 'latency=20,errors=0.1'; what isn't named is as in `base`. A refusal names the field, what came and what is accepted. */
export const parseConditions = (text: string, base: MovieApiConditions): Outcome<MovieApiConditions> => {
  const conditions = { ...base }
  const errors: FieldError[] = []
  for (const part of text.split(',')) {
    const [key = '', ...rest] = part.split('=')
    const value = rest.join('=')
    const field = CONDITION_FIELDS.find((candidate) => candidate.key === key)
    if (!field) {
      const names = CONDITION_FIELDS.map((candidate) => candidate.key).join(', ')
      errors.push({ path: key.slice(0, 40), message: `unknown; accepted are ${names}, as name=value` })
      continue
    }
    const parsed = parseConditionValue(field, value)
    if (parsed === null) errors.push({ path: key, message: `${field.accepted}; got '${value.slice(0, 40)}'` })
    else conditions[field.field] = parsed
  }
  if (errors.length === 0) errors.push(...checkConditions(conditions))
  if (errors.length === 0) return succeed(conditions)
  const detail = errors.map(({ path, message }) => `${path}: ${message}`).join('; ')
  return fail('invalid-input', `Conditions refused: ${detail}.`, { errors })
}

/** All fields written out, so that equal conditions make equal text. */
export const formatConditions = (conditions: MovieApiConditions): string =>
  CONDITION_FIELDS.map(({ field, key }) => `${key}=${conditions[field]}`).join(',')

/**
 * The base URL under which the embedded API answers with these conditions: 'http://127.0.0.1:4010/3' becomes
 * 'http://127.0.0.1:4010/with/latency=20,…/3'. What isn't given is as in `DEFAULT_CONDITIONS`, whatever the process was
 * started with, so that a run's conditions are known from its parameters. Rate limit and random sequence belong to the prefix.
 */
export const withConditions = (baseUrl: string, conditions: Partial<MovieApiConditions>): string => {
  const url = new URL(baseUrl)
  const path = url.pathname.replace(/^\/with\/[^/]*/, '').replace(/\/$/, '')
  return `${url.origin}/with/${formatConditions({ ...DEFAULT_CONDITIONS, ...conditions })}${path}`
}

/**
 * One latency in milliseconds from two independent uniform numbers in [0, 1): `latencyMs × exp(jitter × z)` with z standard
 * normal by Box and Muller. The server draws from it and models simulate with it, so both know the same distribution.
 */
export const sampleLatencyMs = (
  { latencyMs, jitter }: Pick<MovieApiConditions, 'latencyMs' | 'jitter'>,
  uniform1: number,
  uniform2: number,
): number => {
  if (latencyMs === 0 || jitter === 0) return latencyMs
  // 1 - u lies in (0, 1], where the logarithm is finite.
  const normal = Math.sqrt(-2 * Math.log(1 - uniform1)) * Math.cos(2 * Math.PI * uniform2)
  return latencyMs * Math.exp(jitter * normal)
}

/** The mean of that distribution: above the median, since a log-normal leans to the right. */
export const meanLatencyMs = ({ latencyMs, jitter }: Pick<MovieApiConditions, 'latencyMs' | 'jitter'>): number =>
  latencyMs * Math.exp(jitter ** 2 / 2)

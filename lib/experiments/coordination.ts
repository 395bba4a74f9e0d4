/**
 * Threads that wait for each other: at a condition variable, an event, a barrier, and in pairs at two semaphores; and two famous
 * mistakes with the damage they do. Defines the parameters, the result, the estimate and what may be asked.
 */
import { z } from 'zod'
import { findingSchema } from '../contract/comparison.ts'
import type { FieldError } from '../contract/problem.ts'
import { coordinationHeadline } from './coordination-findings.ts'
import { COORDINATION_BUGS, COORDINATION_SCENARIOS, producersOf, ROLES, whyNotPossible } from './coordination-kinds.ts'
import { leastMs } from './coordination-model.ts'
import { coordinationQuestions } from './coordination-questions.ts'
import { defineExperiment, paramMeta as meta } from './experiment.ts'
import { onlyWith } from './only-with.ts'

const CAPACITY = 2

export const coordinationParamsSchema = z.strictObject({
  scenario: z
    .enum(COORDINATION_SCENARIOS)
    .default('condition')
    .meta(meta({ control: 'choices', section: 'basic' })),
  bug: z
    .enum(COORDINATION_BUGS)
    .default('none')
    .meta(
      meta({ control: 'choices', section: 'basic', visibleWhen: { param: 'scenario', in: ['condition', 'event'] } }),
    ),
  threads: z
    .int()
    .min(2)
    .max(16)
    .default(4)
    .meta(meta({ control: 'slider', unit: 'threads', section: 'basic' })),
  items: z
    .int()
    .min(1)
    .max(10_000)
    .default(200)
    .meta(meta({ control: 'slider', scale: 'log', section: 'basic' })),
  capacity: z
    .int()
    .min(1)
    .max(64)
    .default(CAPACITY)
    .meta(meta({ control: 'slider', section: 'basic', visibleWhen: { param: 'scenario', in: ['condition'] } })),
  workUs: z
    .int()
    .min(0)
    .max(10_000)
    .default(200)
    .meta(meta({ control: 'slider', step: 10, unit: 'us', section: 'basic' })),
  watchdogMs: z
    .int()
    .min(10)
    .max(1_000)
    .default(50)
    .meta(meta({ control: 'slider', scale: 'log', unit: 'ms', section: 'advanced' })),
  seed: z
    .int()
    .min(0)
    .max(2_147_483_647)
    .default(1)
    .meta(meta({ control: 'seed', section: 'advanced' })),
})
export type CoordinationParams = z.output<typeof coordinationParamsSchema>

const percentilesSchema = z.object({ p50: z.number(), p95: z.number(), p99: z.number(), max: z.number() })

export const threadResultSchema = z.object({
  /** Counts from 1. */
  thread: z.int().positive(),
  role: z.enum(ROLES),
  /** Items, announcements, phases or volleys. */
  completed: z.int().nonnegative(),
  waits: z.int().nonnegative(),
  waitUs: percentilesSchema.extend({ total: z.number() }),
  holdUs: z.number().nonnegative(),
  workUs: z.number().nonnegative(),
  /** What is none of these: signalling, being between them without a core. */
  otherUs: z.number().nonnegative(),
})
export type ThreadResult = z.infer<typeof threadResultSchema>

export const coordinationResultSchema = z.object({
  /** Items that were put in and taken out (each once), announcements that all have heard, phases that all have done, volleys. */
  consumed: z.int().nonnegative(),
  /** A thread was woken, and what it waited for was not so. */
  spuriousWakeups: z.int().nonnegative(),
  /** A thread slept until the watchdog, although what it waited for was so: the signal had come before. */
  lostWakeups: z.int().nonnegative(),
  damage: z.object({
    takenFromEmpty: z.int().nonnegative(),
    /** Items that were taken more than once. */
    twice: z.int().nonnegative(),
    /** Items that were put in and never taken. */
    missing: z.int().nonnegative(),
  }),
  /** Somebody came, and what it would have waited for was there already. */
  alreadyThere: z.int().nonnegative(),
  elapsedMs: z.number().nonnegative(),
  /** What the work alone takes at least. */
  modelMs: z.number().nonnegative(),
  perThread: z.array(threadResultSchema).min(2),
  /** Who waited for whom, in milliseconds; threads count from 1. Most first, without those under a thousandth of the whole. */
  waitsFor: z.array(z.object({ waiter: z.int(), for: z.int(), ms: z.number() })),
  /** From the signal to waking up, of those that slept; null where nobody did. */
  wakeUpUs: percentilesSchema.nullable(),
  waitHistogram: z.array(
    z.object({
      role: z.enum(ROLES),
      bins: z.array(z.object({ from: z.number(), to: z.number(), count: z.int().nonnegative() })),
    }),
  ),
  cores: z.int().positive(),
  findings: z.array(findingSchema),
})
export type CoordinationResult = z.infer<typeof coordinationResultSchema>

/** All watchdogs of a run together may not take longer. */
const MOST_WATCHED_MS = 120_000

/** Each item can cost a watchdog's time; sleepers sleep side by side. */
const watchedMs = ({ scenario, bug, items, threads, watchdogMs }: CoordinationParams): number => {
  if (bug !== 'signal-before-wait') return 0
  return scenario === 'event' ? items * watchdogMs : (items * watchdogMs) / (threads - producersOf(threads))
}

const check = (params: CoordinationParams): FieldError[] => {
  const { scenario, bug, threads } = params
  const why = whyNotPossible(scenario, bug)
  const errors: FieldError[] = []
  if (why !== null) {
    errors.push({
      path: 'bug',
      message: `got "${bug}" with the scenario "${scenario}"; ${why}`,
      code: 'not-with',
      values: { param: 'scenario', option: scenario },
    })
  } else if (watchedMs(params) > MOST_WATCHED_MS) {
    errors.push({
      path: 'items',
      message: `got ${params.items} with a watchdog of ${params.watchdogMs} ms; lost signals could take ${Math.round(watchedMs(params) / 1000)} s, at most ${MOST_WATCHED_MS / 1000} s is accepted: fewer items or a shorter watchdog`,
      code: 'would-fit',
      values: { fitting: Math.floor((params.items * MOST_WATCHED_MS) / watchedMs(params)) },
    })
  }
  if (scenario === 'ping-pong' && threads % 2 !== 0) {
    errors.push({
      path: 'threads',
      message: `got ${threads}; an even number is accepted: ping-pong is played in pairs`,
      code: 'even',
      values: { value: threads },
    })
  }
  errors.push(
    ...onlyWith({ param: 'scenario', option: 'condition', chosen: scenario }, 'capacity', params.capacity, CAPACITY),
  )
  return errors
}

const STARTUP_MS = 500
const HAND_OVER_MS = 0.15

export const coordination = defineExperiment<typeof coordinationParamsSchema, CoordinationResult>({
  id: 'coordination',
  params: coordinationParamsSchema,
  check,
  result: coordinationResultSchema,
  presets: [
    { id: 'condition', params: {} },
    { id: 'if', params: { bug: 'if-instead-of-while', workUs: 100 } },
    { id: 'too-early', params: { bug: 'signal-before-wait', threads: 2, items: 40 } },
    { id: 'pulse', params: { scenario: 'event', bug: 'signal-before-wait', items: 40 } },
    { id: 'event', params: { scenario: 'event' } },
    { id: 'barrier', params: { scenario: 'barrier', workUs: 500 } },
    { id: 'ping-pong', params: { scenario: 'ping-pong', threads: 2, workUs: 50 } },
  ],
  commands: [],
  estimateMs: (params, { cpus }) =>
    Math.round(
      STARTUP_MS +
        leastMs(params, cpus) +
        params.items * HAND_OVER_MS * Math.min(4, params.threads) +
        watchedMs(params),
    ),
  measuredAs: ({ scenario }) => scenario,
  headline: coordinationHeadline,
  questions: coordinationQuestions,
})

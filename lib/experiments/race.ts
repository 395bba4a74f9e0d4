/**
 * Races: threads that read, change and write the same memory, without a guard, with a right one and with a wrong one, over many
 * trials. Defines the parameters, the result, the estimate and what may be asked. An outcome that was not observed is not
 * thereby impossible: the bound of the rule of three says how much the trials show.
 */
import { z } from 'zod'
import { findingSchema } from '../contract/comparison.ts'
import type { FieldError } from '../contract/problem.ts'
import type { Machine } from '../contract/run.ts'
import { defineExperiment, paramMeta as meta } from './experiment.ts'
import { onlyWith } from './only-with.ts'
import { raceHeadline } from './race-findings.ts'
import { STEP_ACTIONS } from './race-interleaving.ts'
import { EXPECTATIONS, RACE_GUARDS, RACE_SCENARIOS, STEP_LOCKS } from './race-kinds.ts'
import { raceQuestions } from './race-questions.ts'
import { seedParam } from './rounds-params.ts'

const ACCOUNTS = 4
const STEP_LOCK = 'none'

export const raceParamsSchema = z.strictObject({
  scenario: z
    .enum(RACE_SCENARIOS)
    .default('counter')
    .meta(meta({ control: 'choices', section: 'basic' })),
  guard: z
    .enum(RACE_GUARDS)
    .default('none')
    .meta(meta({ control: 'choices', section: 'basic' })),
  withdrawLock: z
    .enum(STEP_LOCKS)
    .default(STEP_LOCK)
    .meta(meta({ control: 'choices', section: 'basic', visibleWhen: { param: 'guard', in: ['chosen'] } })),
  depositLock: z
    .enum(STEP_LOCKS)
    .default(STEP_LOCK)
    .meta(meta({ control: 'choices', section: 'basic', visibleWhen: { param: 'guard', in: ['chosen'] } })),
  threads: z
    .int()
    .min(2)
    .max(8)
    .default(4)
    .meta(meta({ control: 'slider', unit: 'threads', section: 'basic' })),
  iterations: z
    .int()
    .min(1)
    .max(200_000)
    .default(20_000)
    .meta(meta({ control: 'slider', scale: 'log', section: 'basic' })),
  trials: z
    .int()
    .min(1)
    .max(1_000)
    .default(50)
    .meta(meta({ control: 'slider', scale: 'log', unit: 'trials', section: 'basic' })),
  accounts: z
    .int()
    .min(2)
    .max(64)
    .default(ACCOUNTS)
    .meta(meta({ control: 'slider', section: 'basic', visibleWhen: { param: 'scenario', in: ['bank'] } })),
  gapNs: z
    .int()
    .min(0)
    .max(10_000)
    .default(200)
    .meta(meta({ control: 'slider', step: 50, unit: 'ns', section: 'advanced' })),
  warmup: z
    .int()
    .min(0)
    .max(20)
    .default(3)
    .meta(meta({ control: 'slider', unit: 'trials', section: 'advanced' })),
  seed: seedParam(),
})
export type RaceParams = z.output<typeof raceParamsSchema>

const outcomeSchema = z.object({
  label: z.string(),
  count: z.int().nonnegative(),
  /** Of all observations, 0 to 1. */
  share: z.number().min(0).max(1),
  expect: z.enum(EXPECTATIONS),
  why: z.string(),
})

export const raceResultSchema = z.object({
  /** All that the scenario can have; those that were not seen have the count 0. */
  outcomes: z.array(outcomeSchema).min(1),
  /** What the counts of the outcomes count. */
  observed: z.enum(['trials', 'objects', 'messages']),
  /** A trial: increments lost; money missing (below 0: too much); objects built in vain; flags seen without their data. */
  lost: z.array(z.number()),
  /** Of one trial: increments, transfers, objects wanted, messages read. */
  operations: z.int().positive(),
  trials: z.object({ total: z.int(), forbidden: z.int() }),
  /** Counts from 1. */
  firstForbiddenTrial: z.int().positive().nullable(),
  /** Where no trial went wrong: the share of such trials is below this, with 95% confidence. Null where one did. */
  notObservedBound: z.number().nullable(),
  /** From a trial of its own whose steps were timed, which makes it slower; null where the threads never met in it. */
  interleaving: z
    .object({
      broken: z.boolean(),
      steps: z.array(
        z.object({
          /** Counts from 1. */
          thread: z.int().positive(),
          action: z.enum(STEP_ACTIONS),
          target: z.int().nonnegative(),
          value: z.int(),
          startUs: z.number(),
          endUs: z.number(),
        }),
      ),
    })
    .nullable(),
  cores: z.int().positive(),
  /** Of the processor, as Node calls it: what a race looks like depends on it. */
  architecture: z.string(),
  findings: z.array(findingSchema),
})
export type RaceResult = z.infer<typeof raceResultSchema>

/** What one scenario or one guard alone makes use of. */
const checkUse = ({ scenario, guard, accounts, withdrawLock, depositLock }: RaceParams): FieldError[] => {
  const chosenLocks = { param: 'guard', option: 'chosen', chosen: guard }
  return [
    ...onlyWith({ param: 'scenario', option: 'bank', chosen: scenario }, 'accounts', accounts, ACCOUNTS),
    ...onlyWith(chosenLocks, 'withdrawLock', withdrawLock, STEP_LOCK),
    ...onlyWith(chosenLocks, 'depositLock', depositLock, STEP_LOCK),
  ]
}

const check = (params: RaceParams): FieldError[] => [...checkGuard(params), ...checkUse(params)]

const checkGuard = ({ scenario, guard }: RaceParams): FieldError[] =>
  guard === 'chosen' && scenario !== 'bank'
    ? [
        {
          path: 'guard',
          message: `got "chosen" with the scenario "${scenario}"; only "bank" has two pieces of data whose locks can be chosen. none, mutex, atomic, lock-per-thread or write-only are accepted`,
          code: 'only-with',
          values: { param: 'scenario', option: 'bank' },
        },
      ]
    : []

/** Around a trial: telling the threads, starting together, judging. */
const AROUND_MS = 2
const STARTUP_MS = 600
/** One operation beside the gap, in µs: under a contended lock, or without. */
const OPERATION_US = { locked: 0.6, free: 0.1 }

const estimateMs = (params: RaceParams, machine: Machine): number => {
  const { scenario, guard, threads, iterations, gapNs } = params
  const locked = guard !== 'none' && guard !== 'atomic'
  const own = (locked ? OPERATION_US.locked : OPERATION_US.free) + gapNs / 1000
  const operations = iterations * threads
  // Behind one lock only one at a time; objects and messages are made once, whatever the number of threads.
  const serial =
    scenario === 'message' || scenario === 'lazy-init' ? iterations : locked ? operations : operations / machine.cpus
  const trialMs = AROUND_MS + (serial * own + operations * (locked ? 0.3 : 0.02)) / 1000
  return Math.round(STARTUP_MS + (params.trials + params.warmup) * trialMs)
}

export const race = defineExperiment<typeof raceParamsSchema, RaceResult>({
  id: 'race',
  params: raceParamsSchema,
  check,
  result: raceResultSchema,
  presets: [
    { id: 'counter', params: {} },
    { id: 'counter-guarded', params: { guard: 'mutex' } },
    { id: 'own-locks', params: { guard: 'lock-per-thread' } },
    { id: 'write-only', params: { guard: 'write-only' } },
    { id: 'twice', params: { scenario: 'lazy-init', gapNs: 500, iterations: 5_000 } },
    { id: 'wrong-order', params: { scenario: 'message', iterations: 5_000, threads: 2 } },
    { id: 'bank', params: { scenario: 'bank', iterations: 10_000 } },
    {
      id: 'fix-it',
      params: { scenario: 'bank', guard: 'chosen', withdrawLock: 'own', depositLock: 'other', iterations: 10_000 },
    },
  ],
  commands: [],
  estimateMs,
  measuredAs: ({ scenario }) => scenario,
  headline: raceHeadline,
  questions: raceQuestions,
})

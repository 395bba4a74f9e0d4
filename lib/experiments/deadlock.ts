/**
 * Threads that need two locks each and take them one after the other: will they finish, wait for each other for ever, or give up
 * and begin again for ever? Defines parameters, result, what may be asked, and the combinations that are refused.
 */
import { z } from 'zod'
import { findingSchema } from '../contract/comparison.ts'
import type { FieldError } from '../contract/problem.ts'
import type { Machine } from '../contract/run.ts'
import { deadlockHeadline } from './deadlock-findings.ts'
import { POLICIES, type Policy, SCENARIOS, type Scenario } from './deadlock-policies.ts'
import { deadlockQuestions } from './deadlock-questions.ts'
import { defineExperiment, paramMeta as meta } from './experiment.ts'
import { LIVELOCK_AFTER_MS } from './livelock-watch.ts'

const DEFAULT_TIMEOUT_MS = 5

const WITH_TIMEOUT = { param: 'policy', in: ['timeout'] } as const

export const deadlockParamsSchema = z.strictObject({
  scenario: z
    .enum(SCENARIOS)
    .default('two-lists')
    .meta(meta({ control: 'choices', section: 'basic' })),
  policy: z
    .enum(POLICIES)
    .default('none')
    .meta(meta({ control: 'select', section: 'basic' })),
  participants: z
    .int()
    .min(1)
    .max(12)
    .optional()
    .meta(
      meta({
        control: 'slider',
        unit: 'threads',
        section: 'basic',
        visibleWhen: { param: 'scenario', in: ['two-lists', 'philosophers'] },
      }),
    ),
  rounds: z
    .int()
    .min(1)
    .max(1_000)
    .default(200)
    .meta(meta({ control: 'slider', scale: 'log', unit: 'rounds', section: 'basic' })),
  timeoutMs: z
    .int()
    .min(1)
    .max(100)
    .default(DEFAULT_TIMEOUT_MS)
    .meta(meta({ control: 'slider', scale: 'log', unit: 'ms', section: 'basic', visibleWhen: WITH_TIMEOUT })),
  jitter: z
    .boolean()
    .default(true)
    .meta(meta({ control: 'switch', section: 'basic', visibleWhen: WITH_TIMEOUT })),
  checkEveryMs: z
    .int()
    .min(1)
    .max(500)
    .default(5)
    .meta(meta({ control: 'slider', scale: 'log', unit: 'ms', section: 'advanced' })),
  seed: z
    .int()
    .min(0)
    .max(2_147_483_647)
    .default(1)
    .meta(meta({ control: 'seed', section: 'advanced' })),
})
export type DeadlockParams = z.output<typeof deadlockParamsSchema>

export const OUTCOMES = ['completed', 'deadlocked', 'livelocked'] as const

/** Type: `WaitForGraph` of wait-for-graph.ts, which says how its edges and its cycle run. */
export const waitForGraphSchema = z.object({
  nodes: z.array(z.object({ id: z.string(), kind: z.enum(['thread', 'lock']), label: z.string() })),
  edges: z.array(z.object({ from: z.string(), to: z.string(), kind: z.enum(['holds', 'wants']) })),
  cycle: z.array(z.string()),
})

const count = z.int().nonnegative()

export const deadlockResultSchema = z.object({
  outcome: z.enum(OUTCOMES),
  /** By thread. */
  roundsDone: z.array(count),
  /** Attempts that were given up and begun again, of all threads together. */
  retries: count,
  retriesByThread: z.array(count),
  /**
   * The cycle in which it froze, the first that the watchdog broke, or the last that broke by a time-out; where there was none, the
   * moment at which most threads waited; null where the watchdog saw nobody wait.
   */
  waitForGraph: waitForGraphSchema.nullable(),
  /** How many cycles the watchdog saw; those between two of its looks it can't. */
  cyclesSeen: count,
  /** From the moment at which the last of a cycle went to sleep until the watchdog named it; of several cycles the median. */
  detectedAfterMs: z.number().nonnegative().nullable(),
  /** How long the watchdog had to wait for the end of the threads after it had named the deadlock or the livelock. */
  endedAfterMs: z.number().nonnegative().nullable(),
  /** When it froze or made no more progress: since the threads began, and on the trace's clock. */
  stuckAt: z.object({ ms: z.number().nonnegative(), traceUs: z.number().nonnegative() }).nullable(),
  /** The stretch by which a livelock was recognised. */
  livelock: z.object({ withoutProgressMs: z.number().nonnegative(), retries: count }).nullable(),
  /** Which of the four conditions hold under the policy: true, it holds. */
  coffman: z.object({
    mutualExclusion: z.boolean(),
    holdAndWait: z.boolean(),
    noPreemption: z.boolean(),
    circularWait: z.boolean(),
  }),
  /** Since all threads began together. */
  elapsedMs: z.number().nonnegative(),
  cores: z.int().positive(),
  findings: z.array(findingSchema),
})
export type DeadlockResult = z.infer<typeof deadlockResultSchema>

const DEFAULT_PARTICIPANTS: Readonly<Record<Scenario, number>> = { 'two-lists': 2, philosophers: 5, self: 1 }

const RING_POLICIES: readonly Policy[] = ['none', 'ordered', 'timeout', 'detect', 'one-lock']
const SELF_POLICIES: readonly Policy[] = ['none', 'reentrant']

const WHY_NOT_SELF: Readonly<Partial<Record<Policy, string>>> = {
  ordered: 'there is only one lock, so there is no order to keep',
  'one-lock': 'there is only one lock already',
  timeout: 'a thread that waits for itself fails the same way at every retry',
  detect: 'a thread that waits for itself fails the same way at every retry',
}

const WHY_NOT_SELF_CODE: Readonly<Partial<Record<Policy, string>>> = {
  ordered: 'one-lock-has-no-order',
  'one-lock': 'one-lock-already',
  timeout: 'retry-in-vain',
  detect: 'retry-in-vain',
}

const check = ({ scenario, policy, participants, timeoutMs, jitter }: DeadlockParams): FieldError[] => {
  const errors: FieldError[] = []
  if (scenario === 'self' && !SELF_POLICIES.includes(policy)) {
    errors.push({
      path: 'policy',
      message: `got "${policy}" with the scenario "self": ${WHY_NOT_SELF[policy]}; ${SELF_POLICIES.join(', ')} are accepted`,
      code: WHY_NOT_SELF_CODE[policy] ?? 'not-with',
      values: { param: 'scenario', option: scenario },
    })
  }
  if (scenario !== 'self' && policy === 'reentrant') {
    errors.push({
      path: 'policy',
      message: `got "reentrant" with the scenario "${scenario}": a reentrant lock lets only its own holder in again, and here each thread wants what another one holds; ${RING_POLICIES.join(', ')} are accepted`,
      code: 'only-with',
      values: { param: 'scenario', option: 'self' },
    })
  }
  if (scenario === 'self' && participants !== 1) {
    errors.push({
      path: 'participants',
      message: `got ${participants} with the scenario "self": one thread is enough to wait for itself; 1 is accepted`,
      code: 'at-most',
      values: { max: 1 },
    })
  }
  if (scenario !== 'self' && participants === 1) {
    errors.push({
      path: 'participants',
      message: `got 1: nobody else is there to be waited for; 2 to 12 are accepted`,
      code: 'at-least',
      values: { min: 2 },
    })
  }
  if (policy !== 'timeout') {
    const onlyTimeout = { code: 'only-with', values: { param: 'policy', option: 'timeout' } }
    const withPolicy = `with the policy "${policy}": only "timeout" gives up by itself`
    if (timeoutMs !== DEFAULT_TIMEOUT_MS) {
      errors.push({ path: 'timeoutMs', message: `got ${timeoutMs} ${withPolicy}; leave it out`, ...onlyTimeout })
    }
    if (!jitter) errors.push({ path: 'jitter', message: `got false ${withPolicy}; leave it out`, ...onlyTimeout })
  }
  return errors
}

/** A round: outside, with one lock and with both; measured, rounded up. */
const ROUND_MS = 0.5
const STARTUP_MS = 60
const STARTUP_PER_THREAD_MS = 40

const estimateMs = (params: DeadlockParams, machine: Machine): number => {
  const { policy, rounds, timeoutMs, jitter, checkEveryMs } = params
  const threads = params.participants ?? 1
  const atOnce = policy === 'one-lock' ? 1 : Math.min(machine.cpus, Math.max(1, Math.floor(threads / 2)))
  const workMs = (rounds * threads * ROUND_MS) / atOnce
  // At worst every round of one thread begins with a circle that has to be broken.
  const brokenMs = { timeout: rounds * timeoutMs, detect: rounds * (checkEveryMs + 1) }
  const waitingMs = policy === 'timeout' || policy === 'detect' ? brokenMs[policy] : 0
  return Math.round(
    STARTUP_MS + threads * STARTUP_PER_THREAD_MS + workMs + waitingMs + (jitter ? 0 : 2 * LIVELOCK_AFTER_MS),
  )
}

export const deadlock = defineExperiment<typeof deadlockParamsSchema, DeadlockResult>({
  id: 'deadlock',
  params: deadlockParamsSchema,
  result: deadlockResultSchema,
  check,
  resolve: (params) => ({ ...params, participants: params.participants ?? DEFAULT_PARTICIPANTS[params.scenario] }),
  presets: [
    { id: 'embrace', params: { scenario: 'two-lists', policy: 'none', participants: 2 } },
    { id: 'order', params: { scenario: 'two-lists', policy: 'ordered', participants: 2 } },
    { id: 'livelock', params: { scenario: 'two-lists', policy: 'timeout', participants: 2, jitter: false } },
    { id: 'jitter', params: { scenario: 'two-lists', policy: 'timeout', participants: 2 } },
    { id: 'watchdog', params: { scenario: 'philosophers', policy: 'detect', participants: 5 } },
    { id: 'dinner', params: { scenario: 'philosophers', policy: 'none', participants: 5 } },
    { id: 'self', params: { scenario: 'self', policy: 'none' } },
    { id: 'reentrant', params: { scenario: 'self', policy: 'reentrant' } },
  ],
  commands: [],
  estimateMs,
  headline: deadlockHeadline,
  questions: deadlockQuestions,
})

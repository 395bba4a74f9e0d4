/** The definition of `deadlock`: defaults, what is refused and why, presets, and what its findings say. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type DeadlockParams, type DeadlockResult, deadlock } from './deadlock.ts'
import { deadlockFindings, deadlockHeadline } from './deadlock-findings.ts'
import {
  brokenBy,
  CONDITIONS,
  coffmanOf,
  locksOf,
  POLICIES,
  type Policy,
  planOf,
  SCENARIOS,
} from './deadlock-policies.ts'
import { findCycle } from './wait-for-graph.ts'

const machine = { cpus: 2, model: '', memoryBytes: 1, os: '', node: '' }

const resolved = (params: object): DeadlockParams => {
  const parsed = deadlock.params.parse(params)
  return deadlock.resolve?.(parsed, machine) ?? parsed
}
const refusedPaths = (params: object): string[] =>
  (deadlock.check?.(resolved(params), machine) ?? []).map(({ path }) => path)

describe('the parameters of deadlock', () => {
  it('are two threads, five philosophers or one thread by itself, unless said', () => {
    assert.deepEqual(
      SCENARIOS.map((scenario) => resolved({ scenario }).participants),
      [2, 5, 1],
    )
    assert.equal(resolved({ participants: 7 }).participants, 7)
  })

  it('accept each policy where it makes sense', () => {
    for (const scenario of ['two-lists', 'philosophers']) {
      for (const policy of POLICIES) {
        assert.deepEqual(refusedPaths({ scenario, policy }), policy === 'reentrant' ? ['policy'] : [])
      }
    }
    for (const policy of POLICIES) {
      const accepted = policy === 'none' || policy === 'reentrant'
      assert.deepEqual(refusedPaths({ scenario: 'self', policy }), accepted ? [] : ['policy'])
    }
  })

  it('refuse with the reason and what is accepted', () => {
    const [error] = deadlock.check?.(resolved({ scenario: 'self', policy: 'ordered' }), machine) ?? []
    assert.match(error?.message ?? '', /"ordered".*no order to keep.*none, reentrant are accepted/)
  })

  it('refuse a number of threads that the scenario has no use for', () => {
    assert.deepEqual(refusedPaths({ scenario: 'self', participants: 2 }), ['participants'])
    assert.deepEqual(refusedPaths({ scenario: 'philosophers', participants: 1 }), ['participants'])
    assert.equal(deadlock.params.safeParse({ participants: 13 }).success, false)
  })

  it('refuse settings of the time-out where nothing times out', () => {
    assert.deepEqual(refusedPaths({ policy: 'detect', timeoutMs: 20, jitter: false }), ['timeoutMs', 'jitter'])
  })

  it('are accepted in every preset', () => {
    for (const { id, params } of deadlock.presets) assert.deepEqual(refusedPaths(params), [], id)
  })
})

describe('the policies of deadlock', () => {
  it('break one condition each, and none breaks none', () => {
    for (const policy of POLICIES) {
      const held = CONDITIONS.filter((condition) => coffmanOf(policy)[condition])
      assert.equal(held.length, policy === 'none' ? 4 : 3)
      assert.equal(brokenBy(policy), CONDITIONS.find((condition) => !held.includes(condition)) ?? null)
    }
  })

  /** Everyone holds the first of its locks and wants the second: the worst moment there can be. */
  const worstMoment = (policy: Policy, participants: number) => {
    const wants: (number | null)[] = []
    const holders: (number | null)[] = Array(locksOf('philosophers', policy, participants)).fill(null)
    for (let thread = 0; thread < participants; thread++) {
      const { first, second } = planOf('philosophers', policy, participants, thread)
      const free = holders[first] === null
      if (free) holders[first] = thread
      wants.push(free ? second : first)
    }
    return { wants, holders }
  }

  it('lead to a circle of all without an order, and to none with one', () => {
    for (let participants = 2; participants <= 12; participants++) {
      assert.equal(findCycle(worstMoment('none', participants))?.length, participants)
      assert.equal(findCycle(worstMoment('ordered', participants)), null)
      assert.equal(findCycle(worstMoment('one-lock', participants)), null)
    }
  })
})

describe('the findings of deadlock', () => {
  const result = (more: Partial<DeadlockResult>): DeadlockResult => ({
    outcome: 'completed',
    roundsDone: [200, 200],
    retries: 0,
    retriesByThread: [0, 0],
    waitForGraph: null,
    cyclesSeen: 0,
    detectedAfterMs: null,
    endedAfterMs: null,
    stuckAt: null,
    livelock: null,
    coffman: coffmanOf('none'),
    elapsedMs: 80,
    cores: 2,
    findings: [],
    ...more,
  })
  const codes = (more: Partial<DeadlockResult>, params: object) =>
    deadlockFindings(result(more), resolved(params)).map(({ code }) => code)

  it('never take a run without a deadlock for a proof', () => {
    assert.deepEqual(codes({}, {}), ['not-observed', 'no-proof'])
  })

  it('say when it froze and how it was ended', () => {
    const frozen = {
      outcome: 'deadlocked' as const,
      roundsDone: [3, 4],
      cyclesSeen: 1,
      detectedAfterMs: 4.56,
      endedAfterMs: 55,
      stuckAt: { ms: 12.34, traceUs: 90_000 },
    }
    assert.deepEqual(codes(frozen, {}), ['deadlocked', 'detected', 'ended-from-outside', 'all-four'])
    const { values } = deadlockHeadline(result(frozen), resolved({}))
    assert.deepEqual([values.rounds, values.threads, values.ms], [7, 2, 12])
  })

  it('count what was done in vain', () => {
    const [waste] = deadlockFindings(result({ retries: 100 }), resolved({ policy: 'timeout' })).filter(
      ({ code }) => code === 'attempts-in-vain',
    )
    assert.deepEqual(waste?.values, { retries: 100, attempts: 500, percent: 20 })
  })

  it('say of a livelock how many retries led nowhere, and for how long', () => {
    const livelock = { withoutProgressMs: 1_004.2, retries: 380 }
    const headline = deadlockHeadline(
      result({ outcome: 'livelocked', retries: 400, livelock }),
      resolved({ policy: 'timeout', jitter: false }),
    )
    assert.equal(headline.code, 'livelocked')
    assert.deepEqual([headline.values.retries, headline.values.ms], [380, 1004])
  })
})

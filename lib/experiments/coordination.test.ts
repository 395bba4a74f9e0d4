/** The pure parts of the coordination lab: what is refused and why, the least time, what is said, how answers are read off. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type CoordinationParams, type CoordinationResult, coordination } from './coordination.ts'
import { coordinationFindings, coordinationHeadline } from './coordination-findings.ts'
import { COORDINATION_BUGS, COORDINATION_SCENARIOS, producersOf, roleOf, volleysOf } from './coordination-kinds.ts'
import { leastMs, planWorks } from './coordination-model.ts'
import { coordinationProgram } from './coordination-program.ts'
import { coordinationQuestions } from './coordination-questions.ts'

const machine = { cpus: 2, model: '', memoryBytes: 1, os: '', node: '' }
const params = (given: Partial<CoordinationParams> = {}): CoordinationParams => coordination.params.parse(given)
const refusals = (given: Partial<CoordinationParams>) => coordination.check?.(params(given), machine) ?? []

const result = (given: Partial<CoordinationResult> = {}): CoordinationResult => ({
  ...{ consumed: 200, spuriousWakeups: 0, lostWakeups: 0, alreadyThere: 0, elapsedMs: 100, modelMs: 50, cores: 2 },
  damage: { takenFromEmpty: 0, twice: 0, missing: 0 },
  perThread: [1, 2].map((thread) => ({
    ...{ thread, role: 'party' as const, completed: 200, waits: 100 },
    ...{ waitUs: { p50: 1, p95: 1, p99: 1, max: 1, total: 60_000 }, holdUs: 0, workUs: 40_000, otherUs: 0 },
  })),
  waitsFor: [{ waiter: 1, for: 2, ms: 60 }],
  wakeUpUs: { p50: 40, p95: 80, p99: 90, max: 200 },
  waitHistogram: [],
  findings: [],
  ...given,
})

describe('coordination', () => {
  it('refuses a mistake that can’t be made there, with the reason', () => {
    const possible = COORDINATION_SCENARIOS.flatMap((scenario) =>
      COORDINATION_BUGS.filter((bug) => refusals({ scenario, bug }).length === 0).map((bug) => `${scenario} ${bug}`),
    )
    assert.deepEqual(possible, [
      'condition none',
      'condition if-instead-of-while',
      'condition signal-before-wait',
      'event none',
      'event signal-before-wait',
      'barrier none',
      'ping-pong none',
    ])
    assert.match(
      refusals({ scenario: 'ping-pong', bug: 'signal-before-wait' })[0]?.message ?? '',
      /semaphore remembers/,
    )
  })

  it('refuses pairs that don’t come out, and more lost signals than a run can wait for', () => {
    assert.equal(refusals({ scenario: 'ping-pong', threads: 3 })[0]?.path, 'threads')
    const [tooLong] = refusals({ bug: 'signal-before-wait', items: 10_000, watchdogMs: 1_000 })
    assert.equal(tooLong?.path, 'items')
    assert.match(tooLong?.message ?? '', /at most 120 s is accepted/)
  })

  it('accepts its presets', () => {
    for (const { params: preset } of coordination.presets) assert.deepEqual(refusals(preset), [])
  })

  it('estimates what lost signals can cost', () => {
    const ms = (given: Partial<CoordinationParams>) => coordination.estimateMs(params(given), machine)
    assert.ok(ms({ bug: 'signal-before-wait', items: 100, watchdogMs: 100 }) > ms({ items: 100 }) + 3_000)
  })

  it('gives every thread a part, and both sides of a buffer at least one', () => {
    for (let threads = 2; threads <= 16; threads++) {
      const roles = Array.from({ length: threads }, (_, index) => roleOf('condition', index, threads))
      assert.equal(roles.filter((role) => role === 'producer').length, producersOf(threads))
      assert.ok(roles.includes('consumer'))
    }
  })

  it('marks one line as the mistake where there is one', () => {
    for (const scenario of COORDINATION_SCENARIOS) {
      for (const bug of COORDINATION_BUGS) {
        const wrong = coordinationProgram(scenario, bug).flatMap(({ lines }) => lines.filter((line) => line.wrong))
        assert.equal(wrong.length, bug !== 'none' && refusals({ scenario, bug }).length === 0 ? 1 : 0)
      }
    }
  })
})

describe('the least time', () => {
  const asked = fc.record({
    scenario: fc.constantFrom(...COORDINATION_SCENARIOS),
    threads: fc.integer({ min: 1, max: 8 }).map((pairs) => 2 * pairs),
    items: fc.integer({ min: 1, max: 400 }),
    workUs: fc.integer({ min: 1, max: 1_000 }),
    seed: fc.integer({ min: 0, max: 1_000 }),
  })

  it('is never more on more cores, nor less than all work on all cores', () => {
    fc.assert(
      fc.property(asked, fc.integer({ min: 1, max: 8 }), (work, cores) => {
        const ms = leastMs(work, cores)
        assert.ok(ms > 0 && leastMs(work, cores + 1) <= ms + 1e-9)
      }),
    )
  })

  it('of a barrier is the slowest of each phase where there are cores enough', () => {
    const work = { scenario: 'barrier', threads: 3, items: 50, workUs: 100, seed: 7 } as const
    const works = planWorks(work)
    const slowest = Array.from({ length: 50 }, (_, phase) => Math.max(...works.map((own) => own[phase] ?? 0)))
    assert.ok(Math.abs(leastMs(work, 4) - slowest.reduce((sum, us) => sum + us, 0) / 1000) < 1e-9)
  })

  it('sums works that begin again as if each were summed', () => {
    const work = { threads: 4, items: 1_000, workUs: 100, seed: 7 }
    const works = planWorks({ ...work, scenario: 'barrier' })
    const turns = Array.from({ length: 1_000 }, (_, turn) => works.map((own) => own[turn % own.length] ?? 0))
    const total = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / 1_000
    const each = works.map((_, thread) => total(turns.map((turn) => turn[thread] ?? 0)))
    const phases = total(turns.map((turn) => Math.max(...turn)))
    assert.ok(Math.abs(leastMs({ ...work, scenario: 'barrier' }, 8) - phases) < 1e-6)
    assert.ok(Math.abs(leastMs({ ...work, scenario: 'event' }, 8) - Math.max(...each)) < 1e-6)
  })

  it('shares volleys out to pairs without losing one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 1_000 }), (pairs, items) => {
        const volleys = Array.from({ length: pairs }, (_, pair) => volleysOf(pair, pairs, items))
        assert.equal(
          volleys.reduce((sum, count) => sum + count, 0),
          items,
        )
        assert.ok(Math.max(...volleys) - Math.min(...volleys) <= 1)
      }),
    )
  })
})

describe('what is said', () => {
  it('names the damage of each mistake, and calls its absence no proof', () => {
    const damage = { takenFromEmpty: 3, twice: 2, missing: 2 }
    const code = (given: Partial<CoordinationParams>, facts: Partial<CoordinationResult>) =>
      coordinationHeadline(result(facts), params(given)).code
    assert.equal(code({ bug: 'if-instead-of-while' }, { damage }), 'taken-from-empty')
    assert.equal(code({ bug: 'if-instead-of-while' }, {}), 'no-damage-seen')
    assert.equal(code({ bug: 'signal-before-wait' }, { lostWakeups: 2 }), 'signals-lost')
    assert.equal(code({ bug: 'signal-before-wait' }, {}), 'no-signal-lost')
  })

  it('speaks of vain wake-ups as harmless only where the loop looked again', () => {
    const codes = (bug: CoordinationParams['bug']) =>
      coordinationFindings(result({ spuriousWakeups: 4 }), params({ bug })).map(({ code }) => code)
    assert.ok(codes('none').includes('while-made-harmless'))
    assert.ok(codes('if-instead-of-while').includes('woken-in-vain'))
  })

  it('says the same figure of the longest wait as the chart of the threads’ time, and what the widest arrow is about', () => {
    const [one, two] = result().perThread
    assert.ok(one && two)
    const waited = (ms: number) => ({ p50: 1, p95: 1, p99: 1, max: 1, total: ms * 1000 })
    const perThread = [
      { ...one, waitUs: waited(44) },
      { ...two, waitUs: waited(50) },
    ]
    const found = coordinationFindings(result({ perThread, waitsFor: [{ waiter: 1, for: 2, ms: 12.6 }] }), params())
    const valuesOf = (code: string) => found.find((finding) => finding.code === code)?.values
    assert.deepEqual(valuesOf('waited-longest'), { thread: 2, ms: 50 })
    assert.deepEqual(valuesOf('waited-most'), { waiter: 1, for: 2, ms: 12.6 })
  })

  it('accounts for every time something was taken from an empty buffer', () => {
    const late = (takenFromEmpty: number, missing: number) =>
      coordinationFindings(
        result({ damage: { takenFromEmpty, twice: missing, missing } }),
        params({ bug: 'if-instead-of-while' }),
      ).find(({ code }) => code === 'taken-late')?.values
    assert.deepEqual(late(133, 60), { late: 73, missing: 60, count: 133 })
    assert.equal(late(60, 60), undefined)
  })

  it('answers what happened, and what share was waiting', () => {
    const [happens, share] = coordinationQuestions
    assert.equal(happens.answer(result(), params()), 'all-right')
    assert.equal(happens.answer(result({ lostWakeups: 1 }), params()), 'sleeps')
    assert.equal(happens.answer(result({ damage: { takenFromEmpty: 1, twice: 0, missing: 0 } }), params()), 'damaged')
    assert.equal(share.answer(result(), params()), 60)
  })
})

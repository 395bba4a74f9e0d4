/** The pure parts of the race lab: what is refused, what is said, which locks exclude what, how a broken moment is found. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Sample } from '../contract/run-event.ts'
import { type RaceParams, race } from './race.ts'
import { accountLocks, chosenLocksAreRight } from './race-account-locks.ts'
import { isRightGuard, raceFindings, raceHeadline } from './race-findings.ts'
import { findInterleaving, type StepAction, type TracedStep } from './race-interleaving.ts'
import { OUTCOME_KINDS, outcomesOf, RACE_GUARDS, RACE_SCENARIOS, STEP_LOCKS } from './race-kinds.ts'
import { raceProgram } from './race-program.ts'
import { raceSoFar } from './race-so-far.ts'

const machine = { cpus: 2, model: '', memoryBytes: 1, os: '', node: '' }
const params = (given: Partial<RaceParams> = {}): RaceParams => race.params.parse(given)
const sample = (round: number, lost: number, counts: Record<string, number>): Sample => ({
  key: 'none',
  round,
  elapsedMs: 1,
  lost,
  ...counts,
})

describe('race', () => {
  it('has the defaults of the contract', () => {
    const { scenario, guard, threads, iterations, trials } = params()
    assert.deepEqual([scenario, guard, threads, iterations, trials], ['counter', 'none', 4, 20_000, 50])
  })

  it('refuses chosen locks where there is nothing to choose, with the reason, and accepts all else', () => {
    for (const scenario of RACE_SCENARIOS) {
      for (const guard of RACE_GUARDS) {
        const errors = race.check?.(params({ scenario, guard }), machine) ?? []
        assert.equal(errors.length, guard === 'chosen' && scenario !== 'bank' ? 1 : 0, `${scenario} ${guard}`)
        if (errors[0]) assert.match(errors[0].message, /got "chosen".*only "bank"/)
      }
    }
  })

  it('accepts its presets', () => {
    for (const { params: preset } of race.presets) assert.deepEqual(race.check?.(params(preset), machine), [])
  })

  it('estimates more for more trials, more threads behind one lock, and a wider gap', () => {
    const ms = (given: Partial<RaceParams>) => race.estimateMs(params(given), machine)
    assert.ok(ms({ trials: 500 }) > ms({ trials: 50 }))
    assert.ok(ms({ guard: 'mutex', threads: 8 }) > ms({ guard: 'mutex', threads: 2 }))
    assert.ok(ms({ gapNs: 10_000 }) > ms({ gapNs: 0 }))
  })
})

describe('outcomes', () => {
  it('are listed also where they were not seen, and their shares add up', () => {
    const outcomes = outcomesOf('counter', { 'all-counted': 3, 'some-lost': 1 })
    assert.deepEqual(
      outcomes.map(({ label, count, share }) => [label, count, share]),
      [
        ['all-counted', 3, 0.75],
        ['some-lost', 1, 0.25],
        ['below-one-thread', 0, 0],
      ],
    )
    assert.ok(outcomesOf('bank', {}).every(({ share }) => share === 0))
  })

  it('are counted from samples as they come, without warm-up', () => {
    const soFar = raceSoFar(
      [sample(-1, 9, { 'some-lost': 1 }), sample(0, 0, { 'all-counted': 1 }), sample(1, 5, { 'some-lost': 1 })],
      params(),
    )
    assert.deepEqual(soFar.trials, { total: 2, forbidden: 1 })
    assert.deepEqual(soFar.lost, [0, 5])
    assert.equal(soFar.notObservedBound, null)
    assert.equal(raceHeadline(soFar, params())?.values.forbidden, 1)
  })

  it('that are rare are told by the worst trial, not by a median of nothing', () => {
    const rare = [
      sample(0, 0, { 'all-counted': 1 }),
      sample(1, 0, { 'all-counted': 1 }),
      sample(2, 5, { 'some-lost': 1 }),
    ]
    const headline = raceHeadline(raceSoFar(rare, params()), params())
    assert.deepEqual([headline?.code, headline?.values.worst], ['increments-lost-rarely', 5])
  })

  it('are told in whole increments, also of an even number of trials', () => {
    const lost = [10, 3, 4, 20].map((count, round) => sample(round, count, { 'some-lost': 1 }))
    assert.equal(raceHeadline(raceSoFar(lost, params()), params())?.values.lost, 4)
  })

  it('that were not observed come with the bound of the rule of three, and are no proof', () => {
    const samples = Array.from({ length: 50 }, (_, round) => sample(round, 0, { 'all-counted': 1 }))
    const soFar = raceSoFar(samples, params())
    assert.equal(soFar.notObservedBound, 0.06)
    assert.deepEqual(raceHeadline(soFar, params())?.code, 'not-observed')
    assert.deepEqual(raceHeadline(soFar, params({ guard: 'mutex' }))?.code, 'guard-held')
    assert.equal(raceHeadline(raceSoFar([], params()), params()), null)
  })

  it('have a headline for every scenario in which something went wrong, and the reason of a wrong guard', () => {
    for (const scenario of RACE_SCENARIOS) {
      const forbidden = OUTCOME_KINDS[scenario].find(({ expect }) => expect === 'forbidden')?.label ?? ''
      const asked = params({ scenario, guard: 'lock-per-thread' })
      const figures = raceSoFar([sample(0, 7, { [forbidden]: 1 })], asked)
      const rest = { observed: 'trials' as const, interleaving: null, cores: 2, architecture: 'x64', findings: [] }
      const codes = raceFindings({ ...figures, ...rest, firstForbiddenTrial: 1 }, asked).map(({ code }) => code)
      assert.equal(codes[0], raceHeadline(figures, asked)?.code)
      assert.ok(codes.includes('first-trial-wrong') && codes.includes('own-locks-exclude-nobody'))
      assert.ok(!codes.includes('some-trials-right'), 'no trial was right')
    }
  })
})

describe('locks that are chosen', () => {
  it('are right when every account is always under one and the same lock', () => {
    const right = (accounts: number) =>
      STEP_LOCKS.flatMap((withdrawLock) =>
        STEP_LOCKS.filter((depositLock) => chosenLocksAreRight({ accounts, withdrawLock, depositLock })).map(
          (depositLock) => `${withdrawLock}/${depositLock}`,
        ),
      )
    assert.deepEqual(right(3), ['global/global', 'own/own'])
    assert.deepEqual(right(2), ['global/global', 'own/own', 'other/other'], 'of two the other one is always the same')
  })

  it('exclude each other exactly where two steps on one account share a lock', () => {
    const lock = fc.constantFrom(...STEP_LOCKS)
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 4 }), lock, lock, (accounts, withdrawLock, depositLock) => {
        const held = (chosen: string, thread: number, own: number, other: number): string =>
          ({
            none: `nothing ${thread} ${own} ${other}`,
            global: 'global',
            own: `${own}`,
            other: `${other}`,
            thread: `t${thread}`,
          })[chosen] ?? ''
        // Any two transfers by two threads: each account that both change must be under the same lock in both.
        let safe = withdrawLock !== 'none' && depositLock !== 'none'
        const pairs = Array.from({ length: accounts }, (_, from) =>
          Array.from({ length: accounts }, (_, to) => ({ from, to })),
        )
          .flat()
          .filter(({ from, to }) => from !== to)
        const steps = (thread: number) =>
          pairs.flatMap(({ from, to }) => [
            { account: from, lock: held(withdrawLock, thread, from, to) },
            { account: to, lock: held(depositLock, thread, to, from) },
          ])
        for (const a of steps(1))
          for (const b of steps(2)) if (a.account === b.account && a.lock !== b.lock) safe = false
        assert.equal(chosenLocksAreRight({ accounts, withdrawLock, depositLock }), safe)
      }),
    )
  })

  it('are named for each account', () => {
    const [first] = accountLocks({ accounts: 3, withdrawLock: 'own', depositLock: 'other' })
    assert.deepEqual(first, { account: 1, withdraw: ['account 1'], deposit: ['account 2', 'account 3'], safe: false })
  })

  it('count as a right guard only in the bank', () => {
    const chosen = { guard: 'chosen', withdrawLock: 'own', depositLock: 'own' } as const
    assert.ok(isRightGuard(params({ scenario: 'bank', ...chosen })))
    assert.ok(!isRightGuard(params({ scenario: 'counter', ...chosen })))
  })
})

describe('the moment that is shown', () => {
  const step = (thread: number, action: StepAction, at: number, value: number, target = 0): TracedStep => ({
    ...{ thread, action, target, value, startUs: at, endUs: at + 1 },
  })

  it('is one in which two threads read the same value before either wrote', () => {
    const found = findInterleaving('counter', [
      [step(0, 'read', 0, 1), step(0, 'write', 2, 2), step(0, 'read', 10, 2), step(0, 'write', 14, 3)],
      [step(1, 'read', 12, 2), step(1, 'write', 16, 3)],
    ])
    assert.ok(found?.broken)
    assert.deepEqual(
      found.steps.map(({ thread, action, value }) => `${thread} ${action} ${value}`),
      ['0 read 2', '1 read 2', '0 write 3', '1 write 3'],
    )
  })

  it('is not broken where one read after the other had written, though the value is the same', () => {
    const found = findInterleaving('bank', [
      [step(0, 'read', 0, 5), step(0, 'write', 2, 6), step(0, 'read', 4, 6), step(0, 'write', 6, 5)],
      [step(1, 'read', 8, 5), step(1, 'write', 10, 6)],
    ])
    assert.ok(!found?.broken)
  })

  it('shows the locks that were held and did not help', () => {
    const own = (thread: number, at: number) => [
      step(thread, 'lock', at, 0, thread + 1),
      step(thread, 'read', at + 2, 7),
      step(thread, 'write', at + 5, 8),
      step(thread, 'unlock', at + 7, 0, thread + 1),
    ]
    const found = findInterleaving('counter', [own(0, 0), own(1, 1)])
    assert.ok(found?.broken)
    assert.equal(found.steps.filter(({ action }) => action === 'lock' || action === 'unlock').length, 4)
  })

  it('is one in which an object was built twice, or a flag seen without its data', () => {
    const built = findInterleaving('lazy-init', [
      [step(0, 'check', 0, 0, 4), step(0, 'build', 2, 1, 4)],
      [step(1, 'check', 1, 0, 4), step(1, 'build', 3, 2, 4)],
    ])
    assert.ok(built?.broken && built.steps.length === 4)
    const early = findInterleaving('message', [
      [step(0, 'flag', 0, 1, 3), step(0, 'data', 6, 4, 3)],
      [step(1, 'read', 2, 0, 3)],
    ])
    assert.deepEqual(
      early?.steps.map(({ action }) => action),
      ['flag', 'read', 'data'],
    )
  })

  it('is none where the threads never met', () => {
    assert.equal(findInterleaving('counter', [[], []]), null)
  })
})

describe('the program that is shown', () => {
  it('stands under a lock from the read to the write only where the guard is a mutex or each thread’s own', () => {
    const locked = (guard: RaceParams['guard']) =>
      raceProgram(params({ guard })).flatMap(({ lines }) => lines.map(({ lock }) => lock))
    assert.deepEqual(locked('none'), [null, null])
    assert.deepEqual(locked('mutex'), ['global', 'global'])
    assert.deepEqual(locked('lock-per-thread'), ['thread', 'thread'])
    assert.deepEqual(locked('write-only'), [null, 'global'])
  })
})

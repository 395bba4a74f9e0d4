import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildComparison } from './comparison.ts'
import { lockContention } from './lock-contention.ts'
import { lockContentionFindings, lockContentionHeadline } from './lock-contention-findings.ts'
import { contentionLimit } from './lock-contention-model.ts'
import { lockContentionQuestions } from './lock-contention-questions.ts'
import type { ContendedLockResult } from './lock-contention-result.ts'

const machine = { cpus: 2, model: 'test', memoryBytes: 8e9, os: 'linux', node: 'v26' }
const check = (params: object) => lockContention.check?.(lockContention.params.parse(params), machine) ?? []

test('the limit of a lock is 1 / (hold + hand-over), as long as the cores can do what is outside', () => {
  const costs = { holdUs: 9, handOverUs: 1, cycleUs: 20 }
  const setting = { lock: 'mutex', threads: 4, cores: 8, permits: 1, readShare: 0 } as const
  assert.deepEqual(contentionLimit(setting, costs), { perSecond: 100_000, boundBy: 'lock' })
  assert.deepEqual(contentionLimit({ ...setting, threads: 1 }, costs), { perSecond: 50_000, boundBy: 'cores' })
})

test('permits, readers and no lock at all let more in, never more than there are cores', () => {
  const costs = { holdUs: 10, handOverUs: 0, cycleUs: 10 }
  const at = (setting: object) =>
    contentionLimit({ lock: 'mutex', threads: 8, cores: 4, permits: 1, readShare: 0, ...setting }, costs).perSecond
  assert.equal(at({}), 100_000)
  assert.equal(at({ lock: 'semaphore', permits: 3 }), 300_000)
  assert.equal(at({ lock: 'semaphore', permits: 8 }), 400_000)
  assert.equal(at({ lock: 'read-write', readShare: 0 }), 100_000)
  assert.equal(at({ lock: 'read-write', readShare: 1 }), 400_000)
  assert.ok(at({ lock: 'read-write', readShare: 0.5 }) > 100_000)
  assert.equal(at({ lock: 'none' }), 400_000)
})

test('parameters that no lock of the run knows are refused with the reason', () => {
  assert.deepEqual(check({}), [])
  assert.deepEqual(
    check({ permits: 3, readShare: 0.5 }).map(({ path }) => path),
    ['permits', 'readShare'],
  )
  assert.match(check({ permits: 3 })[0]?.message ?? '', /got 3 with "mutex".*semaphore/)
  assert.deepEqual(check({ locks: ['semaphore', 'read-write'], permits: 3, readShare: 0.5 }), [])
})

test('the values of a sweep keep the limits of what is swept, and each is named once', () => {
  const paths = (sweep: object) => check({ sweep }).map(({ path }) => path)
  assert.deepEqual(paths({ param: 'threads', values: [1, 17, 2.5] }), ['sweep.values.1', 'sweep.values.2'])
  assert.deepEqual(paths({ param: 'holdUs', values: [0, 2.5, 1001] }), ['sweep.values.2'])
  assert.deepEqual(paths({ param: 'threads', values: [2, 2] }), ['sweep.values'])
})

test('threads × duration × rounds has a limit, and the refusal says what would fit', () => {
  const all = lockContention.params.shape.locks.unwrap().element.options
  const [error] = check({ locks: all, threads: 16, durationMs: 2000, rounds: 20 })
  assert.equal(error?.path, 'durationMs')
  const fitting = Number(/\((\d+) ms would fit\)/.exec(error?.message ?? '')?.[1])
  assert.deepEqual(check({ locks: all, threads: 16, durationMs: fitting, rounds: 20 }), [])
})

test('the same lock twice, and one that nobody knows, are refused', () => {
  assert.equal(lockContention.params.safeParse({ locks: ['mutex', 'mutex'] }).success, false)
  assert.equal(lockContention.params.safeParse({ locks: ['padlock'] }).success, false)
  assert.equal(lockContention.params.safeParse({ locks: [] }).success, false)
})

const spread = { p50: 0, p95: 0, p99: 0, max: 0, total: 0 }
const thread = {
  acquisitions: 10,
  waited: 0,
  waitUs: spread,
  holdUs: spread,
  outsideUs: 0,
  waits: [],
  contextSwitches: null,
}
const measured = (lock: ContendedLockResult['lock'], more: Partial<ContendedLockResult> = {}): ContendedLockResult => ({
  lock,
  throughputPerSecond: 1000,
  throughputCi95: null,
  limitPerSecond: 1000,
  utilisation: 0.9,
  fairness: 1,
  waitedShare: 0.5,
  updates: 1000,
  lostUpdates: 0,
  limit: { boundBy: 'lock', holdUs: 5, handOverUs: 0.1, cycleUs: 10 },
  contextSwitches: { voluntary: 1, involuntary: 0 },
  perThread: [thread, thread, thread, thread],
  ...more,
})
const factsOf = (rounds: number, ...locks: ContendedLockResult[]) => ({
  locks,
  cores: 2,
  sweep: null,
  comparison: buildComparison({
    seed: 1,
    warmup: 0,
    measured: locks.map(({ lock, throughputPerSecond }) => ({
      key: lock,
      samplesMs: Array.from({ length: rounds }, (_, i) => 1e6 / throughputPerSecond + i / 1e4),
      startupMs: 0,
      cpuMs: 0,
    })),
  }),
})

const facts = (...locks: ContendedLockResult[]) => factsOf(6, ...locks)
const slow = { throughputPerSecond: 50, utilisation: 0.05 }

test('the headline names lost updates first, then the convoy, then how near to the limit', () => {
  const convoy = measured('ticket', { ...slow, contextSwitches: { voluntary: 900, involuntary: 0 } })
  const lost = measured('none', { lostUpdates: 400 })
  assert.equal(lockContentionHeadline(facts(lost, measured('mutex'), convoy))?.code, 'lost-updates')
  assert.deepEqual(lockContentionHeadline(facts(measured('mutex'), convoy)), {
    code: 'convoy',
    values: { threads: 4, best: 'mutex', bestPercent: 90, worst: 'ticket', worstPercent: 5 },
  })
  assert.equal(lockContentionHeadline(facts(measured('mutex'), measured('lock')))?.code, 'reached')
})

test('a slow ticket lock that hardly sleeps is not called a convoy', () => {
  const awake = measured('ticket', { ...slow, contextSwitches: { voluntary: 10, involuntary: 0 } })
  assert.equal(lockContentionHeadline(facts(measured('mutex'), awake))?.code, 'far-apart')
  const unknown = measured('ticket', { ...slow, contextSwitches: null })
  assert.equal(lockContentionHeadline(facts(measured('mutex'), unknown))?.code, 'far-apart')
})

test('medians that are far apart are not said to be where the rounds support no verdict', () => {
  const locks = [measured('mutex'), measured('ticket', slow)] as const
  assert.equal(lockContentionHeadline(factsOf(3, ...locks))?.code, 'reached')
  assert.equal(lockContentionHeadline(factsOf(6, ...locks))?.code, 'far-apart')
})

test('a lock that stays far below its limit comes with where the time went, and the shares make up the whole', () => {
  const busy = {
    ...thread,
    acquisitions: 100,
    waitUs: { ...spread, total: 2_500 },
    holdUs: { ...spread, total: 1_500 },
    outsideUs: 6_000,
  }
  const far = measured('mutex', { utilisation: 0.17, perThread: [busy, busy, busy, busy] })
  const found = (lock: ContendedLockResult) =>
    lockContentionFindings(facts(lock)).find(({ code }) => code === 'where-time-went')?.values
  assert.deepEqual(found(far), { lock: 'mutex', computing: 10, waiting: 25, rest: 65, threads: 4, cores: 2 })
  assert.equal(found({ ...far, utilisation: 0.9 }), undefined)
})

test('the question names the first lock that makes threads wait', () => {
  const [waited] = lockContentionQuestions
  const locks = (...locks: ContendedLockResult['lock'][]) => lockContention.params.parse({ locks })
  assert.deepEqual(waited?.asksAbout?.(locks('none', 'atomic', 'ticket', 'mutex')), { lock: 'ticket' })
})

test('an unguarded counter that lost nothing is called luck', () => {
  const codes = lockContentionFindings(facts(measured('none'))).map(({ code }) => code)
  assert.ok(codes.includes('none-lost'))
})

test('one round supports no verdict between two locks', () => {
  const codes = lockContentionFindings(factsOf(1, measured('mutex'), measured('lock'))).map(({ code }) => code)
  assert.ok(!codes.some((code) => code.startsWith('pair-')))
})

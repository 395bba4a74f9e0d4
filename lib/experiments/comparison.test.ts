import assert from 'node:assert/strict'
import { test } from 'node:test'
import { comparisonSchema } from '../contract/comparison.ts'
import { buildComparison, findChecksumMismatch, type Measured } from './comparison.ts'

const measured = (key: string, samplesMs: number[], more: Partial<Measured> = {}): Measured => ({
  key,
  samplesMs,
  startupMs: 0,
  cpuMs: 1,
  ...more,
})
const steady = (base: number, rounds = 6) => Array.from({ length: rounds }, (_, round) => base + round * 0.01)

test('the comparison is what the contract says, extras beside the fixed fields', () => {
  const comparison = buildComparison({
    seed: 7,
    warmup: 1,
    measured: [
      measured('threads', steady(50), { strategy: 'threads', workers: 2, extra: { requests: 21 }, checksum: 'a' }),
      measured('sequential', steady(100), { strategy: 'sequential', workers: 1, modelMs: 99 }),
    ],
  })
  assert.deepEqual(comparisonSchema.parse(comparison), comparison)
  assert.equal(comparison.baseline, 'sequential')
  assert.equal(comparison.rounds, 6)
  const [threads, sequential] = comparison.entries
  assert.equal(threads?.requests, 21)
  assert.equal(threads?.speedup.verdict, 'faster')
  assert.ok(Math.abs((threads?.speedup.value ?? 0) - 2) < 0.01)
  assert.ok(Math.abs((threads?.medianMs ?? 0) - 50.025) < 1e-9)
  assert.deepEqual(sequential?.speedup, { value: 1, ci95: [1, 1], verdict: 'no-detectable-difference' })
  assert.equal(sequential?.modelMs, 99)
})

test('the first is the baseline where nothing is sequential, and another can be chosen', () => {
  const contenders = [measured('mutex', [1]), measured('spin', [2])]
  assert.equal(buildComparison({ seed: 1, warmup: 0, measured: contenders }).baseline, 'mutex')
  assert.equal(buildComparison({ seed: 1, warmup: 0, measured: contenders, baseline: 'spin' }).baseline, 'spin')
})

test('while a run goes on, those without a sample are left out, and few rounds give no verdict', () => {
  const comparison = buildComparison({
    seed: 1,
    warmup: 0,
    measured: [measured('sequential', []), measured('async', [10, 11]), measured('threads', [5])],
  })
  assert.deepEqual(
    comparison.entries.map((entry) => [entry.key, entry.speedup.verdict, entry.ci95Ms]),
    [
      ['async', 'too-few-rounds', null],
      ['threads', 'too-few-rounds', null],
    ],
  )
  assert.equal(comparison.baseline, 'async')
  assert.equal(comparison.rounds, 1)
  assert.equal(comparison.entries[1]?.speedup.value, 2)
})

test('without any sample, and with one key twice, there is no comparison', () => {
  assert.throws(() => buildComparison({ seed: 1, warmup: 0, measured: [measured('a', [])] }), RangeError)
  assert.throws(
    () => buildComparison({ seed: 1, warmup: 0, measured: [measured('a', [1]), measured('a', [1])] }),
    RangeError,
  )
})

test('a different answer is found and both sides are named; a missing checksum says nothing', () => {
  const entries = [
    { key: 'sequential', checksum: null },
    { key: 'async', checksum: 'x' },
    { key: 'threads', checksum: 'x' },
  ]
  assert.equal(findChecksumMismatch(entries), null)
  assert.deepEqual(findChecksumMismatch([...entries, { key: 'processes', checksum: 'y' }]), {
    expected: { key: 'async', checksum: 'x' },
    actual: { key: 'processes', checksum: 'y' },
  })
})

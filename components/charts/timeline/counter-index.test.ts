/** Extremes of counters against a plain search over all samples. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CounterIndex } from './counter-index.ts'

const counterOf = (samples: readonly (readonly [number, number])[]): CounterIndex => {
  const counter = new CounterIndex({ id: 'depth', group: 'memory', name: 'queue-depth', unit: '' })
  for (const [time, value] of samples) counter.append(time, value)
  return counter
}

const samplesOf = fc
  .array(fc.tuple(fc.nat(2000), fc.integer({ min: -50, max: 50 })), { minLength: 1, maxLength: 700 })
  .map((samples) => samples.sort((a, b) => a[0] - b[0]))

test('extremes between two moments are those of all values that held there', () => {
  fc.assert(
    fc.property(samplesOf, fc.nat(2000), fc.nat(2000), (samples, a, b) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)]
      const before = samples.findLastIndex(([time]) => time <= from)
      const held = samples.filter(([time], i) => i === before || (time > from && time <= to)).map(([, value]) => value)
      const range = counterOf(samples).range(from, to)
      if (held.length === 0) assert.equal(range, null)
      else assert.deepEqual(range, { min: Math.min(...held), max: Math.max(...held) })
    }),
  )
})

test('a single peak among many samples is never lost', () => {
  const samples = Array.from({ length: 5000 }, (_, i) => [i, i === 3777 ? 99 : 1] as const)
  assert.deepEqual(counterOf(samples).extremes(), { min: 1, max: 99 })
  assert.deepEqual(counterOf(samples).range(3000, 4000), { min: 1, max: 99 })
  assert.deepEqual(counterOf(samples).range(0, 3000), { min: 1, max: 1 })
})

test('a counter holds its value until the next sample and has none before the first', () => {
  const counter = counterOf([
    [10, 3],
    [20, 5],
  ])
  assert.equal(counter.valueAt(9), null)
  assert.equal(counter.valueAt(10), 3)
  assert.equal(counter.valueAt(19.9), 3)
  assert.equal(counter.valueAt(1000), 5)
  assert.equal(counter.range(0, 5), null)
})

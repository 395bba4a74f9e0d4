import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freePermits } from './free-permits.ts'

const series = (times: number[], permits: number) =>
  freePermits({ times: Float64Array.from(times), startUs: 0, endUs: 100, permits, group: 'semaphore' })

test('each job takes a permit and gives it back, from all free to all free', () => {
  const { times, values } = series([10, 50, 20, 40], 2)
  assert.deepEqual(times, [0, 10, 20, 40, 50, 100])
  assert.deepEqual(values, [2, 1, 0, 1, 2, 2])
})

test('a permit that passes on within one microsecond is given back first', () => {
  assert.deepEqual(series([10, 20, 20, 30], 1).values, [1, 0, 1, 0, 1, 1])
})

test('more inside than permitted would show below zero', () => {
  assert.equal(Math.min(...series([10, 40, 20, 50], 1).values), -1)
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { checkSweepValues } from './sweep-values.ts'

const told = (values: number[], whole: boolean) =>
  checkSweepValues(values, { min: 1, max: 8, whole }).map(({ path, code }) => `${path} ${code}`)

test('the limits themselves are accepted, and what is beyond them is told with its place', () => {
  assert.deepEqual(told([1, 8], true), [])
  assert.deepEqual(told([0, 4, 9], true), ['sweep.values.0 whole-number', 'sweep.values.2 whole-number'])
  assert.deepEqual(told([0.5, 2.5], false), ['sweep.values.0 number'])
})

test('a fraction is refused where whole numbers are wanted', () => {
  assert.deepEqual(told([2.5, 3], true), ['sweep.values.0 whole-number'])
})

test('a value that comes twice is refused once, beside what else is wrong', () => {
  assert.deepEqual(told([2, 2, 2], true), ['sweep.values twice'])
  assert.deepEqual(told([9, 9], true), [
    'sweep.values.0 whole-number',
    'sweep.values.1 whole-number',
    'sweep.values twice',
  ])
})

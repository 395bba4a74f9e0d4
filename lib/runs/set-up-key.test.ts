/** Set-ups are told apart by what they say, not by how it was written. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { setUpKey } from './set-up-key.ts'

test('the order of parameters, and of what is inside them, makes no other set-up', () => {
  assert.equal(
    setUpKey({ workers: 4, sweep: { param: 'tasks', values: [1, 2] } }),
    setUpKey({ sweep: { values: [1, 2], param: 'tasks' }, workers: 4 }),
  )
})

test('another value, another order of a list or one parameter more does', () => {
  const keys = [{ a: 1 }, { a: 2 }, { a: '1' }, { a: [1, 2] }, { a: [2, 1] }, { a: null }, {}, { a: 1, b: 1 }].map(
    setUpKey,
  )
  assert.equal(new Set(keys).size, keys.length)
})

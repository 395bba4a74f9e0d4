import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fairShares } from './fair-shares.ts'

test('equal tasks are dealt in turns, a heavy one is made up for, and none is left out', () => {
  assert.deepEqual(fairShares(['a', 'b', 'c', 'd'], [1, 1, 1, 1], 2), [
    ['a', 'c'],
    ['b', 'd'],
  ])
  assert.deepEqual(fairShares(['a', 'b', 'c', 'heavy'], [1, 1, 1, 3], 2), [['heavy'], ['a', 'b', 'c']])
  assert.deepEqual(fairShares(['a'], [1], 2), [['a'], []])
})

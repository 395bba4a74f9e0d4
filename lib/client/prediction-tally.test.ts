/** Predictions: what counts as right, and a tally that survives anything found in storage. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countGrade, grade, readTally } from './prediction-tally.ts'
import { memoryStorage as memory } from './storage-in-tests.ts'

test('a choice is right when it is the measured one, a number when it is within a quarter of it', () => {
  assert.equal(grade('threads', 'threads'), 'right')
  assert.equal(grade('threads', 'async'), 'wrong')
  assert.equal(grade(4, 5), 'right')
  assert.equal(grade(5, 4), 'right')
  assert.equal(grade(3.9, 5), 'wrong')
  assert.equal(grade(0, 0), 'right')
  assert.equal(grade(1, 0), 'wrong')
  assert.equal(grade('many', 4), 'wrong')
})

test('a run counts once, however often it is looked at', () => {
  const storage = memory()
  countGrade(storage, 'a', 'right')
  countGrade(storage, 'a', 'right')
  assert.deepEqual(countGrade(storage, 'b', 'wrong'), { right: 1, graded: 2 })
  assert.deepEqual(readTally(storage), { right: 1, graded: 2 })
})

test('damaged, foreign or refused storage counts as empty', () => {
  for (const content of ['{', '[]', 'null', '"x"', '{"a": 7}']) {
    assert.deepEqual(readTally(memory({ 'interleave.predictions': content })), { right: 0, graded: 0 })
  }
  const refusing: Storage = {
    ...memory(),
    setItem: () => {
      throw new Error('QuotaExceededError')
    },
  }
  assert.deepEqual(countGrade(refusing, 'a', 'wrong'), { right: 0, graded: 1 })
  assert.deepEqual(countGrade(null, 'a', 'right'), { right: 1, graded: 1 })
})

test('the tally keeps the newest five hundred', () => {
  const storage = memory()
  for (let index = 0; index < 510; index++) countGrade(storage, `run${index}`, 'right')
  assert.deepEqual(readTally(storage), { right: 500, graded: 500 })
})

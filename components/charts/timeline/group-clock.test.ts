/** Where groups stand when a round is looked at, lined up or not. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { displayExtent, groupWindow, roundsOf } from './group-clock.ts'
import { SpanIndex } from './span-index.ts'
import { spanOf, THREE_LANES, traceOf } from './trace-fixture.ts'

const index = new SpanIndex()
index.update(
  traceOf(THREE_LANES, [
    spanOf('a', 5, 10, { round: -1 }),
    spanOf('c', 20, 10, { round: -1 }),
    spanOf('c', 40, 15, { round: 0 }),
    spanOf('a', 60, 25, { round: 0 }),
    spanOf('a', 100, 5, { round: 1 }),
  ]),
)

test('without a focus all groups stand on the clock of the run', () => {
  const focus = { round: null, linedUp: false }
  assert.deepEqual(displayExtent(index, focus), { from: 5, to: 105 })
  assert.equal(groupWindow(index, focus, 'threads')?.offset, 0)
})

test('a round shows each group its own part, on the clock of the run', () => {
  const focus = { round: 0, linedUp: false }
  assert.deepEqual(displayExtent(index, focus), { from: 40, to: 85 })
  assert.deepEqual(groupWindow(index, focus, 'threads'), { offset: 0, from: 60, to: 85 })
})

test('lined up, every group begins at zero and the longest gives the length', () => {
  const focus = { round: 0, linedUp: true }
  assert.deepEqual(displayExtent(index, focus), { from: 0, to: 25 })
  assert.deepEqual(groupWindow(index, focus, 'async'), { offset: 40, from: 40, to: 55 })
})

test('a group that was not there in a round has no place in it', () => {
  assert.equal(groupWindow(index, { round: 1, linedUp: true }, 'async'), null)
})

test('rounds come in their order, warm-up first', () => {
  assert.deepEqual(roundsOf(index), [-1, 0, 1])
})

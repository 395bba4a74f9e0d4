import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { splitHeld } from './held-spans.ts'
import type { RecordedSpan } from './span-recorder.ts'

const span = (kind: RecordedSpan['kind'], startUs: number, endUs: number): RecordedSpan => ({
  kind,
  name: kind,
  startUs,
  endUs,
})

test('a lock is held alone until the first other thread waits, and contended from then on', () => {
  const [holder, waiter] = splitHeld([[span('held', 0, 10)], [span('wait', 4, 11), span('held', 11, 15)]])
  assert.deepEqual(holder, [span('held', 0, 4), { ...span('contended', 4, 10), name: 'held' }])
  assert.deepEqual(waiter, [span('wait', 4, 11), span('held', 11, 15)])
})

test('one who waits for itself is nobody who waits', () => {
  const own = [span('wait', 0, 5), span('held', 5, 9), span('wait', 9, 12)]
  assert.deepEqual(splitHeld([own])[0], own)
})

test('a wait that was given up ends the contention', () => {
  const [holder] = splitHeld([[span('held', 0, 10)], [span('wait', 2, 5)]])
  assert.deepEqual(
    holder?.map(({ kind, startUs, endUs }) => [kind, startUs, endUs]),
    [
      ['held', 0, 2],
      ['contended', 2, 5],
      ['held', 5, 10],
    ],
  )
})

test('whatever overlaps: the pieces cover the hold exactly, and a piece is contended where another waits', () => {
  const interval = fc
    .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 20 }))
    .map(([startUs, length]) => ({ startUs, endUs: startUs + length }))
  fc.assert(
    fc.property(fc.array(interval, { maxLength: 8 }), interval, (waits, hold) => {
      const holder = [span('held', hold.startUs, hold.endUs)]
      const others = waits.map(({ startUs, endUs }) => [span('wait', startUs, endUs)])
      const pieces = splitHeld([holder, ...others])[0] ?? []
      let at = hold.startUs
      for (const piece of pieces) {
        assert.equal(piece.startUs, at)
        at = piece.endUs
        for (let us = piece.startUs; us < piece.endUs; us++) {
          const waited = waits.some(({ startUs, endUs }) => startUs <= us && us < endUs)
          assert.equal(piece.kind, waited ? 'contended' : 'held')
        }
      }
      assert.equal(at, hold.endUs)
    }),
  )
})

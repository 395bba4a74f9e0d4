/** Stepping from span to span visits each once. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { SpanPlace } from './hit-test.ts'
import { SpanIndex } from './span-index.ts'
import { arbitrarySpans, laneOf, spanOf, THREE_LANES, traceOf } from './trace-fixture.ts'
import { nearestOf, stepAlong } from './walk.ts'

const EVERYWHERE = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, kinds: -1 }

test('walking forward from the first span visits every span of the lane once, in the order of time, and back again', () => {
  fc.assert(
    fc.property(arbitrarySpans(), (spans) => {
      const index = new SpanIndex()
      index.update(traceOf(THREE_LANES, spans))
      const rows = index.lanes.get('a')?.rows ?? []
      const all = rows.flatMap((row, r) => Array.from({ length: row.length }, (_, i) => ({ lane: 'a', row: r, i })))
      const startOf = (place: SpanPlace): number => rows[place.row]?.start(place.i) ?? 0
      const first = all.toSorted((x, y) => startOf(x) - startOf(y) || x.row - y.row || x.i - y.i)[0]
      if (first === undefined) return
      const visited: SpanPlace[] = []
      for (let at: SpanPlace | null = first; at !== null; at = stepAlong(rows, at, 1, EVERYWHERE)) {
        visited.push(at)
        assert.ok(visited.length <= all.length)
      }
      assert.equal(visited.length, all.length)
      for (let i = 1; i < visited.length; i++) {
        const [before, after] = [visited[i - 1], visited[i]]
        assert.ok(before !== undefined && after !== undefined && startOf(before) <= startOf(after))
      }
      const back: SpanPlace[] = []
      for (let at = visited.at(-1) ?? null; at !== null; at = stepAlong(rows, at, -1, EVERYWHERE)) back.push(at)
      assert.deepEqual(back.reverse(), visited)
    }),
  )
})

test('hidden kinds and what lies outside the round are passed over', () => {
  const index = new SpanIndex()
  const spans = [spanOf('a', 0, 5), spanOf('a', 10, 5, { kind: 'idle' }), spanOf('a', 20, 5), spanOf('a', 90, 5)]
  index.update(traceOf([laneOf('a')], spans))
  const rows = index.lanes.get('a')?.rows ?? []
  const range = { from: 0, to: 50, kinds: ~(1 << 9) }
  const next = stepAlong(rows, { lane: 'a', row: 0, i: 0 }, 1, range)
  assert.equal(next?.i, 2)
  assert.equal(stepAlong(rows, { lane: 'a', row: 0, i: 2 }, 1, range), null)
})

test('the nearest span of a lane is the one around the moment, else the closest', () => {
  const index = new SpanIndex()
  index.update(traceOf([laneOf('a')], [spanOf('a', 0, 10), spanOf('a', 30, 10)]))
  const rows = index.lanes.get('a')?.rows ?? []
  assert.equal(nearestOf('a', rows, 35, EVERYWHERE)?.i, 1)
  assert.equal(nearestOf('a', rows, 12, EVERYWHERE)?.i, 0)
  assert.equal(nearestOf('a', rows, 29, EVERYWHERE)?.i, 1)
  assert.equal(nearestOf('a', [], 29, EVERYWHERE), null)
})

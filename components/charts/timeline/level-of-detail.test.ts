/** Nothing is lost or drawn twice when thin spans become columns, and the cost is that of pixels. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Sight, walkRow } from './level-of-detail.ts'
import { RowSeries } from './row-series.ts'

const ALL = -1

/** A row of spans one after another: [gap before, length, kind]. */
const rowOf = (parts: readonly (readonly [number, number, number])[]): RowSeries => {
  const row = new RowSeries()
  let at = 0
  for (const [i, [gap, length, kind]] of parts.entries()) {
    row.insert(at + gap, at + gap + length, kind, i)
    at += gap + length
  }
  return row
}

function walked(row: RowSeries, sight: Sight) {
  const spans: number[] = []
  const columns: { i: number; j: number; time: number }[] = []
  const aggregated = walkRow(row, sight, {
    span: (_, i) => spans.push(i),
    column: (_, i, j, time) => columns.push({ i, j, time }),
  })
  return { spans, columns, aggregated }
}

const partsOf = fc.array(
  fc.tuple(
    fc.double({ min: 0, max: 3, noNaN: true }),
    fc.oneof(fc.double({ min: 0, max: 0.5, noNaN: true }), fc.double({ min: 0, max: 20, noNaN: true })),
    fc.nat(2),
  ),
  { maxLength: 150 },
)
const sightOf = fc
  .tuple(
    fc.double({ min: -5, max: 300, noNaN: true }),
    fc.double({ min: 1, max: 300, noNaN: true }),
    fc.integer({ min: 1, max: 7 }),
  )
  .map(([from, length, kinds]): Sight => ({ from, to: from + length, pixelsPerMicro: 400 / length, kinds }))

test('every shown span in view is drawn exactly once: as itself or in one column', () => {
  fc.assert(
    fc.property(partsOf, sightOf, (parts, sight) => {
      const row = rowOf(parts)
      const { spans, columns, aggregated } = walked(row, sight)
      const inColumns = columns.flatMap(({ i, j }) => Array.from({ length: j - i }, (_, k) => i + k))
      const shown = (i: number): boolean => (sight.kinds & (1 << row.kind(i))) !== 0
      const drawn = [...spans, ...inColumns.filter(shown)].sort((a, b) => a - b)
      const expected = Array.from({ length: row.length }, (_, i) => i).filter(
        (i) => shown(i) && row.end(i) > sight.from && row.start(i) <= sight.to,
      )
      // A column at the right edge may hold spans that begin just behind it.
      const behind = drawn.filter((i) => row.start(i) > sight.to)
      assert.ok(behind.every((i) => row.start(i) < sight.to + 1 / sight.pixelsPerMicro))
      assert.deepEqual(
        drawn.filter((i) => !behind.includes(i)),
        expected,
      )
      assert.equal(aggregated, inColumns.filter(shown).length)
    }),
  )
})

test('no span of a pixel or more disappears in a column, and a column is one pixel', () => {
  fc.assert(
    fc.property(partsOf, sightOf, (parts, sight) => {
      const row = rowOf(parts)
      const pixel = 1 / sight.pixelsPerMicro
      for (const { i, j, time } of walked(row, sight).columns) {
        for (let k = i; k < j; k++) {
          assert.ok(row.end(k) - row.start(k) < pixel)
          assert.ok(row.start(k) >= time - 1e-6 && row.start(k) < time + pixel + 1e-6)
        }
      }
    }),
  )
})

test('a hundred thousand spans cost as many steps as there are pixels', () => {
  const row = rowOf(Array.from({ length: 100_000 }, () => [0.4, 0.6, 0] as const))
  const { spans, columns, aggregated } = walked(row, { from: 0, to: 100_000, pixelsPerMicro: 0.01, kinds: ALL })
  assert.ok(spans.length + columns.length <= 1001)
  assert.equal(aggregated + spans.length, 100_000)
})

test('panning by less than a pixel does not change which spans share a column', () => {
  const row = rowOf(Array.from({ length: 400 }, (_, i) => [0.1 + (i % 7) / 10, 0.2, 0] as const))
  const groupsAt = (from: number): string[] =>
    walked(row, { from, to: from + 80, pixelsPerMicro: 1, kinds: ALL })
      .columns.filter(({ time }) => time >= 24 && time <= 96)
      .map(({ i, j }) => `${i} ${j}`)
  assert.ok(groupsAt(20.25).length > 20)
  assert.deepEqual(groupsAt(20.25), groupsAt(20.75))
})

/** A row of disjoint spans against plain objects in an array. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { quantised, RowSeries } from './row-series.ts'

interface Plain {
  start: number
  end: number
  kind: number
}

/** Inserts what fits, in the order given, and keeps the same spans as plain objects beside it. */
function filled(spans: readonly (readonly [number, number, number])[]): { row: RowSeries; plain: Plain[] } {
  const row = new RowSeries()
  const plain: Plain[] = []
  for (const [position, [at, length, kind]] of spans.entries()) {
    const start = quantised(at)
    const end = quantised(at + length)
    if (!row.fits(start, end)) continue
    row.insert(start, end, kind, position)
    plain.push({ start, end, kind })
  }
  plain.sort((a, b) => a.start - b.start || a.end - b.end)
  return { row, plain }
}

const arbitrary = fc.array(
  fc.tuple(fc.double({ min: 0, max: 500, noNaN: true }), fc.double({ min: 0, max: 9, noNaN: true }), fc.nat(3)),
  { maxLength: 120 },
)
const moment = fc.double({ min: -10, max: 520, noNaN: true })

test('starts and ends are ascending and no two spans overlap, in whatever order they came', () => {
  fc.assert(
    fc.property(arbitrary, (spans) => {
      const { row, plain } = filled(spans)
      assert.equal(row.length, plain.length)
      for (let i = 0; i < row.length; i++) {
        assert.equal(row.start(i), plain[i]?.start)
        assert.equal(row.end(i), plain[i]?.end)
        if (i > 0) assert.ok(row.end(i - 1) <= row.start(i))
      }
    }),
  )
})

test('binary search finds what a walk over all spans finds', () => {
  fc.assert(
    fc.property(arbitrary, moment, fc.nat(20), (spans, time, from) => {
      const { row, plain } = filled(spans)
      const ending = plain.findIndex((span) => span.end > time)
      assert.equal(row.firstEndingAfter(time), ending === -1 ? plain.length : ending)
      const begin = Math.min(from, plain.length)
      const starting = plain.findIndex((span, i) => i >= begin && span.start >= time)
      assert.equal(row.firstStartingFrom(time, begin), starting === -1 ? plain.length : starting)
    }),
  )
})

test('busy time between two moments is the sum of the parts of spans between them', () => {
  fc.assert(
    fc.property(arbitrary, moment, moment, fc.nat(3), (spans, a, b, kind) => {
      const { row, plain } = filled(spans)
      const [from, to] = [Math.min(a, b), Math.max(a, b)]
      const expected = plain
        .filter((span) => span.kind === kind)
        .reduce((sum, span) => sum + Math.max(0, Math.min(span.end, to) - Math.max(span.start, from)), 0)
      assert.ok(Math.abs(row.busyBetween(kind, from, to) - expected) < 1e-6)
    }),
  )
})

test('sums stay right when a late span is moved in front of spans that were already summed', () => {
  const row = new RowSeries()
  row.insert(10, 20, 0, 0)
  row.insert(30, 40, 0, 1)
  assert.equal(row.busy(0, 0, 2), 20)
  row.insert(22, 25, 0, 2)
  assert.equal(row.busy(0, 0, 3), 23)
  assert.equal(row.busyBetween(0, 15, 24), 7)
})

test('spans that touch within a rounding error share a row', () => {
  const row = new RowSeries()
  row.insert(quantised(0.1), quantised(0.1 + 0.2), 0, 0)
  assert.ok(0.1 + 0.2 > 0.3)
  assert.ok(row.fits(quantised(0.3), quantised(0.5)))
})

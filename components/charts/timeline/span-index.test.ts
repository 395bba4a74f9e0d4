/** Reading a growing trace: packing into rows, batches against the whole, what is read again. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Span, Trace } from '#lib/contract/trace.ts'
import { quantised } from './row-series.ts'
import { SpanIndex } from './span-index.ts'
import { arbitrarySpans, laneOf, spanOf, THREE_LANES, traceOf } from './trace-fixture.ts'

const indexOf = (trace: Trace): SpanIndex => {
  const index = new SpanIndex()
  index.update(trace)
  return index
}

/** Lane → rows → positions in the trace. */
const rowsOf = (index: SpanIndex): Record<string, number[][]> =>
  Object.fromEntries(
    [...index.lanes].map(([id, { rows }]) => [
      id,
      rows.map((row) => Array.from({ length: row.length }, (_, i) => row.span(i))),
    ]),
  )

test('no two spans of a row overlap and every span has exactly one place, however it arrived', () => {
  fc.assert(
    fc.property(arbitrarySpans(), fc.array(fc.nat(60)), (spans, cuts) => {
      const index = new SpanIndex()
      for (const cut of [...cuts.sort((a, b) => a - b), spans.length]) {
        index.update(traceOf(THREE_LANES, spans.slice(0, cut)))
      }
      const places = Object.values(rowsOf(index)).flat(2)
      assert.deepEqual(
        places.sort((a, b) => a - b),
        spans.map((_, i) => i),
      )
      for (const { rows } of index.lanes.values()) {
        for (const row of rows) {
          for (let i = 1; i < row.length; i++) assert.ok(row.end(i - 1) <= row.start(i))
        }
      }
    }),
  )
})

test('a lane has no more rows than spans that overlap at once', () => {
  fc.assert(
    fc.property(arbitrarySpans(), (spans) => {
      const index = indexOf(traceOf(THREE_LANES, spans))
      for (const [id, { rows }] of index.lanes) {
        const own = spans
          .filter((span) => span.lane === id)
          .map((span) => ({ start: quantised(span.start), end: quantised(span.start + span.duration) }))
        // A span without length can force a row only while another goes on.
        const depth = own.map(({ start }) => own.filter((span) => span.start <= start && span.end >= start).length)
        assert.ok(rows.length <= Math.max(0, ...depth))
      }
    }),
  )
})

test('a finished run looks the same however it was cut into batches', () => {
  fc.assert(
    fc.property(arbitrarySpans(), fc.array(fc.nat(60)), (spans, cuts) => {
      const batched = new SpanIndex()
      for (const cut of [...cuts.sort((a, b) => a - b), spans.length]) {
        batched.update(traceOf(THREE_LANES, spans.slice(0, cut)))
      }
      batched.settle()
      const whole = indexOf(traceOf(THREE_LANES, spans))
      assert.deepEqual(rowsOf(batched), rowsOf(whole))
      assert.deepEqual(batched.extent, whole.extent)
      assert.deepEqual(batched.rounds, whole.rounds)
    }),
  )
})

test('inner spans stand below the span that holds them', () => {
  const spans = [spanOf('a', 20, 10), spanOf('a', 40, 10), spanOf('a', 10, 80)]
  const index = indexOf(traceOf([laneOf('a')], spans))
  assert.deepEqual(rowsOf(index).a, [[2], [0, 1]])
})

test('only new spans are read: the rest of the trace is not touched again', () => {
  const index = new SpanIndex()
  const first = [spanOf('a', 0, 5), spanOf('a', 10, 5)]
  index.update(traceOf([laneOf('a')], first))
  let reads = 0
  const watched = new Proxy([...first, spanOf('a', 20, 5)], {
    get(target, key, receiver) {
      if (typeof key === 'string' && /^\d+$/.test(key) && Number(key) < 2) reads++
      return Reflect.get(target, key, receiver)
    },
  })
  index.update(traceOf([laneOf('a')], watched))
  assert.equal(index.spanCount, 3)
  // The last one that was known is compared, to see that the trace continues.
  assert.equal(reads, 1)
})

test('a trace that does not continue the former one replaces it', () => {
  const index = new SpanIndex()
  index.update(traceOf([laneOf('a')], [spanOf('a', 0, 5), spanOf('a', 10, 5)]))
  index.update(traceOf([laneOf('b')], [spanOf('b', 3, 4)]))
  assert.equal(index.spanCount, 1)
  assert.deepEqual([...index.lanes.keys()], ['b'])
  assert.deepEqual(index.extent, { from: 3, to: 7 })
})

test('a span whose lane comes later is kept until then', () => {
  const spans: Span[] = [spanOf('late', 0, 5)]
  const index = indexOf(traceOf([], spans))
  assert.equal(index.spanCount, 0)
  index.update(traceOf([laneOf('late')], spans))
  assert.equal(index.spanCount, 1)
})

test('counters go on whether their series grows or a further one of the same id comes', () => {
  const series = (times: number[]) => ({ id: 'q', group: 'g', name: 'queue-depth', unit: '', times, values: times })
  const index = new SpanIndex()
  index.update(traceOf([], [], { counters: [series([1, 2])] }))
  index.update(traceOf([], [], { counters: [series([1, 2, 3])] }))
  index.update(traceOf([], [], { counters: [series([1, 2, 3]), series([4, 5])] }))
  assert.equal(index.counters.get('q')?.length, 5)
  assert.deepEqual(index.extent, { from: 1, to: 5 })
})

test('rounds know from when to when they went on, in all and per group', () => {
  const spans = [spanOf('a', 0, 10, { round: -1 }), spanOf('a', 20, 10, { round: 0 }), spanOf('c', 40, 5, { round: 0 })]
  const index = indexOf(traceOf(THREE_LANES, spans))
  assert.deepEqual(index.rounds.get(-1)?.extent, { from: 0, to: 10 })
  assert.deepEqual(index.rounds.get(0)?.extent, { from: 20, to: 45 })
  assert.deepEqual(index.rounds.get(0)?.groups.get('async'), { from: 40, to: 45 })
})

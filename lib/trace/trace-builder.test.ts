import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Span } from '../contract/trace.ts'
import { TraceBuilder } from './trace-builder.ts'

const span = (start: number, round?: number, more: Partial<Span> = {}): Span => ({
  lane: 'a',
  name: 'task',
  kind: 'cpu',
  start,
  duration: 1,
  ...(round !== undefined && { round }),
  ...more,
})

/** `perRound` spans 10 µs apart in each of the rounds. */
const roundsOf = (rounds: number[], perRound: number): Span[] =>
  rounds.flatMap((round, position) =>
    Array.from({ length: perRound }, (_, i) => span((position * perRound + i) * 10, round)),
  )

const countsByRound = (spans: readonly Span[]) =>
  Object.fromEntries(
    Array.from(
      Map.groupBy(spans, (one) => one.round ?? 0),
      ([round, own]) => [round, own.length],
    ),
  )

test('within the limits everything is kept in the order of arrival, batch by batch', () => {
  const builder = new TraceBuilder()
  const lane = { id: 'a', group: 'g', kind: 'thread' as const, index: 1, name: 'one', pid: 1, tid: null }
  builder.addLane(lane)
  builder.addLane({ ...lane, id: 'b' })
  builder.addLane({ ...lane, name: 'renamed' })
  const flow = { id: 'f', name: 'm', from: { lane: 'a', at: 1 }, to: { lane: 'b', at: 2 } }
  builder.addSpans({ spans: [span(1), span(2)], flows: [flow], omitted: 3 })
  builder.addSpans({ spans: [span(0)], omitted: 4 })
  builder.addCounters([{ id: 'c', group: 'g', name: 'depth', unit: 'n', times: [1], values: [5] }])
  builder.addCounters([{ id: 'c', group: 'g', name: 'depth', unit: 'n', times: [2], values: [6] }])
  assert.deepEqual(builder.trace, {
    lanes: [
      { ...lane, name: 'renamed' },
      { ...lane, id: 'b' },
    ],
    spans: [span(1), span(2), span(0)],
    flows: [flow],
    counters: [{ id: 'c', group: 'g', name: 'depth', unit: 'n', times: [1, 2], values: [5, 6] }],
    omitted: 7,
  })
})

test('over the limit the warm-up goes first', () => {
  const builder = new TraceBuilder({ spans: 100 })
  builder.addSpans({ spans: roundsOf([-2, -1, 0, 1], 25) })
  assert.equal(builder.trace.omitted, 0)
  builder.addSpans({ spans: roundsOf([2], 10) })
  assert.deepEqual(countsByRound(builder.trace.spans), { 0: 25, 1: 25, 2: 10 })
  assert.equal(builder.trace.omitted, 50)
})

test('then whole rounds go, evenly, so that each round shown is complete', () => {
  const builder = new TraceBuilder({ spans: 100 })
  for (const one of roundsOf([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 30)) builder.addSpans({ spans: [one] })
  assert.deepEqual(countsByRound(builder.trace.spans), { 0: 30, 4: 30, 8: 30 })
  assert.equal(builder.trace.omitted, 210)
})

test('a single round, or a run without rounds, keeps whole stretches of time, evenly over its length', () => {
  const builder = new TraceBuilder({ spans: 1000 })
  // A million microseconds in which two lanes take turns every 100 µs.
  for (let start = 500_000; start < 1_500_000; start += 100) {
    builder.addSpans({ spans: [span(start), span(start + 50, undefined, { lane: 'b' })] })
  }
  const { spans, omitted } = builder.trace
  assert.equal(spans.length + omitted, 20_000)
  assert.ok(spans.length > 250 && spans.length <= 1000)
  const starts = spans.map((one) => one.start)
  const gaps = starts.slice(1).map((start, i) => start - (starts[i] ?? 0))
  // Inside a stretch nothing is missing; between stretches the distance is always the same.
  const between = gaps.filter((gap) => gap > 50)
  assert.ok(between.length >= 3)
  assert.equal(new Set(between).size, 1)
  assert.ok((starts.at(-1) ?? 0) > 1_200_000)
})

test('start-up is kept whatever else is left out', () => {
  const builder = new TraceBuilder({ spans: 50 })
  builder.addSpans({
    spans: [span(3, -1, { kind: 'startup' }), ...roundsOf([0, 1, 2], 40), span(5, 1, { kind: 'startup' })],
  })
  assert.equal(builder.trace.spans.filter((one) => one.kind === 'startup').length, 2)
})

test('however many spans come in whatever order, the limit holds and every span is either kept or counted', () => {
  const anySpan = fc
    .record({
      start: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 10_000_000 })),
      round: fc.option(fc.integer({ min: -3, max: 20 }), { nil: undefined }),
      kind: fc.constantFrom('cpu' as const, 'startup' as const, 'wait' as const),
    })
    .map(({ start, round, kind }) => span(start, round, { kind }))
  fc.assert(
    fc.property(
      fc.array(fc.array(anySpan, { maxLength: 60 }), { maxLength: 8 }),
      fc.integer({ min: 1, max: 50 }),
      (batches, limit) => {
        const builder = new TraceBuilder({ spans: limit })
        for (const spans of batches) {
          builder.addSpans({ spans })
          assert.ok(builder.trace.spans.length <= limit)
        }
        assert.equal(builder.trace.spans.length + builder.trace.omitted, batches.flat().length)
      },
    ),
  )
})

test('a million spans in one microsecond take no longer than they must', () => {
  const builder = new TraceBuilder({ spans: 1000 })
  const spans = Array.from({ length: 10_000 }, () => span(7))
  for (let batch = 0; batch < 100; batch++) builder.addSpans({ spans })
  assert.equal(builder.trace.spans.length, 1000)
  assert.equal(builder.trace.omitted, 999_000)
})

test('flows are thinned evenly and counters keep their extremes', () => {
  const builder = new TraceBuilder({ flows: 10, points: 20 })
  const flow = (id: number) => ({ id: `${id}`, name: 'm', from: { lane: 'a', at: id }, to: { lane: 'b', at: id } })
  for (let id = 0; id < 100; id++) builder.addSpans({ spans: [], flows: [flow(id)] })
  assert.deepEqual(
    builder.trace.flows.map((one) => one.id),
    ['0', '16', '32', '48', '64', '80', '96'],
  )
  for (let i = 0; i < 1000; i++) {
    const value = i === 437 ? 99 : i % 7
    builder.addCounters([{ id: 'c', group: 'g', name: 'depth', unit: 'n', times: [i], values: [value] }])
  }
  const [counter] = builder.trace.counters
  assert.ok(counter && counter.times.length <= 20 && counter.times.length === counter.values.length)
  assert.equal(counter.values[counter.times.indexOf(437)], 99)
  assert.deepEqual([counter.times[0], counter.times.at(-1)], [0, 999])
})

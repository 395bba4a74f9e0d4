import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type CounterSeries, type Flow, type Lane, SPAN_KINDS, type Span, type Trace } from '../contract/trace.ts'
import { type ChromeEvent, type ChromeTrace, chromeTrace } from './chrome-trace.ts'
import { assertObeysFormat } from './chrome-trace-rules-fixture.ts'

const trace = (parts: Partial<Trace>): Trace => ({
  lanes: [],
  spans: [],
  flows: [],
  counters: [],
  omitted: 0,
  ...parts,
})

const lane = (id: string, group = 'threads'): Lane => ({
  id,
  group,
  kind: 'thread',
  index: 1,
  name: id,
  pid: 4711,
  tid: 2,
})

const span = (on: string, start: number, duration: number, more: Partial<Span> = {}): Span => ({
  lane: on,
  name: 'task',
  kind: 'cpu',
  start,
  duration,
  ...more,
})

const ofPhase = (file: ChromeTrace, ...phases: ChromeEvent['ph'][]) =>
  file.traceEvents.filter((event) => phases.includes(event.ph))

const laneIds = ['a', 'b', 'c', 'not described']
// Few different moments, so that equal starts and ends, no duration and crossings all come up; and moments as clocks give them.
const moment = fc.oneof(
  fc.integer({ min: 0, max: 12 }),
  fc.double({ min: 0, max: 1e9, noNaN: true }),
  fc.integer({ min: 0, max: 1e12 }).map((ns) => ns / 1000),
)
const anySpan: fc.Arbitrary<Span> = fc.record(
  {
    lane: fc.constantFrom(...laneIds),
    name: fc.oneof(fc.constantFrom('', 'x', 'x#2'), fc.string()),
    kind: fc.constantFrom(...SPAN_KINDS),
    start: moment,
    duration: moment,
    round: fc.integer({ min: -2, max: 5 }),
    overlapId: fc.constantFrom('1', '1#2', '2', 'a/x'),
  },
  { requiredKeys: ['lane', 'name', 'kind', 'start', 'duration'] },
)
const end = fc.record({ lane: fc.constantFrom(...laneIds, 'nowhere'), at: moment })
const anyFlow: fc.Arbitrary<Flow> = fc.record({
  id: fc.constantFrom('', 'm1', 'm2'),
  name: fc.string(),
  from: end,
  to: end,
})
const anyCounter: fc.Arbitrary<CounterSeries> = fc.record({
  id: fc.string({ minLength: 1 }),
  group: fc.constantFrom('threads', 'processes', ''),
  name: fc.constantFrom('', 'queue-depth'),
  unit: fc.constantFrom('', 'messages'),
  times: fc.array(moment),
  values: fc.array(fc.double()),
})
const anyTrace: fc.Arbitrary<Trace> = fc.record({
  lanes: fc.constant([lane('a'), lane('b'), lane('c', 'processes')]),
  spans: fc.array(anySpan, { maxLength: 40 }),
  flows: fc.array(anyFlow, { maxLength: 10 }),
  counters: fc.array(anyCounter, { maxLength: 3 }),
  omitted: fc.nat(10),
})

test('whatever spans, flows and counters come in, the file obeys the format and no span is lost', () => {
  fc.assert(
    fc.property(anyTrace, (input) => {
      const file = chromeTrace(input)
      assertObeysFormat(file)
      assert.equal(ofPhase(file, 'X', 'b').length, input.spans.length)
      assert.equal(file.otherData.spansOmitted, input.omitted)
      assert.equal(ofPhase(file, 's').length + Number(file.otherData.flowsOmitted), input.flows.length)
    }),
    { numRuns: 500 },
  )
})

test('spans that nest on the clock nest in the file, however the fractions fall', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }), (parts) => {
      // A chain of children that end exactly when the parent does, as far as sums of fractions can tell.
      let start = 1234.567
      const spans = parts.map((part) => {
        const duration = 1e6 / 3 + 1234.567 - start
        const own = span('a', start, duration)
        start += part * 0.001 * duration
        return own
      })
      const file = chromeTrace(trace({ lanes: [lane('a')], spans }))
      assertObeysFormat(file)
      assert.equal(ofPhase(file, 'b').length, 0)
    }),
  )
})

test('spans that cross become pairs of their own, and those that say they may overlap always do', () => {
  const spans = [
    span('a', 0, 10),
    span('a', 5, 10),
    span('a', 20, 5, { overlapId: 'request-1', round: 2 }),
    span('a', 20, 5, { overlapId: 'request-1' }),
  ]
  const file = chromeTrace(trace({ lanes: [lane('a')], spans }))
  assertObeysFormat(file)
  assert.deepEqual(
    ofPhase(file, 'X').map(({ ts, dur }) => [ts, dur]),
    [[0, 10]],
  )
  assert.deepEqual(
    ofPhase(file, 'b', 'e').map(({ ph, id, ts }) => [ph, id, ts]),
    [
      ['b', 'a/task', 5],
      ['e', 'a/task', 15],
      ['b', 'request-1', 20],
      ['b', 'request-1#2', 20],
      ['e', 'request-1', 25],
      ['e', 'request-1#2', 25],
    ],
  )
})

test('what is compared is a process in the viewer, and the real ids stand in the name of the lane', () => {
  const file = chromeTrace(
    trace({ lanes: [lane('a'), { ...lane('b', 'processes'), pid: null, tid: null }], spans: [span('a', 1, 2)] }),
  )
  const names = ofPhase(file, 'M').filter(({ name }) => name.endsWith('_name'))
  assert.deepEqual(
    names.map(({ pid, tid, args }) => [pid, tid, args?.name]),
    [
      [1, undefined, 'threads'],
      [2, undefined, 'processes'],
      [1, 3, 'a (pid 4711, tid 2)'],
      [2, 4, 'b'],
    ],
  )
})

test('a flow binds to the slices at its ends, even where it starts as one ends, and is counted where there is none', () => {
  const flow = (id: string, from: [string, number], to: [string, number]): Flow => ({
    id,
    name: 'message',
    from: { lane: from[0], at: from[1] },
    to: { lane: to[0], at: to[1] },
  })
  const file = chromeTrace(
    trace({
      lanes: [lane('a'), lane('b')],
      spans: [span('a', 0, 10), span('b', 20, 10), span('b', 40, 5, { overlapId: 'x' })],
      flows: [
        flow('kept', ['a', 10], ['b', 21.5]),
        flow('between', ['a', 5], ['b', 35]),
        flow('asynchronous', ['a', 5], ['b', 42]),
        flow('backwards', ['b', 25], ['a', 5]),
      ],
    }),
  )
  assertObeysFormat(file)
  assert.deepEqual(
    ofPhase(file, 's', 'f').map(({ ph, id, ts }) => [ph, id, ts]),
    [
      ['s', 'kept', 9.875],
      ['f', 'kept', 21.5],
    ],
  )
  assert.equal(file.otherData.flowsOmitted, 3)
})

test('counters keep their unit, and two of one name stay apart', () => {
  const series = (id: string): CounterSeries => ({
    id,
    group: 'threads',
    name: 'queue-depth',
    unit: 'messages',
    times: [0, 5],
    values: [1, Number.NaN],
  })
  const file = chromeTrace(trace({ counters: [series('one'), series('two')] }))
  assert.deepEqual(
    ofPhase(file, 'C').map(({ name, ts, args }) => [name, ts, args]),
    [
      ['queue-depth', 0, { messages: 1 }],
      ['queue-depth#2', 0, { messages: 1 }],
    ],
  )
})

test('the run stands beside the events, and moments that are no numbers are counted as left out', () => {
  const file = chromeTrace(
    trace({
      lanes: [lane('a')],
      spans: [span('a', Number.NaN, 1), span('a', 1, Number.POSITIVE_INFINITY), span('a', -5, 3)],
    }),
    {
      id: 'r1',
      experiment: 'movie-search',
      createdAt: '2026-01-01T00:00:00.000Z',
      params: { workers: 8 },
      machine: { cpus: 2, model: 'm', memoryBytes: 1, os: 'Linux', node: 'v26' },
    },
  )
  assertObeysFormat(file)
  assert.equal(file.otherData.run, 'r1')
  assert.equal(file.otherData.params, '{"workers":8}')
  assert.equal(file.otherData.spansOmitted, 2)
})

test('twenty thousand spans of one name that all overlap are written in linear time', () => {
  const spans = Array.from({ length: 20_000 }, (_, i) => span('a', i, 100_000))
  const file = chromeTrace(trace({ lanes: [lane('a')], spans }))
  assert.equal(new Set(ofPhase(file, 'b').map(({ id }) => id)).size, 19_999)
})

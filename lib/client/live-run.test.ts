/** The live run's step function: replay, snapshots, batches, duplicates. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Run } from '../contract/run.ts'
import type { RunEvent } from '../contract/run-event.ts'
import { applyEvent, applyEvents, type LiveRun, liveRunOf, type NumberedEvent } from './live-run.ts'

const run: Run = {
  id: 'r1',
  experiment: 'movie-search',
  params: {},
  prediction: null,
  status: 'queued',
  position: 2,
  createdAt: '2026-01-01T00:00:00.000Z',
  startedAt: null,
  finishedAt: null,
  progress: { done: 0, total: 1, label: 'queued', remainingMs: null },
  result: null,
  error: null,
  machine: { cpus: 2, model: 'm', memoryBytes: 1, os: 'o', node: 'v26' },
  interference: { searches: 0, otherCpuShare: null },
  commands: ['cancel'],
}

const moment = fc.integer({ min: 0, max: 1_000_000 })
const laneId = fc.constantFrom('a', 'b', 'c')
const span = fc.record({
  lane: laneId,
  name: fc.string(),
  kind: fc.constantFrom('cpu' as const, 'io' as const),
  start: moment,
  duration: moment,
})
const flow = fc.record({
  id: fc.string(),
  name: fc.string(),
  from: fc.record({ lane: laneId, at: moment }),
  to: fc.record({ lane: laneId, at: moment }),
})
const series = fc
  .record({ id: fc.constantFrom('depth', 'value'), points: fc.array(fc.tuple(moment, fc.integer()), { maxLength: 4 }) })
  .map(({ id, points }) => ({
    id,
    group: 'g',
    name: id,
    unit: 'tasks',
    times: points.map(([time]) => time),
    values: points.map(([, value]) => value),
  }))
const event: fc.Arbitrary<RunEvent> = fc.oneof(
  fc.record({
    type: fc.constant('progress' as const),
    data: fc.record({
      done: fc.nat(),
      total: fc.nat(),
      label: fc.string(),
      remainingMs: fc.option(fc.nat(), { nil: null }),
    }),
  }),
  fc.record({
    type: fc.constant('lane' as const),
    data: fc.record({
      id: laneId,
      group: fc.string(),
      kind: fc.constant('thread' as const),
      index: fc.integer({ min: 1, max: 9 }),
      name: fc.string(),
      pid: fc.constant(null),
      tid: fc.constant(null),
    }),
  }),
  fc.record({
    type: fc.constant('spans' as const),
    data: fc.record(
      { spans: fc.array(span, { maxLength: 5 }), flows: fc.array(flow, { maxLength: 2 }), omitted: fc.nat(9) },
      { requiredKeys: ['spans'] },
    ),
  }),
  fc.record({
    type: fc.constant('counters' as const),
    data: fc.record({ series: fc.array(series, { maxLength: 3 }) }),
  }),
  fc.record({
    type: fc.constant('sample' as const),
    data: fc.record({ key: fc.string(), round: fc.integer({ min: -2, max: 9 }), elapsedMs: fc.nat() }),
  }),
  fc.record({ type: fc.constant('result' as const), data: fc.record({ answer: fc.integer() }) }),
  fc.record({
    type: fc.constant('error' as const),
    data: fc.record({ code: fc.constantFrom('timeout' as const, 'crashed' as const), message: fc.string() }),
  }),
  fc.record({
    type: fc.constant('status' as const),
    data: fc.record({
      status: fc.constantFrom('running' as const, 'succeeded' as const),
      position: fc.nat(3),
      startedAt: fc.constant(null),
      finishedAt: fc.constant(null),
      commands: fc.array(fc.string(), { maxLength: 2 }),
      interference: fc.record({ searches: fc.nat(3), otherCpuShare: fc.constant(null) }),
    }),
  }),
)
const journal = fc
  .array(event, { maxLength: 40 })
  .map((events) => events.map((each, index): NumberedEvent => ({ ...each, number: index + 1 })))
const history = journal.chain((events) => fc.tuple(fc.constant(events), fc.nat(events.length)))

const replay = (events: readonly NumberedEvent[]): LiveRun => events.reduce(applyEvent, liveRunOf(run))
const { freeze } = Object
const frozen = (state: LiveRun): LiveRun => {
  for (const array of [...Object.values(state.trace), state.samples]) freeze(array)
  freeze(state.trace)
  return freeze(state)
}

test('a batch gives what its events give one by one, wherever it is cut, and leaves the former state as it was', () => {
  fc.assert(
    fc.property(history, ([events, cut]) => {
      const middle = frozen(applyEvents(liveRunOf(run), events.slice(0, cut)))
      assert.deepEqual(applyEvents(middle, events.slice(cut)), replay(events))
    }),
  )
})

test('a snapshot followed by the rest of the journal equals the whole journal', () => {
  fc.assert(
    fc.property(history, ([events, cut]) => {
      const { run: then, trace, samples } = replay(events.slice(0, cut))
      const snapshot: NumberedEvent = { type: 'snapshot', number: cut, data: { run: then, trace, samples } }
      assert.deepEqual([snapshot, ...events.slice(cut)].reduce(applyEvent, liveRunOf(run)), replay(events))
    }),
  )
})

test('a snapshot replaces what was known, even when the server counts anew', () => {
  const seen = applyEvent(liveRunOf(run), { type: 'result', data: { answer: 1 }, number: 90 })
  const snapshot: NumberedEvent = {
    type: 'snapshot',
    number: 3,
    data: { run, trace: { lanes: [], spans: [], flows: [], counters: [], omitted: 7 }, samples: [] },
  }
  assert.equal(applyEvent(seen, snapshot).run.result, null)
  assert.equal(applyEvent(seen, snapshot).lastNumber, 3)
})

test('events that were seen before change nothing', () => {
  fc.assert(
    fc.property(history, ([events, cut]) => {
      const state = replay(events)
      assert.equal(applyEvents(state, events.slice(0, cut)), state)
    }),
  )
})

test('what an event does not touch keeps its identity, so charts are not drawn again for a progress message', () => {
  const before = applyEvent(liveRunOf(run), {
    type: 'sample',
    data: { key: 'threads', round: 0, elapsedMs: 3 },
    number: 1,
  })
  const after = applyEvent(before, {
    type: 'progress',
    data: { done: 1, total: 2, label: 'measuring', remainingMs: 10 },
    number: 2,
  })
  assert.equal(after.samples, before.samples)
  assert.equal(after.trace, before.trace)
  assert.notEqual(after.run, before.run)
})

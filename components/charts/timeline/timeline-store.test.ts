/** What a reader can do to a timeline, without a browser. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extendSelection } from './extend-selection.ts'
import { hitTest } from './hit-test.ts'
import { selectionSums } from './selection.ts'
import { kindCode } from './span-kinds.ts'
import { spansInView } from './spans-in-view.ts'
import { createTimelineStore, type TimelineStore } from './timeline-store.ts'
import { laneOf, spanOf, traceOf } from './trace-fixture.ts'

const LANES = [laneOf('a', 'threads'), laneOf('b', 'threads', 2), laneOf('c', 'async')]
const ROUNDS = traceOf(LANES, [
  spanOf('a', 0, 100, { round: 0 }),
  spanOf('b', 10, 50, { round: 0, kind: 'wait' }),
  spanOf('c', 200, 40, { round: 0, kind: 'io' }),
  spanOf('c', 300, 40, { round: 1, kind: 'io' }),
  spanOf('a', 400, 100, { round: 1 }),
])

const storeOf = (trace = ROUNDS, live = true): TimelineStore => {
  const store = createTimelineStore()
  store.resize({ pixels: 1000, room: 400, rem: 1 })
  store.readTrace(trace, live)
  return store
}

test('a live run is followed until the reader looks elsewhere, and again after "fit"', () => {
  const store = storeOf(traceOf(LANES, ROUNDS.spans.slice(0, 2)))
  const first = store.getState().view
  store.readTrace(ROUNDS, true)
  assert.ok(store.getState().view.to > first.to)
  store.look({ from: 0, to: 50 })
  assert.equal(store.getState().following, false)
  store.readTrace(traceOf(LANES, [...ROUNDS.spans, spanOf('a', 900, 100)]), true)
  assert.deepEqual(store.getState().view, { from: 0, to: 50 })
  store.fit()
  assert.ok(store.getState().view.to >= 1000)
})

test('a finished run of several rounds opens with its first measured round, starts lined up', () => {
  const store = storeOf(ROUNDS, false)
  assert.deepEqual(store.getState().focus, { round: 0, linedUp: true })
  assert.equal(store.getState().view.from, 0)
})

test('it does so too where an empty trace stood until the run was loaded', () => {
  const store = storeOf(traceOf([], []), false)
  store.readTrace(ROUNDS, false)
  assert.deepEqual(store.getState().focus, { round: 0, linedUp: true })
})

test('a run that ends while it is watched is not jumped away from', () => {
  const store = storeOf(ROUNDS, true)
  store.readTrace(ROUNDS, false)
  assert.deepEqual(store.getState().focus, { round: null, linedUp: false })
})

test('in a round only lanes that lived then have a place; an idle one between busy rounds keeps it', () => {
  const lanes = [laneOf('steady'), laneOf('idle', 'threads', 2), laneOf('once', 'threads', 3)]
  const spans = [0, 1, 2].flatMap((round) => [spanOf('steady', round * 100, 50, { round })])
  spans.push(
    spanOf('idle', 0, 5, { round: 0 }),
    spanOf('idle', 200, 5, { round: 2 }),
    spanOf('once', 0, 9, { round: 0 }),
  )
  const store = storeOf(traceOf(lanes, spans))
  store.focusOn({ round: 1, linedUp: false })
  const shown = store.getState().layout.blocks.flatMap((block) => (block.type === 'lane' ? [block.id] : []))
  assert.deepEqual(shown, ['steady', 'idle'])
})

test('hiding a kind takes it out of sums, lists and what can be pointed at', () => {
  const store = storeOf()
  const whole = { from: 0, to: 1000 }
  const code = kindCode('wait')
  const place = store.getState().layout.blocks.find((block) => block.type === 'lane' && block.id === 'b')
  assert.ok(place?.type === 'lane')
  const x = ((30 - store.getState().view.from) / (store.getState().view.to - store.getState().view.from)) * 1000
  assert.equal(hitTest(store.scene(), x, place.y + 2)?.type, 'span')
  assert.equal(selectionSums(store.scene(), whole).busy[code], 50)
  store.toggleKind(code)
  assert.equal(hitTest(store.scene(), x, place.y + 2), null)
  assert.equal(selectionSums(store.scene(), whole).busy[code], 0)
  assert.equal(spansInView(store.scene(), 0, 50).total, 4)
  store.toggleKind(code)
  assert.equal(selectionSums(store.scene(), whole).busy[code], 50)
})

test('folding a group hides nothing from the sums', () => {
  const store = storeOf()
  const before = selectionSums(store.scene(), { from: 0, to: 1000 })
  store.toggleGroup('threads')
  assert.deepEqual(selectionSums(store.scene(), { from: 0, to: 1000 }), before)
})

test('a selection counts the part of a span that lies in it, on the clock that is shown', () => {
  const store = storeOf()
  assert.equal(selectionSums(store.scene(), { from: 90, to: 230 }).busy[kindCode('cpu')], 10)
  assert.equal(selectionSums(store.scene(), { from: 90, to: 230 }).busy[kindCode('io')], 30)
  store.focusOn({ round: 0, linedUp: true })
  assert.equal(selectionSums(store.scene(), { from: 0, to: 30 }).busy[kindCode('io')], 30)
})

test('spans in view come in the order of time, a page at a time, with how many there are', () => {
  const store = storeOf()
  const first = spansInView(store.scene(), 0, 2)
  assert.deepEqual(
    first.spans.map((span) => span.start),
    [0, 10],
  )
  assert.equal(first.total, 5)
  assert.deepEqual(
    spansInView(store.scene(), 2, 2).spans.map((span) => span.start),
    [400],
  )
})

test('keys select a stretch as text is selected: one end stays, the other follows the key', () => {
  const store = storeOf(traceOf(LANES, [spanOf('a', 0, 1000), spanOf('b', 400, 200, { kind: 'wait' })]))
  store.look({ from: 100, to: 900 })
  extendSelection(store, 0.05)
  extendSelection(store, 0.05)
  assert.deepEqual(store.getState().range, { from: 500, to: 580 })
  for (let press = 0; press < 3; press++) extendSelection(store, -0.05)
  assert.deepEqual(store.getState().range, { from: 460, to: 500 })
  const { busy } = selectionSums(store.scene(), { from: 460, to: 500 })
  assert.equal(busy[kindCode('wait')], 40)
})

test('keys select from the chosen span on, and go on from what a pointer selected', () => {
  const store = storeOf(traceOf(LANES, [spanOf('a', 0, 1000), spanOf('b', 400, 200)]))
  store.look({ from: 100, to: 900 })
  store.setCursor({ lane: 'b', row: 0, i: 0 })
  extendSelection(store, 0.05)
  assert.deepEqual(store.getState().range, { from: 400, to: 640 })
  store.setRange({ from: 300, to: 700 })
  extendSelection(store, -0.05)
  assert.deepEqual(store.getState().range, { from: 260, to: 700 })
})

test('what keys select ends where there is nothing more, and its moving end stays in view', () => {
  const store = storeOf(traceOf(LANES, [spanOf('a', 0, 1000)]))
  store.look({ from: 100, to: 200 })
  extendSelection(store, Number.POSITIVE_INFINITY)
  const { range, bounds, view } = store.getState()
  assert.equal(range?.to, bounds.to)
  assert.ok(view.from <= bounds.to && view.to >= bounds.to)
})

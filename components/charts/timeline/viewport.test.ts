/** Zooming and panning over arbitrary views. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  clamped,
  fitted,
  NARROWEST_MICROS,
  pannedBy,
  pinched,
  pixelOf,
  revealing,
  timeAt,
  type Viewport,
  width,
  zoomedAbout,
} from './viewport.ts'

const BOUNDS: Viewport = { from: 0, to: 1_000_000 }
const inside = fc
  .tuple(fc.double({ min: 0, max: 900_000, noNaN: true }), fc.double({ min: 10, max: 100_000, noNaN: true }))
  .map(([from, length]): Viewport => ({ from, to: from + length }))

test('zooming about a point keeps that point in its place, unless an edge is in the way', () => {
  fc.assert(
    fc.property(
      inside,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0.1, max: 8, noNaN: true }),
      (view, share, factor) => {
        const time = view.from + share * width(view)
        const zoomed = zoomedAbout(view, time, factor, BOUNDS)
        const atEdge = zoomed.from <= BOUNDS.from || zoomed.to >= BOUNDS.to
        if (!atEdge) assert.ok(Math.abs(pixelOf(zoomed, time, 1000) - pixelOf(view, time, 1000)) < 1e-3)
      },
    ),
  )
})

test('no zoom or pan leaves the bounds or gets narrower than a microsecond', () => {
  const steps = fc.array(
    fc.tuple(
      fc.boolean(),
      fc.double({ min: -2e6, max: 2e6, noNaN: true }),
      fc.double({ min: 0.001, max: 50, noNaN: true }),
    ),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(inside, steps, (start, moves) => {
      let view = start
      for (const [zooms, amount, factor] of moves) {
        view = zooms ? zoomedAbout(view, view.from + amount, factor, BOUNDS) : pannedBy(view, amount, BOUNDS)
        assert.ok(view.from >= BOUNDS.from - 1e-6 && view.to <= BOUNDS.to + 1e-6)
        assert.ok(width(view) >= NARROWEST_MICROS - 1e-6)
      }
    }),
  )
})

test('zooming in and out by the same factor comes back', () => {
  fc.assert(
    fc.property(inside, fc.double({ min: 0.2, max: 0.9, noNaN: true }), (view, factor) => {
      const middle = (view.from + view.to) / 2
      const back = zoomedAbout(zoomedAbout(view, middle, factor, BOUNDS), middle, 1 / factor, BOUNDS)
      assert.ok(Math.abs(back.from - view.from) < 1e-3 && Math.abs(back.to - view.to) < 1e-3)
    }),
  )
})

test('panning keeps the width and stops at the edges', () => {
  const view = { from: 100, to: 200 }
  assert.deepEqual(pannedBy(view, -5000, BOUNDS), { from: 0, to: 100 })
  assert.deepEqual(pannedBy(view, 50, BOUNDS), { from: 150, to: 250 })
})

test('what was under two fingers stays under them', () => {
  const view = { from: 200_000, to: 300_000 }
  const pinch = pinched({ view, a: 0.4, b: 0.6 }, { a: 0.3, b: 0.8 }, BOUNDS)
  assert.ok(Math.abs(timeAt(pinch, 0.3, 1) - 240_000) < 1e-6)
  assert.ok(Math.abs(timeAt(pinch, 0.8, 1) - 260_000) < 1e-6)
})

test('revealing moves no more than is needed', () => {
  const view = { from: 1000, to: 2000 }
  assert.equal(revealing(view, { from: 1200, to: 1300 }, BOUNDS), view)
  const right = revealing(view, { from: 2500, to: 2600 }, BOUNDS)
  assert.equal(width(right), 1000)
  assert.ok(right.to >= 2600 && right.from < 2500)
  const wider = revealing(view, { from: 5000, to: 9000 }, BOUNDS)
  assert.ok(wider.from < 5000 && wider.to > 9000)
})

test('fitting an extent leaves air, and none before zero', () => {
  assert.deepEqual(fitted({ from: 0, to: 100 }, 0.1), { from: 0, to: 110 })
  assert.deepEqual(fitted({ from: 500, to: 600 }, 0.1), { from: 490, to: 610 })
  assert.ok(width(fitted({ from: 7, to: 7 })) > 0)
})

test('an extent of no length can still be looked at', () => {
  const view = clamped({ from: 5, to: 5 }, { from: 5, to: 5 })
  assert.ok(width(view) > 0)
})

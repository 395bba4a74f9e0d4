/** What is under a point, in a scene small enough to count by hand. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hitTest, type Scene } from './hit-test.ts'
import { layOut } from './layout.ts'
import { SpanIndex } from './span-index.ts'
import { laneOf, spanOf, traceOf } from './trace-fixture.ts'

/** One group, one lane of two rows, 1 µs a pixel: heading 0–24, rows from 26. */
function sceneOf(starts: readonly (readonly [number, number])[], pixelsPerMicro = 1): Scene {
  const index = new SpanIndex()
  index.update(
    traceOf(
      [laneOf('a')],
      starts.map(([start, duration]) => spanOf('a', start, duration)),
    ),
  )
  const rows = index.lanes.get('a')?.rows.length ?? 0
  return {
    index,
    layout: layOut([{ key: 'threads', lanes: [{ id: 'a', rows }], counters: [], collapsed: false }], null),
    view: { from: 0, to: 1000 / pixelsPerMicro },
    pixels: 1000,
    kinds: -1,
    window: () => ({ offset: 0, from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }),
  }
}

test('the span under the point is found, in the row that is pointed at', () => {
  const scene = sceneOf([
    [100, 200],
    [150, 50],
  ])
  const lane = scene.layout.blocks[1]
  assert.ok(lane?.type === 'lane')
  const upper = hitTest(scene, 160, lane.y + 1)
  const lower = hitTest(scene, 160, lane.y + lane.rowHeight + 1)
  assert.ok(upper?.type === 'span' && lower?.type === 'span')
  assert.equal(upper.span, 0)
  assert.equal(lower.span, 1)
})

test('a span one misses by two pixels is still meant, the nearest of several', () => {
  const scene = sceneOf([
    [100, 10],
    [114, 10],
  ])
  const near = hitTest(scene, 112.5, 30)
  assert.ok(near?.type === 'span')
  assert.equal(near.span, 1)
  assert.equal(hitTest(scene, 140, 30), null)
})

test('spans too thin to be drawn are named as the column they share', () => {
  const scene = sceneOf(
    Array.from({ length: 50 }, (_, i) => [i * 2, 1] as const),
    0.1,
  )
  const hit = hitTest(scene, 3.5, 30)
  assert.ok(hit?.type === 'column')
  assert.equal(hit.j - hit.i, 5)
})

test('headings and gaps are nothing', () => {
  const scene = sceneOf([[0, 1000]])
  assert.equal(hitTest(scene, 50, 5), null)
  assert.equal(hitTest(scene, 50, 5000), null)
})

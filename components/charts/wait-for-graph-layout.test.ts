import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { edgePath, type GraphNode, planGraph } from './wait-for-graph-layout.ts'

const ring = (count: number): GraphNode[] => [
  ...Array.from({ length: count }, (_, i): GraphNode => ({ id: `thread-${i + 1}`, kind: 'thread' })),
  ...Array.from({ length: count }, (_, i): GraphNode => ({ id: `lock-${i + 1}`, kind: 'lock' })),
]

const sizes = fc.record({
  count: fc.integer({ min: 1, max: 12 }),
  width: fc.integer({ min: 280, max: 1200 }),
  height: fc.integer({ min: 280, max: 460 }),
})

test('every node stands inside the drawing and no two touch, at any width', () => {
  fc.assert(
    fc.property(sizes, ({ count, width, height }) => {
      const { nodes } = planGraph(ring(count), width, height)
      assert.equal(nodes.length, 2 * count)
      for (const [i, a] of nodes.entries()) {
        assert.ok(a.x - a.size >= 0 && a.x + a.size <= width && a.y - a.size >= 0 && a.y + a.size <= height)
        for (const b of nodes.slice(i + 1)) assert.ok(Math.hypot(a.x - b.x, a.y - b.y) >= a.size + b.size)
      }
    }),
  )
})

test('in a ring a thread stands between the lock of its number and the next one', () => {
  const { nodes } = planGraph(ring(3), 600, 300)
  assert.deepEqual(
    nodes.map(({ id }) => id),
    ['lock-1', 'thread-1', 'lock-2', 'thread-2', 'lock-3', 'thread-3'],
  )
})

test('a lock that all share stands in the middle', () => {
  const threads = ring(4).filter(({ kind }) => kind === 'thread')
  const { nodes } = planGraph([...threads, { id: 'lock-1', kind: 'lock' }], 600, 300)
  assert.deepEqual({ x: nodes.at(-1)?.x, y: nodes.at(-1)?.y }, { x: 300, y: 150 })
})

test('two edges between the same nodes bend to different sides', () => {
  const [a, b] = planGraph(ring(1), 600, 300).nodes
  assert.ok(a && b)
  assert.notEqual(edgePath(a, b, 20).line.split(' ')[1], edgePath(b, a, 20).line.split(' ')[1])
})

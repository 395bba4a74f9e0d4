import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { buildWaitForGraph, chooseVictim, findCycle, type WaitState } from './wait-for-graph.ts'

/** Any moment: each thread wants a lock or none, each lock is held by a thread or by nobody. */
const states = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 })).chain(([threads, locks]) =>
  fc.record<WaitState>({
    wants: fc.array(fc.option(fc.nat({ max: locks - 1 })), { minLength: threads, maxLength: threads }),
    holders: fc.array(fc.option(fc.nat({ max: threads - 1 })), { minLength: locks, maxLength: locks }),
  }),
)

/** The other definition: take away whoever waits for nobody until no one can be taken; who is left is stuck. */
const everyoneCanFinish = ({ wants, holders }: WaitState): boolean => {
  const left = new Set(wants.keys())
  for (let before = -1; before !== left.size; ) {
    before = left.size
    for (const thread of left) {
      const wanted = wants[thread] ?? null
      const blocker = wanted === null ? null : (holders[wanted] ?? null)
      if (blocker === null || !left.has(blocker)) left.delete(thread)
    }
  }
  return left.size === 0
}

test('a cycle is found exactly where not everyone can finish', () => {
  fc.assert(fc.property(states, (state) => (findCycle(state) === null) === everyoneCanFinish(state)))
})

test('each of a cycle waits for the next, the last for the first, and nobody is in it twice', () => {
  fc.assert(
    fc.property(states, (state) => {
      const circle = findCycle(state)
      fc.pre(circle !== null)
      assert.equal(new Set(circle).size, circle.length)
      assert.equal(circle[0], Math.min(...circle))
      for (const [i, thread] of circle.entries()) {
        const wanted = state.wants[thread] ?? null
        assert.ok(wanted !== null)
        assert.equal(state.holders[wanted], circle[(i + 1) % circle.length])
      }
    }),
  )
})

test('a cycle of the graph follows its edges, back to where it began', () => {
  fc.assert(
    fc.property(states, (state) => {
      const { nodes, edges, cycle } = buildWaitForGraph(state, 'Thread', 'List')
      const ids = new Set(nodes.map(({ id }) => id))
      assert.equal(ids.size, nodes.length)
      assert.ok(edges.every(({ from, to }) => ids.has(from) && ids.has(to)))
      for (const [i, from] of cycle.entries()) {
        const to = cycle[(i + 1) % cycle.length]
        assert.ok(
          edges.some((edge) => edge.from === from && edge.to === to),
          `${from} does not lead to ${to}`,
        )
      }
    }),
  )
})

test('two threads that hold a list each and want the other make a cycle of two', () => {
  assert.deepEqual(buildWaitForGraph({ wants: [1, 0], holders: [0, 1] }, 'Thread', 'List').cycle, [
    'thread-1',
    'lock-2',
    'thread-2',
    'lock-1',
  ])
})

test('a thread that wants what it holds is a cycle of one', () => {
  assert.deepEqual(findCycle({ wants: [0], holders: [0] }), [0])
})

test('who waits for a cycle from outside is not part of it', () => {
  assert.deepEqual(findCycle({ wants: [1, 2, 1], holders: [0, 1, 2] }), [1, 2])
})

test('the victim is of the cycle, and nobody in it was ended less often', () => {
  const cases = fc.tuple(fc.uniqueArray(fc.nat({ max: 11 }), { minLength: 1 }), fc.array(fc.nat(), { minLength: 12 }))
  fc.assert(
    fc.property(cases, ([circle, before]) => {
      const victim = chooseVictim(circle, before)
      return circle.includes(victim) && circle.every((thread) => (before[thread] ?? 0) >= (before[victim] ?? 0))
    }),
  )
})

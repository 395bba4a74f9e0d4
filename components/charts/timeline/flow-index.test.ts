/** Which arrows cross a view, against a plain filter. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Flow } from '#lib/contract/trace.ts'
import { FlowIndex } from './flow-index.ts'

const flowOf = (id: string, from: number, to: number): Flow => ({
  id,
  name: 'message',
  from: { lane: 'a', at: from },
  to: { lane: 'b', at: to },
})

test('finds exactly the arrows that are somewhere in the view, whatever order they came in', () => {
  const arrows = fc.array(fc.tuple(fc.nat(300), fc.nat(300)), { maxLength: 50 })
  fc.assert(
    fc.property(arrows, fc.nat(300), fc.nat(100), (pairs, from, length) => {
      const index = new FlowIndex()
      const flows = pairs.map(([a, b], i) => flowOf(String(i), a, b))
      for (const flow of flows) index.append(flow)
      const expected = flows.filter(
        (flow) => Math.min(flow.from.at, flow.to.at) <= from + length && Math.max(flow.from.at, flow.to.at) >= from,
      )
      const found = index.crossing(from, from + length, 1000)
      assert.deepEqual(new Set(found.flows), new Set(expected))
      assert.equal(found.all, expected.length)
    }),
  )
})

test('of too many arrows it gives a sample and tells how many there are', () => {
  const index = new FlowIndex()
  for (let i = 0; i < 1000; i++) index.append(flowOf(String(i), i, i + 5))
  const { flows, all } = index.crossing(0, 2000, 100)
  assert.equal(flows.length, 100)
  assert.equal(all, 1000)
  assert.equal(new Set(flows).size, 100)
})

/** The vertical layout over arbitrary groups: nothing overlaps, everything is there, the room is kept. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { blockAt, type LayoutGroup, layOut, METRICS } from './layout.ts'

const groupsOf = fc
  .array(
    fc.record({
      lanes: fc.array(fc.nat(40), { maxLength: 20 }),
      counters: fc.nat(2),
      collapsed: fc.boolean(),
    }),
    { maxLength: 6 },
  )
  .map((groups): LayoutGroup[] =>
    groups.map(({ lanes, counters, collapsed }, g) => ({
      key: `g${g}`,
      collapsed,
      lanes: lanes.map((rows, l) => ({ id: `g${g} l${l}`, rows })),
      counters: Array.from({ length: counters }, (_, c) => `g${g} c${c}`),
    })),
  )

test('blocks follow each other without overlapping, and rows lie inside their lane', () => {
  fc.assert(
    fc.property(groupsOf, fc.option(fc.nat(2000)), (groups, room) => {
      const { blocks, height } = layOut(groups, room)
      let bottom = 0
      for (const block of blocks) {
        assert.ok(block.y >= bottom)
        bottom = block.y + block.height
        if (block.type === 'lane') assert.ok(block.rows * block.rowHeight <= block.height + 1e-9)
      }
      assert.ok(bottom <= height)
    }),
  )
})

test('a folded group shows its heading alone, an open one every lane and counter', () => {
  fc.assert(
    fc.property(groupsOf, (groups) => {
      const { blocks } = layOut(groups, 500)
      const expected = groups.reduce(
        (sum, group) => sum + 1 + (group.collapsed ? 0 : group.lanes.length + group.counters.length),
        0,
      )
      assert.equal(blocks.length, expected)
    }),
  )
})

test('the room is kept wherever rows can shrink enough, and rows never get lower than can be seen', () => {
  fc.assert(
    fc.property(groupsOf, fc.integer({ min: 50, max: 2000 }), (groups, room) => {
      const layout = layOut(groups, room)
      assert.ok(layout.rowHeight >= METRICS.smallestRow && layout.rowHeight <= METRICS.largestRow)
      if (layout.height > room) assert.equal(layout.rowHeight, METRICS.smallestRow)
    }),
  )
})

test('how high the whole would like to be does not depend on the room that it has', () => {
  fc.assert(
    fc.property(groupsOf, fc.integer({ min: 50, max: 2000 }), (groups, room) => {
      const { height } = layOut(groups, null)
      assert.equal(layOut(groups, room).calmHeight, height)
      // Where there is as much room, nothing has to shrink.
      assert.equal(layOut(groups, height).rowHeight, METRICS.largestRow)
    }),
  )
})

test('what stands at a height is found, and nothing in the gaps', () => {
  fc.assert(
    fc.property(groupsOf, fc.integer({ min: -10, max: 3000 }), (groups, y) => {
      const layout = layOut(groups, null)
      const expected = layout.blocks.find((block) => block.y <= y && y < block.y + block.height) ?? null
      assert.equal(blockAt(layout, y), expected)
    }),
  )
})

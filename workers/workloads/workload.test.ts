import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { cutRange } from './workload.ts'

describe('cutRange', () => {
  it('covers the range without gap or overlap, in pieces that differ by at most one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 512 }), (total, tasks) => {
        const pieces = cutRange(total, tasks)
        assert.equal(pieces[0]?.from, 0)
        assert.equal(pieces.at(-1)?.to, total)
        for (let i = 1; i < pieces.length; i++) assert.equal(pieces[i]?.from, pieces[i - 1]?.to)
        const lengths = pieces.map(({ from, to }) => to - from)
        assert.ok(Math.min(...lengths) >= 1 && Math.max(...lengths) - Math.min(...lengths) <= 1)
      }),
    )
  })
})

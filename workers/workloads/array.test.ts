import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { mergeSorted } from './array.ts'

describe('array', () => {
  it('merges any sorted stretches into what sorting the whole gives', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.double({ noNaN: true }), { maxLength: 30 }), { maxLength: 9 }), (lists) => {
        const stretches = lists.map((list) => Float64Array.from(list).sort())
        assert.deepEqual(mergeSorted(stretches), Float64Array.from(lists.flat()).sort())
      }),
      { examples: [[[[0], [-0]]], [[[-0], [-0, 0]]]] },
    )
  })
})

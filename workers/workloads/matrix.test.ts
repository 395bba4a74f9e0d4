import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { matrix } from './matrix.ts'

const idle = { cancelled: () => false }

describe('matrix', () => {
  it('multiplies as the worked example [[1,2],[3,4]] × [[5,6],[7,8]] = [[19,22],[43,50]]', () => {
    const product = matrix(
      { n: 2, rows: 2, a: Float64Array.of(1, 2, 3, 4), b: Float64Array.of(5, 6, 7, 8), out: null },
      idle,
    )
    assert.deepEqual([...(product ?? [])], [19, 22, 43, 50])
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { doubleSha256, leadingZeroBits, mining } from './mining.ts'

const idle = { cancelled: () => false }

describe('mining', () => {
  it("finds the nonce of Bitcoin's block 0, whose hash is published", () => {
    const header = Buffer.from(
      `01000000${'0'.repeat(64)}3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c`,
      'hex',
    )
    assert.equal(leadingZeroBits(doubleSha256(header)), 43)
    const found = mining({ header, from: 2_083_236_800, to: 2_083_237_000, zeroBits: 32 }, idle)
    assert.equal(found.nonce, 2_083_236_893)
    assert.equal(found.hash, '000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f')
  })
})

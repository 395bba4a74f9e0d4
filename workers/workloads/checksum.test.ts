import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { addToChecksum, checksumOf, emptyChecksum } from './checksum.ts'

describe('the checksum', () => {
  it('is FNV-1a: the published values of "a" and "foobar"', () => {
    const of = (text: string) => checksumOf(new TextEncoder().encode(text))
    assert.equal(of('a'), 'e40c292c')
    assert.equal(of('foobar'), 'bf9cf968')
  })

  it('does not depend on how the bytes are cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), (bytes, at) => {
        const cut = addToChecksum(addToChecksum(emptyChecksum, bytes.subarray(0, at)), bytes.subarray(at))
        assert.equal(cut, addToChecksum(emptyChecksum, bytes))
      }),
    )
  })
})

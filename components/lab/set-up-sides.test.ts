import assert from 'node:assert/strict'
import test from 'node:test'
import { shortNameOf, sideKey, splitSide } from './set-up-sides.ts'

test('the side stands behind the key, whatever the key holds', () => {
  for (const own of ['threads', 'threads×4', 'two words']) {
    assert.deepEqual(splitSide(sideKey(own, 'B')), [own, 'B'])
  }
})

test('on a phone the second of two names is the side alone, and the whole name where there is no first', () => {
  const short = shortNameOf(['threads A', 'threads B', 'async B'], (key) => `<${key}>`)
  assert.deepEqual(['threads A', 'threads B', 'async B'].map(short), ['<threads A>', 'B', '<async B>'])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { binText } from './bin-text.ts'

test('a bin of whole numbers is named by what falls into it, any other by its limits', () => {
  const text = (from: number, to: number, whole: boolean) => binText({ from, to, count: 1 }, String, whole)
  assert.deepEqual([text(0, 1, true), text(1, 500, true), text(500, 1000, true)], ['0', '1 – 499', '500 – 999'])
  assert.equal(text(0, 0.5, false), '0 – 0.5')
})

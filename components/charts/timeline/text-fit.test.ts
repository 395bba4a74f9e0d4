/** Names cut to a width. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fittedText } from './text-fit.ts'

/** Every letter ten pixels wide. */
const measures = { font: '', measureText: (text: string) => ({ width: text.length * 10 }) }

test('text that fits stays whole', () => {
  assert.deepEqual(fittedText(measures, 'plain', 'parse', 50), { text: 'parse', width: 50 })
})

test('longer text is cut to the most letters that fit with the ellipsis', () => {
  assert.deepEqual(fittedText(measures, 'plain', 'GET /movie/550', 100), { text: 'GET /movi…', width: 100 })
})

test('where only a few letters fit there is nothing rather than noise', () => {
  assert.equal(fittedText(measures, 'plain', 'GET /movie/550', 40), null)
})

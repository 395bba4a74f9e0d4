/** The kinds written out for the browser are those of the contract. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SPAN_KINDS } from '#lib/contract/trace.ts'
import { KIND_ORDER, kindCode, kindOf } from './span-kinds.ts'

test('the kinds are those of the contract, in its order', () => {
  assert.deepEqual([...KIND_ORDER], [...SPAN_KINDS])
})

test('a kind survives becoming a number', () => {
  for (const kind of KIND_ORDER) assert.equal(kindOf(kindCode(kind)), kind)
})

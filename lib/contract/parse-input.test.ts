import assert from 'node:assert/strict'
import test from 'node:test'
import { z } from 'zod'
import { parseInput } from './parse-input.ts'

const schema = z.strictObject({ workers: z.int().min(1).max(32), query: z.string().max(200) })

test('a refusal names the field, what is accepted and what came', () => {
  const outcome = parseInput({ workers: 33, query: 'a' }, schema, 'params')
  assert.ok(!outcome.ok)
  const [error] = outcome.failure.errors ?? []
  assert.equal(error?.path, 'params.workers')
  assert.match(error?.message ?? '', /<=32; got 33/)
})

test('a refusal stays short, however long what came: names of fields, how many of them, values', () => {
  const inputs: unknown[] = [
    { ['k'.repeat(60_000)]: 1 },
    Object.fromEntries(Array.from({ length: 4_000 }, (_, index) => [`key${index}`, index])),
    { workers: 'x'.repeat(60_000), query: 'y'.repeat(60_000) },
  ]
  for (const input of inputs) {
    const outcome = parseInput(input, schema, 'params')
    assert.ok(!outcome.ok)
    assert.ok(JSON.stringify(outcome.failure).length < 2_000)
    assert.match(outcome.failure.detail, /params/)
  }
})

test('what came is told as it came, not as what was read from it', () => {
  const outcome = parseInput({ limit: 'abc' }, z.object({ limit: z.coerce.number().int(), more: z.string() }))
  assert.ok(!outcome.ok)
  const messages = (outcome.failure.errors ?? []).map(({ path, message }) => `${path}: ${message}`)
  assert.match(messages[0] ?? '', /^limit: .*expected number; got "abc"$/)
  assert.match(messages[1] ?? '', /^more: .*; got nothing$/)
})

test('each unknown field is an error of its own, under its own path', () => {
  const outcome = parseInput({ workers: 1, query: 'a', one: 1, 'other one': 2 }, schema, 'params')
  assert.ok(!outcome.ok)
  assert.deepEqual(
    outcome.failure.errors?.map(({ path }) => path),
    ['params.one', 'params["other one"]'],
  )
})

test('a number too large for JavaScript is told as what it became', () => {
  const outcome = parseInput(JSON.parse('{"workers": 1e999, "query": "a"}'), schema)
  assert.ok(!outcome.ok)
  assert.match(outcome.failure.errors?.[0]?.message ?? '', /; got Infinity$/)
})

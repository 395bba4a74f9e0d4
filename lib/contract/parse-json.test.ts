import assert from 'node:assert/strict'
import test from 'node:test'
import { MAX_DEPTH, parseJson } from './parse-json.ts'

const nested = (levels: number): string => `${'['.repeat(levels)}1${']'.repeat(levels)}`

test('JSON is read as it is, up to the depth that is accepted', () => {
  assert.deepEqual(parseJson('{"a": [1, null, {"b": "x"}]}'), { ok: true, value: { a: [1, null, { b: 'x' }] } })
  for (const text of ['null', '0', '""', '[]', '{}'])
    assert.deepEqual(parseJson(text), { ok: true, value: JSON.parse(text) })
  assert.ok(parseJson(nested(MAX_DEPTH)).ok)
})

test('deeper JSON is refused in words, however deep it is, and so is what is no JSON', () => {
  for (const text of [nested(MAX_DEPTH + 1), nested(32_000), `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`]) {
    const outcome = parseJson(text)
    assert.ok(!outcome.ok)
    assert.equal(outcome.failure.code, 'malformed-json')
    assert.match(outcome.failure.detail, /32 levels/)
  }
  const outcome = parseJson('{"a":NaN}')
  assert.ok(!outcome.ok && outcome.failure.code === 'malformed-json')
})

test('a name that schemas pass over is refused at every level', () => {
  for (const text of ['{"__proto__": 1}', '{"a": [{"__proto__": {}}]}']) {
    const outcome = parseJson(text)
    assert.ok(!outcome.ok)
    assert.deepEqual(
      outcome.failure.errors?.map(({ path }) => path),
      ['__proto__'],
    )
  }
})

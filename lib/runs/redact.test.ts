import assert from 'node:assert/strict'
import test from 'node:test'
import { redact } from './redact.ts'

test('known secrets and what stands before the @ of a URL are taken out, everywhere', () => {
  const key = '0123456789abcdef0123456789abcdef'
  assert.equal(redact(`api_key=${key} and again ${key}`, [key]), 'api_key=*** and again ***')
  assert.equal(redact('postgres://me:pass@db/x, redis://:p@h', []), 'postgres://***@db/x, redis://***@h')
  assert.equal(
    redact('at http://127.0.0.1:4010/3 by me@example.org', []),
    'at http://127.0.0.1:4010/3 by me@example.org',
  )
})

test('a word too short to be a secret is left alone', () => {
  assert.equal(redact('a cat', ['a', '']), 'a cat')
})

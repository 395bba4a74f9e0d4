import assert from 'node:assert/strict'
import test from 'node:test'
import { refuseCrossSite } from './same-origin.ts'

const request = (method: string, headers: Record<string, string>): Request =>
  // Request drops forbidden headers only in browsers.
  new Request('http://localhost:3000/api/runs', { method, headers: { host: 'localhost:3000', ...headers } })

const CASES: [headers: Record<string, string>, accepted: boolean][] = [
  [{}, true],
  [{ 'sec-fetch-site': 'same-origin' }, true],
  [{ 'sec-fetch-site': 'none' }, true],
  [{ 'sec-fetch-site': 'same-site' }, false],
  [{ 'sec-fetch-site': 'cross-site' }, false],
  [{ 'sec-fetch-site': 'cross-site', origin: 'http://localhost:3000' }, false],
  [{ origin: 'http://localhost:3000' }, true],
  [{ origin: 'http://localhost:4000' }, false],
  [{ origin: 'https://evil.example' }, false],
  [{ origin: 'null' }, false],
  [{ origin: 'nonsense' }, false],
]

test('changes are accepted from our own pages and from programs, never from another site', () => {
  for (const method of ['POST', 'DELETE']) {
    for (const [headers, accepted] of CASES) {
      assert.equal(refuseCrossSite(request(method, headers)) === null, accepted, `${method} ${JSON.stringify(headers)}`)
    }
  }
})

test('reading is open to everyone', () => {
  assert.equal(refuseCrossSite(request('GET', { 'sec-fetch-site': 'cross-site' })), null)
})

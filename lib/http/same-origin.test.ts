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

test('a server that only this machine reaches goes by the names of this machine, whatever else leads to it', () => {
  const accepted = (host: string, boundTo: string): boolean =>
    refuseCrossSite(request('POST', { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' }), boundTo) ===
    null
  for (const host of ['localhost:3000', '127.0.0.1', '127.0.0.1:8080', '[::1]:3000']) {
    assert.ok(accepted(host, '127.0.0.1') && accepted(host, '0.0.0.0'), host)
  }
  for (const host of ['rebound.example:3000', 'localhost.evil.example', '127.0.0.1.nip.example', '192.168.0.9', '@@']) {
    assert.ok(!accepted(host, '127.0.0.1') && !accepted(host, 'localhost') && !accepted(host, '::1'), host)
  }
  assert.ok(accepted('lab.example:3000', '0.0.0.0'))
})

test('reading is open to everyone', () => {
  assert.equal(refuseCrossSite(request('GET', { 'sec-fetch-site': 'cross-site' })), null)
})

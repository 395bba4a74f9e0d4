import assert from 'node:assert/strict'
import { METHODS } from 'node:http'
import test from 'node:test'
import fc from 'fast-check'
import { decodablePath, knownMethod, ownPath } from './answerable-requests.ts'

test('paths that can be decoded stay as they are, and their queries always', () => {
  for (const url of ['/', '/api/runs/%00', '/ru/%D0%BA%D0%B8%D0%BD%D0%BE', '/a?q=%E0%A4%A', '/a?b?c=%']) {
    assert.equal(decodablePath(url), url)
  }
})

test('whatever comes, the path can be decoded afterwards', () => {
  assert.equal(decodablePath('/api/%E0%A4%A?q=%'), '/api/~E0~A4~A?q=%')
  fc.assert(
    fc.property(fc.string(), (url) => {
      decodeURIComponent(decodablePath(url).split('?')[0] ?? '')
    }),
  )
})

test('a target that names another host, or no path at all, leads nowhere', () => {
  for (const target of [
    '*',
    '',
    'http://evil.example/en',
    '//evil.example/en',
    '/\\evil.example',
    'evil.example:443',
  ]) {
    assert.equal(ownPath(target), '/api/not-a-path')
  }
  for (const target of ['/', '/en?next=//evil.example', '/api/runs']) assert.equal(ownPath(target), target)
})

test('the methods that routes know stay as they are, every other becomes one that all routes refuse', () => {
  const kept = METHODS.filter((method) => knownMethod(method) === method)
  assert.deepEqual(kept.toSorted(), ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'])
  assert.equal(knownMethod('TRACE'), 'PATCH')
})

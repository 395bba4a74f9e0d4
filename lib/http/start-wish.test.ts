import assert from 'node:assert/strict'
import test from 'node:test'
import { withoutForeignStart } from './start-wish.ts'

const URL_WITH_WISH = 'http://localhost:3000/en/labs/race?preset=quick&start=1&workers=4'

const CASES: [headers: Record<string, string>, kept: boolean][] = [
  [{ 'sec-fetch-site': 'same-origin' }, true],
  [{ 'sec-fetch-site': 'none' }, true],
  [{ 'sec-fetch-site': 'same-site' }, false],
  [{ 'sec-fetch-site': 'cross-site' }, false],
  [{ 'sec-fetch-site': 'cross-site', referer: 'http://localhost:3000/en' }, false],
  [{ referer: 'http://localhost:3000/en' }, true],
  [{ referer: 'http://localhost:4000/en' }, false],
  [{ referer: 'https://evil.example/' }, false],
  [{}, false],
]

test('only our own pages and the person may ask to start at once', () => {
  for (const [headers, kept] of CASES) {
    const changed = withoutForeignStart(URL_WITH_WISH, new Headers({ host: 'localhost:3000', ...headers }))
    assert.equal(changed === null, kept, JSON.stringify(headers))
    if (changed) assert.equal(changed.search, '?preset=quick&workers=4')
  }
})

test('an address without the wish stays as it is, wherever it was followed from', () => {
  const headers = new Headers({ 'sec-fetch-site': 'cross-site' })
  assert.equal(withoutForeignStart('http://localhost:3000/en/labs/race?preset=quick', headers), null)
})

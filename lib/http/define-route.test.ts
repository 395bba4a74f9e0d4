import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import test from 'node:test'
import { defineRoute, onlyMethods } from './define-route.ts'

const context = { params: Promise.resolve({}) }

const answerOf = async (answer: () => Response) => {
  const response = await defineRoute(answer)(new Request('http://localhost/api/x'), context)
  return { status: response.status, body: await response.json() }
}

test('a database that fails is told as that, whichever call meets it; anything else unexpected tells the log only', async (t) => {
  const logged = t.mock.method(console, 'error', () => undefined)
  const broken = await answerOf(() => {
    using database = new DatabaseSync(':memory:')
    database.exec('SELECT * FROM nowhere')
    return new Response()
  })
  assert.equal(broken.status, 503)
  assert.match(broken.body.detail, /no such table: nowhere/)
  const unexpected = await answerOf(() => {
    throw new Error('inner workings')
  })
  assert.equal(unexpected.status, 500)
  assert.doesNotMatch(JSON.stringify(unexpected.body), /inner workings/)
  assert.equal(logged.mock.callCount(), 2)
})

test('a method that a route does not have is answered with those it has', async () => {
  const response = onlyMethods('GET', 'POST').refuse()
  assert.deepEqual([response.status, response.headers.get('allow')], [405, 'GET, POST'])
  assert.equal((await response.json()).detail, 'Only GET and POST are known here.')
})

/** What the routes refuse, and how they say it. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { type CallOptions, call, type Method, problemOf, server } from './routes-fixture.ts'

const json = (body: unknown): CallOptions => ({ body })
const REFUSED: [what: string, Method, string, CallOptions, status: number, fields?: string[]][] = [
  ['an unknown experiment', 'POST', 'runs', json({ experiment: 'nope' }), 422, ['experiment']],
  ["an experiment named after an object's own", 'POST', 'runs', json({ experiment: '__proto__' }), 422, ['experiment']],
  ['no experiment', 'POST', 'runs', json({}), 422, ['experiment']],
  ['a wrong type', 'POST', 'runs', json({ experiment: 'probe', params: { amount: 'ten' } }), 422, ['params.amount']],
  [
    'a number out of range',
    'POST',
    'runs',
    json({ experiment: 'probe', params: { amount: -1 } }),
    422,
    ['params.amount'],
  ],
  ['an unknown parameter', 'POST', 'runs', json({ experiment: 'probe', params: { x: 1 } }), 422, ['params.x']],
  ['params that are a list', 'POST', 'runs', json({ experiment: 'probe', params: [] }), 422, ['params']],
  ['a field that is none', 'POST', 'runs', json({ experiment: 'probe', extra: 1 }), 422, ['extra']],
  [
    'a name that objects have',
    'POST',
    'runs',
    { body: '{"experiment":"probe","params":{"__proto__":{}}}' },
    422,
    ['__proto__'],
  ],
  [
    'a question that is not asked',
    'POST',
    'runs',
    json({ experiment: 'probe', prediction: { question: 'goes-wrong', answer: 'constructor' } }),
    422,
    ['prediction.question'],
  ],
  [
    'an answer that is none',
    'POST',
    'runs',
    json({ experiment: 'probe', prediction: { question: 'fastest', answer: 'constructor' } }),
    422,
    ['prediction.answer'],
  ],
  [
    'more than a prediction',
    'POST',
    'runs',
    json({ experiment: 'probe', prediction: { question: 'fastest', answer: 'threads', more: 1 } }),
    422,
    ['prediction.more'],
  ],
  [
    'a run of hours',
    'POST',
    'runs',
    json({ experiment: 'probe', params: { seconds: 9_000 } }),
    422,
    ['params.seconds'],
  ],
  ['a number as body', 'POST', 'runs', json(7), 422, ['']],
  ['malformed JSON', 'POST', 'runs', { body: '{"experiment":' }, 400],
  ['a body of 1 MB', 'POST', 'runs', { body: `"${'a'.repeat(1_000_000)}"` }, 413],
  ['a form', 'POST', 'runs', { body: 'experiment=probe', headers: { 'content-type': 'text/plain' } }, 415],
  ['another site', 'POST', 'runs', { body: { experiment: 'probe' }, headers: { 'sec-fetch-site': 'cross-site' } }, 403],
  [
    "another site's DELETE",
    'DELETE',
    'runs/[runId]',
    { params: { runId: 'x' }, headers: { origin: 'http://evil.test' } },
    403,
  ],
  ['a limit of 0', 'GET', 'runs', { query: '?limit=0' }, 422, ['limit']],
  ['a cursor that was never given', 'GET', 'runs', { query: '?cursor=1%20OR%201' }, 422, ['cursor']],
  ['params without their experiment', 'GET', 'runs', { query: '?params={}' }, 422, ['experiment']],
  ['params that are no JSON', 'GET', 'runs', { query: '?experiment=probe&params={' }, 422, ['params']],
  ['params that are a list', 'GET', 'runs', { query: '?experiment=probe&params=[]' }, 422, ['params']],
  [
    'params that nest deeper than a stack',
    'GET',
    'runs',
    { query: `?experiment=probe&params={"amount":${'['.repeat(3_900)}${']'.repeat(3_900)}}` },
    422,
    ['params'],
  ],
  [
    'a body that nests deeper than a stack',
    'POST',
    'runs',
    { body: `${'['.repeat(30_000)}${']'.repeat(30_000)}` },
    400,
  ],
  ['params it does not have', 'GET', 'runs', { query: '?experiment=probe&params={"x":1}' }, 422, ['params.x']],
  ['an unknown status', 'GET', 'runs', { query: '?status=done' }, 422, ['status']],
  ['a NUL in an id', 'GET', 'runs/[runId]', { params: { runId: '\0' } }, 404],
  ['a path as id', 'GET', 'runs/[runId]', { params: { runId: '../../etc/passwd' } }, 404],
  ['an unknown run', 'GET', 'runs/[runId]', { params: { runId: 'aaaaaaaaaaaa' } }, 404],
  ["an unknown run's events", 'GET', 'runs/[runId]/events', { params: { runId: 'aaaaaaaaaaaa' } }, 404],
  ["an unknown run's trace", 'GET', 'runs/[runId]/trace', { params: { runId: 'aaaaaaaaaaaa' } }, 404],
  ["an unknown run's samples", 'GET', 'runs/[runId]/csv', { params: { runId: 'aaaaaaaaaaaa' } }, 404],
  ["an unknown run's deletion", 'DELETE', 'runs/[runId]', { params: { runId: 'aaaaaaaaaaaa' } }, 404],
  [
    'a command to an unknown run',
    'POST',
    'runs/[runId]/commands',
    { params: { runId: 'x' }, body: { command: 'cancel' } },
    404,
  ],
  ['an unknown path', 'GET', '[...path]', { params: {} }, 404],
  ['an unknown method', 'PUT', 'runs', {}, 405],
]

test('bad input is answered by a problem that names the field, and starts nothing', async () => {
  const before = (await (await call('GET', 'runs')).json()).runs.length
  for (const [what, method, file, options, status, fields = []] of REFUSED) {
    assert.deepEqual({ what, ...(await problemOf(await call(method, file, options))) }, { what, status, fields })
  }
  assert.equal((await (await call('GET', 'runs')).json()).runs.length, before)
  assert.equal(server.runs.queueLength, 0)
})

/** The routes as functions, over a server with a real runner that executes the tests' experiment. */
import assert from 'node:assert/strict'
import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import test, { after } from 'node:test'
import { experimentListSchema } from '#lib/contract/experiment-description.ts'
import { healthSchema } from '#lib/contract/health.ts'
import { problemSchema } from '#lib/contract/problem.ts'
import { type Run, runListSchema, runSchema } from '#lib/contract/run.ts'
import { snapshotSchema } from '#lib/contract/run-event.ts'
import { OPERATIONS } from '#lib/http/openapi.ts'
import { startServer } from '#lib/runs/server.ts'
import { readSettings } from '#lib/runs/settings.ts'
import { findExperiment } from '#workers/test-experiments/registry.ts'
import './server-only-in-tests.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const TESTS = path.join(ROOT, 'workers/test-experiments')

const dataFolder = mkdtempSync(path.join(tmpdir(), 'interleave-routes-'))
const environment = {
  NODE_ENV: 'test',
  INTERLEAVE_DATA_DIR: dataFolder,
  MOVIE_API_URL: 'http://127.0.0.1:1/3',
} as const
const server = startServer(readSettings(environment, ROOT), {
  runner: { arguments: ['--registry', path.join(TESTS, 'registry.ts'), '--handlers', TESTS] },
  experiments: { ids: ['probe'], find: findExperiment },
})
after(async () => {
  await server.stop()
  rmSync(dataFolder, { recursive: true, force: true })
})

type Handler = (request: Request, context: { params: Promise<Record<string, never>> }) => Promise<Response> | Response
type Method = 'GET' | 'POST' | 'DELETE' | 'PUT'

/** What Next.js does with `file`, for a request to `url`. */
const call = async (
  method: Method,
  file: string,
  { params = {}, query = '', body, headers = {} }: CallOptions = {},
): Promise<Response> => {
  const module: Partial<Record<Method, Handler>> = await import(`./${file}/route.ts`)
  const handler = module[method]
  assert.ok(handler, `${file} has no ${method}`)
  const request = new Request(`http://localhost/api/${file}${query}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
  })
  // Next.js gives each route the parameters that its folder names.
  return handler(request, { params: Promise.resolve(params as Record<string, never>) })
}

interface CallOptions {
  params?: Record<string, string>
  query?: string
  body?: unknown
  headers?: Record<string, string>
}

const problemOf = async (response: Response): Promise<{ status: number; fields: string[] }> => {
  assert.equal(response.headers.get('content-type'), 'application/problem+json')
  const problem = problemSchema.parse(await response.json())
  assert.equal(problem.status, response.status)
  return { status: problem.status, fields: (problem.errors ?? []).map(({ path }) => path) }
}

const startRun = async (params: Record<string, unknown>, more: Record<string, unknown> = {}): Promise<Run> => {
  const response = await call('POST', 'runs', { body: { experiment: 'probe', params, ...more } })
  assert.equal(response.status, 201)
  const run = runSchema.parse(await response.json())
  assert.equal(response.headers.get('location'), `/api/runs/${run.id}`)
  return run
}

const finished = async (run: Run): Promise<Run> => {
  await (await call('GET', 'runs/[runId]/events', { params: { runId: run.id } })).text()
  return runSchema.parse(await (await call('GET', 'runs/[runId]', { params: { runId: run.id } })).json())
}

test('a run is started, followed, listed, downloaded and deleted', async () => {
  const prediction = { question: 'fastest', answer: 'threads' }
  const started = await startRun({ amount: 2 }, { prediction })
  const run = await finished(started)
  assert.equal(run.status, 'succeeded')
  assert.deepEqual(run.prediction, prediction)
  assert.deepEqual(run.params, { behaviour: 'count', amount: 2, seconds: 1 })
  const params = { runId: run.id }

  const { runs } = runListSchema.parse(await (await call('GET', 'runs', { query: '?experiment=probe&limit=1' })).json())
  assert.equal(runs[0]?.id, run.id)

  const stream = await (await call('GET', 'runs/[runId]/events', { params, headers: { 'last-event-id': '7' } })).text()
  const lines = stream.split('\n').filter((line) => !line.startsWith(':') && line !== '')
  assert.deepEqual(lines.slice(0, 2), ['id: 1', 'event: snapshot'])
  assert.equal(lines.length, 3)
  const snapshot = snapshotSchema.parse(JSON.parse(lines[2]?.slice('data: '.length) ?? ''))
  assert.deepEqual(snapshot.run, run)

  const trace = await call('GET', 'runs/[runId]/trace', { params })
  assert.match(
    trace.headers.get('content-disposition') ?? '',
    /attachment; filename="interleave-probe-\w+\.trace\.json"/,
  )
  assert.ok(Array.isArray((await trace.json()).traceEvents))
  const csv = await call('GET', 'runs/[runId]/csv', { params })
  assert.match(csv.headers.get('content-disposition') ?? '', /attachment; filename="interleave-probe-\w+\.csv"/)
  assert.equal((await csv.text()).trimEnd().split('\r\n').length, 3)

  assert.equal((await call('DELETE', 'runs/[runId]', { params })).status, 204)
  assert.equal((await call('GET', 'runs/[runId]', { params })).status, 404)
})

test('the runs of one set-up are found among all, whichever way it is written', async () => {
  const [same, other] = [await finished(await startRun({ amount: 4 })), await finished(await startRun({ amount: 5 }))]
  const found = async (params: object, match = 'same'): Promise<string[]> => {
    const query = `?${new URLSearchParams({ experiment: 'probe', params: JSON.stringify(params), match })}`
    return runListSchema.parse(await (await call('GET', 'runs', { query })).json()).runs.map(({ id }) => id)
  }
  assert.deepEqual(await found({ amount: 4 }), [same.id])
  assert.deepEqual(await found({ seconds: 1, amount: 4, behaviour: 'count' }), [same.id])
  const others = await found({ amount: 4 }, 'different')
  assert.ok(others.includes(other.id) && !others.includes(same.id))
})

test('a run that goes can be resumed at an event, cancelled once, and not be deleted', async () => {
  const run = await startRun({ behaviour: 'wait' })
  const params = { runId: run.id }
  assert.equal((await problemOf(await call('DELETE', 'runs/[runId]', { params }))).status, 409)
  assert.equal((await call('POST', 'runs/[runId]/commands', { params, body: { command: 'cancel' } })).status, 202)
  assert.equal(
    (await problemOf(await call('POST', 'runs/[runId]/commands', { params, body: { command: 'cancel' } }))).status,
    409,
  )
  const rest = await (await call('GET', 'runs/[runId]/events', { params, query: '?after=2' })).text()
  assert.match(rest, /^: connected\n\nid: 3\n/)
  assert.equal((await finished(run)).status, 'cancelled')
})

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

test('whoever asks a route for its methods is told those that it does not refuse', async () => {
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
  const routes = globSync('**/route.ts', { cwd: import.meta.dirname }).filter((file) => !file.startsWith('[...'))
  assert.ok(routes.length > 10)
  for (const file of routes) {
    const module: Record<string, () => Response> = await import(`./${file}`)
    const told = module.OPTIONS?.()
    assert.equal(told?.status, 204, file)
    const allowed = told.headers.get('allow')?.split(', ') ?? []
    const refuse = methods.filter((method) => !allowed.includes(method))
    for (const method of refuse) assert.equal(module[method]?.().status, 405, `${method} ${file}`)
    // The refusals name the same.
    const named = module[refuse[0] ?? '']?.().headers.get('allow')?.split(', ') ?? []
    const known = methods.filter((method) => allowed.includes(method))
    assert.deepEqual(named.toSorted(), known.toSorted(), file)
  }
})

test('health and experiments are of their agreed shape', async () => {
  const health = healthSchema.parse(await (await call('GET', 'health')).json())
  assert.deepEqual(health.movieApi, { mode: 'custom', url: 'http://127.0.0.1:1/3' })
  assert.equal(health.database, 'ok')
  const { experiments } = experimentListSchema.parse(await (await call('GET', 'experiments')).json())
  const search = experiments.find(({ id }) => id === 'movie-search')
  assert.equal(search?.defaults.workers, 8)
  assert.ok(search?.questions.length)
})

test('the OpenAPI document tells every route with its methods, and every reference in it leads somewhere', async () => {
  const document = await (await call('GET', 'openapi.json')).json()
  assert.equal(document.openapi, '3.1.0')
  const told = OPERATIONS.map(({ method, path: route }) => `${method.toUpperCase()} ${route}`)
  const built: string[] = []
  for (const file of globSync('**/route.ts', { cwd: import.meta.dirname })) {
    const folder = path.dirname(file)
    if (folder === '[...path]') continue
    const module: Partial<Record<string, Handler>> = await import(`./${file}`)
    const route = `/api/${folder.replaceAll(/\[(\w+)\]/g, '{$1}')}`
    for (const method of ['GET', 'POST', 'DELETE', 'PUT', 'PATCH']) {
      const handler = module[method]
      // The refusal of a method is a method, too, as far as Next.js is concerned.
      const refuses = handler === module.PUT || handler === module.PATCH
      if (handler !== undefined && !refuses) built.push(`${method} ${route}`)
    }
  }
  assert.deepEqual(built.sort(), told.sort())
  const references = JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)
  for (const [, name = ''] of references) {
    assert.ok(name in document.components.schemas, name)
  }
  assert.ok(document.components.schemas.StartRun.anyOf.length > 0)
})

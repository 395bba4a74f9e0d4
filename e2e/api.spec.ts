/** What a program meets: problems that name the field, streams that resume, exports that open. */
import { QUICK, runToEnd } from './report.ts'
import { expect, test } from './server.ts'

const BAD: { name: string; data: unknown; status: number; names: string }[] = [
  { name: 'an unknown experiment', data: { experiment: 'nope' }, status: 422, names: 'experiment' },
  {
    name: 'a wrong type',
    data: { experiment: 'movie-search', params: { workers: 'many' } },
    status: 422,
    names: 'params.workers',
  },
  {
    name: 'a number out of range',
    data: { experiment: 'movie-search', params: { workers: 33 } },
    status: 422,
    names: 'params.workers',
  },
  {
    name: 'a strategy twice',
    data: { experiment: 'movie-search', params: { strategies: ['async', 'async'] } },
    status: 422,
    names: 'params.strategies',
  },
  {
    name: 'an empty query',
    data: { experiment: 'movie-search', params: { query: '' } },
    status: 422,
    names: 'params.query',
  },
  {
    name: 'a parameter that does not exist',
    data: { experiment: 'movie-search', params: { wrkers: 3 } },
    status: 422,
    names: 'params',
  },
]
for (const { name, data, status, names } of BAD) {
  test(`${name} is refused with a problem that names the field`, async ({ request }) => {
    const response = await request.post('/api/runs', { data })
    expect(response.status()).toBe(status)
    expect(response.headers()['content-type']).toContain('application/problem+json')
    const problem = await response.json()
    expect(JSON.stringify(problem.errors)).toContain(names)
  })
}

test('malformed JSON, a large body, another type and another site are refused, and nothing starts', async ({
  request,
}) => {
  const post = (data: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    // As bytes: text would be encoded as JSON once more.
    request.post('/api/runs', { data: Buffer.from(data), headers })
  expect((await post('{"experiment":')).status()).toBe(400)
  expect((await post(JSON.stringify({ experiment: 'x'.repeat(1_000_000) }))).status()).toBe(413)
  expect((await post('experiment=movie-search', { 'content-type': 'text/plain' })).status()).toBe(415)
  expect(
    (
      await post('{"experiment":"movie-search"}', {
        'content-type': 'application/json',
        origin: 'https://elsewhere.example',
      })
    ).status(),
  ).toBe(403)
  const { queueLength } = await (await request.get('/api/health')).json()
  expect(queueLength).toBe(0)
})

test('paths that lead nowhere are problems, never a 500', async ({ request }) => {
  for (const path of [
    '/api/runs/nope',
    '/api/runs/..%2f..%2fetc',
    '/api/runs/%00',
    '/api/nope',
    '/api/movies/abc',
    '/api/movies/999999',
  ]) {
    const response = await request.get(path)
    expect(response.status(), path).toBeGreaterThanOrEqual(400)
    expect(response.status(), path).toBeLessThan(500)
  }
})

test('an ended run answers its events with one snapshot, its trace and its samples', async ({ page }) => {
  const run = await runToEnd(page, { experiment: 'movie-search', params: QUICK })
  expect(run.status).toBe('succeeded')
  const events = await (await page.request.get(`/api/runs/${run.id}/events`)).text()
  expect(events).toMatch(/^event: snapshot$/m)
  const trace = await (await page.request.get(`/api/runs/${run.id}/trace`)).json()
  type TraceEvent = { ph: string; ts?: number; dur?: number; tid: number; name: string }
  const slices: TraceEvent[] = trace.traceEvents.filter((event: TraceEvent) => event.ph === 'X')
  expect(slices.length).toBeGreaterThan(50)
  const open = new Map<number, number[]>()
  for (const { ts = -1, dur = -1, tid, name } of slices.sort(
    (a, b) => (a.ts ?? 0) - (b.ts ?? 0) || (b.dur ?? 0) - (a.dur ?? 0),
  )) {
    expect(name).not.toBe('')
    expect(Math.min(ts, dur)).toBeGreaterThanOrEqual(0)
    const ends = (open.get(tid) ?? []).filter((end) => end > ts)
    expect(ts + dur, `${name} nests on its thread`).toBeLessThanOrEqual(Math.min(...ends, Number.POSITIVE_INFINITY))
    open.set(tid, [...ends, ts + dur])
  }
  const csv = await (await page.request.get(`/api/runs/${run.id}/csv`)).text()
  expect(csv.trim().split(/\r?\n/)).toHaveLength(1 + 4 * QUICK.rounds)
})

test('no key is in what is stored or sent', async ({ page }) => {
  const run = await runToEnd(page, { experiment: 'movie-search', params: QUICK })
  expect(JSON.stringify(run)).not.toMatch(/api_key|token|Bearer/i)
})

test('every page carries a policy that allows no foreign script and no eval, those that are not there too', async ({
  request,
}) => {
  for (const path of ['/en', '/en/nope', '/en/a.b', '/favicon.ico', '/ru/runs/no.such.run']) {
    const headers = (await request.get(path)).headers()
    const policy = headers['content-security-policy'] ?? ''
    expect(policy, path).toContain("'nonce-")
    expect(policy, path).not.toContain('unsafe-eval')
    expect(policy, path).toContain("frame-ancestors 'none'")
    expect(headers['x-content-type-options'], path).toBe('nosniff')
  }
  for (const file of ['/icon.svg', '/robots.txt', '/og-en.png', '/og-ru.png']) {
    expect((await request.get(file)).status(), file).toBe(200)
  }
})

test('a method that nobody knows is refused as those that are known, never with a 500', async ({ request }) => {
  for (const method of ['TRACE', 'PROPFIND', 'PUT']) {
    const response = await request.fetch('/api/runs', { method })
    expect(response.status(), method).toBe(405)
    expect(response.headers().allow, method).toBe('GET, POST')
    expect((await request.fetch('/en', { method })).status(), method).toBeLessThan(500)
  }
})

test('OPTIONS names the methods that a route does not refuse', async ({ request }) => {
  const allowOf = async (path: string) => (await request.fetch(path, { method: 'OPTIONS' })).headers().allow
  expect(await allowOf('/api/runs')).toBe('GET, POST, HEAD, OPTIONS')
  expect(await allowOf('/api/health')).toBe('GET, HEAD, OPTIONS')
  expect((await request.fetch('/api/nowhere', { method: 'OPTIONS' })).status()).toBe(404)
})

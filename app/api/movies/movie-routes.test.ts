/** The movie routes as functions, over a server with the real search host and the embedded movie API. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, test } from 'node:test'
import { movieDetailsSchema, movieSearchResponseSchema } from '#lib/contract/movie.ts'
import { problemSchema } from '#lib/contract/problem.ts'
import { startServer } from '#lib/runs/server.ts'
import { readSettings } from '#lib/runs/settings.ts'
import '../server-only-in-tests.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const dataFolder = mkdtempSync(path.join(tmpdir(), 'interleave-movies-'))
const server = startServer(readSettings({ NODE_ENV: 'test', INTERLEAVE_DATA_DIR: dataFolder }, root))
after(async () => {
  await server.stop()
  rmSync(dataFolder, { recursive: true, force: true })
})

const search = async (query: Record<string, string> | string, init: RequestInit = {}): Promise<Response> => {
  const { GET } = await import('./search/route.ts')
  const text = typeof query === 'string' ? query : new URLSearchParams(query)
  return GET(new Request(`http://localhost/api/movies/search?${text}`, init), { params: Promise.resolve({}) })
}

const film = async (movieId: string, query = ''): Promise<Response> => {
  const { GET } = await import('./[movieId]/route.ts')
  const request = new Request(`http://localhost/api/movies/x${query}`)
  return GET(request, { params: Promise.resolve({ movieId }) })
}

const fieldsOf = async (response: Response): Promise<[status: number, ...fields: string[]]> => {
  assert.equal(response.headers.get('content-type'), 'application/problem+json')
  const problem = problemSchema.parse(await response.json())
  return [problem.status, ...(problem.errors ?? []).map((error) => error.path)]
}

/** A limit for each test: one for all would be shorter the more there are. */
const it = (name: string, body: () => Promise<void>) => test(name, { timeout: 60_000 }, body)

describe('the movie routes', () => {
  it('search films with their details by the strategy that was asked for', async () => {
    const response = await search({ query: 'godfather', strategy: 'threads', workers: '3' })
    assert.equal(response.status, 200)
    const found = movieSearchResponseSchema.parse(await response.json())
    assert.match(found.results[0]?.title ?? '', /Godfather/)
    assert.deepEqual([found.strategy, found.workers, found.trace.lanes.length], ['threads', 3, 3])
    assert.deepEqual(found.failures, [])
  })

  it('take any text for a query', async () => {
    for (const query of [
      '🎬',
      '100%',
      '"',
      "'; drop table movies; --",
      'a AND (b OR',
      'NEAR(x',
      '*',
      'à',
      '\\',
      '<b>',
      '\u0000x',
    ]) {
      const response = await search({ query, details: 'false' })
      assert.equal(response.status, 200, JSON.stringify(query))
    }
  })

  it('refuse what is out of range with the name of the field', async () => {
    for (const [query, field] of [
      [{}, 'query'],
      [{ query: '  ' }, 'query'],
      [{ query: 'x'.repeat(10_000) }, 'query'],
      [{ query: 'heat', page: '0' }, 'page'],
      [{ query: 'heat', page: 'one' }, 'page'],
      [{ query: 'heat', workers: '33' }, 'workers'],
      [{ query: 'heat', strategy: 'magic' }, 'strategy'],
      [{ query: 'heat', details: 'maybe' }, 'details'],
      [{ query: 'heat', language: '../..' }, 'language'],
      [{ query: 'heat', year: '12' }, 'year'],
    ] as const) {
      assert.deepEqual(await fieldsOf(await search(query as Record<string, string>)), [422, field])
    }
    for (const id of ['0', '-1', '1.5', 'abc', '..', '1\u0000', '99999999999', '2147483648']) {
      assert.deepEqual(await fieldsOf(await film(id)), [422, 'movieId'], id)
    }
    assert.deepEqual(await fieldsOf(await film('1', '?language=x')), [422, 'language'])
  })

  it('answer a film of the search by its id, and 404 where there is none', async () => {
    const found = movieSearchResponseSchema.parse(await (await search({ query: 'alien', details: 'false' })).json())
    const response = await film(String(found.results[0]?.id))
    assert.equal(response.status, 200)
    const movie = movieDetailsSchema.parse(await response.json())
    assert.equal(movie.title, found.results[0]?.title)
    assert.deepEqual(await fieldsOf(await film('2147483647')), [404])
  })

  it('are refused for other methods, and end with their reader', async () => {
    const { POST } = await import('./search/route.ts')
    assert.equal(POST().status, 405)
    const reader = new AbortController()
    const asked = search({ query: 'love', strategy: 'sequential' }, { signal: reader.signal })
    reader.abort()
    assert.equal((await asked).status, 503)
  })
})

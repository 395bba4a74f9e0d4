/** The search host as a real program, against real movie APIs that answer, fail, stall and are killed. */
import assert from 'node:assert/strict'
import path from 'node:path'
import { describe, test } from 'node:test'
import { type MovieSearchParams, movieSearchParamsSchema } from '../contract/movie.ts'
import { STRATEGIES } from '../contract/strategy.ts'
import { type Answer, answerJson, startTestApi } from '../movies/misbehaving-api.ts'
import { processTree } from './process-tree.ts'
import { isRunning } from './running-process-fixture.ts'
import { SearchHost, type SearchHostOptions } from './search-host.ts'

const root = path.join(import.meta.dirname, '../..')
const never = new AbortController().signal

const withHost = async (
  answer: Answer,
  use: (host: SearchHost, api: Awaited<ReturnType<typeof startTestApi>>) => Promise<void>,
  options: Partial<SearchHostOptions> = {},
): Promise<void> => {
  await using api = await startTestApi(answer)
  const host = new SearchHost({
    program: { file: path.join(root, 'workers/search-host.ts'), folder: root, environment: process.env },
    movieApi: async () => ({ mode: 'custom', baseUrl: api.baseUrl, token: 'secret-key', requestsPerSecond: null }),
    ...options,
  })
  try {
    await use(host, api)
  } finally {
    await host.stop()
  }
}

const params = (more: Partial<Record<keyof MovieSearchParams, unknown>> = {}): MovieSearchParams =>
  movieSearchParamsSchema.parse({ query: 'heat', workers: 2, ...more })

const film = (id: number) => ({ id, title: `Film ${id}`, release_date: '1995-12-15', poster_path: null })
const FILMS = [1, 2, 3, 4, 5]

/** Five films; the details of number 3 are not to be had. */
const films: Answer = (request, response) => {
  const url = new URL(request.url ?? '', 'http://x')
  if (url.pathname.startsWith('/3/search')) {
    answerJson(response, { page: 1, results: FILMS.map(film), total_pages: 7, total_results: 125 })
  } else if (url.pathname.endsWith('/recommendations')) {
    answerJson(response, { page: 1, results: [film(9)], total_pages: 1, total_results: 1 })
  } else if (url.pathname === '/3/movie/3') answerJson(response, { status_code: 34, status_message: 'Gone' }, 404)
  else {
    const id = Number(url.pathname.split('/').at(-1))
    const credits = { cast: [], crew: [{ name: `Director ${id}`, job: 'Director' }] }
    answerJson(response, { ...film(id), runtime: 100 + id, genres: [{ id: 1, name: 'Drama' }], credits })
  }
}

const until = async (condition: () => boolean): Promise<void> => {
  const signal = AbortSignal.timeout(20_000)
  while (!condition()) {
    signal.throwIfAborted()
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const pidOf = (host: SearchHost): number => {
  assert.ok(host.pid !== undefined)
  return host.pid
}

/** A limit for each test: one for all would be shorter the more there are. */
const it = (name: string, body: () => Promise<void>) => test(name, { timeout: 60_000 }, body)

describe('the search host', () => {
  it('answers by every strategy with the same films, and names the one that failed', async () => {
    let answered = 0
    await withHost(
      films,
      async (host, api) => {
        for (const strategy of STRATEGIES) {
          const before = api.requests.length
          const found = await host.search(params({ strategy }), never)
          assert.ok(found.ok, JSON.stringify(found))
          const { results, failures, trace, ...rest } = found.value
          assert.equal(api.requests.length - before, 6, 'one for the page, one for each film, no cache')
          assert.deepEqual(
            results.map(({ id, directors }) => [id, ...directors]),
            [[1, 'Director 1'], [2, 'Director 2'], [3], [4, 'Director 4'], [5, 'Director 5']],
          )
          assert.deepEqual(
            failures.map(({ movieId, code }) => [movieId, code]),
            [[3, 'not-found']],
          )
          assert.deepEqual([rest.page, rest.totalPages, rest.totalResults, rest.strategy], [1, 7, 125, strategy])
          assert.equal(trace.spans.filter(({ kind }) => kind === 'io').length, 6)
          assert.equal(trace.lanes.length, strategy === 'threads' || strategy === 'processes' ? 2 : 1)
          const lanes = new Set(trace.lanes.map(({ id }) => id))
          assert.ok(trace.spans.every(({ lane }) => lanes.has(lane)))
        }
        const again = await host.search(params({ strategy: 'threads' }), never)
        assert.ok(again.ok && again.value.trace.spans.every(({ kind }) => kind !== 'startup'), 'its threads are warm')
      },
      { answered: () => (answered += 1) },
    )
    assert.equal(answered, 5)
  })

  it('sends one request where details are not wanted, and none when it was asked before', async () => {
    await withHost(films, async (host, api) => {
      for (let turn = 0; turn < 2; turn += 1) {
        const found = await host.search(params({ details: 'false' }), never)
        assert.ok(found.ok && found.value.results.length === 5)
      }
      assert.equal(api.requests.length, 1)
    })
  })

  it('answers a film with its people and similar films, and says which is not there', async () => {
    await withHost(films, async (host) => {
      const found = await host.movie(4, 'en-US', never)
      assert.ok(found.ok)
      assert.deepEqual(found.value.people, [{ name: 'Director 4', role: 'director', as: 'Director' }])
      assert.deepEqual(
        found.value.similar.map(({ id }) => id),
        [9],
      )
      const missing = await host.movie(3, 'en-US', never)
      assert.ok(!missing.ok && missing.failure.code === 'movie-api-not-found')
    })
  })

  it('tells a refused key and a stalled API apart, within the deadline and without the key', async () => {
    await withHost(
      (_request, response) => answerJson(response, { status_code: 7, status_message: 'Bad secret-key' }, 401),
      async (host) => {
        const refused = await host.search(params({ strategy: 'threads' }), never)
        assert.ok(!refused.ok && refused.failure.code === 'movie-api-unauthorized')
        assert.ok(!refused.failure.detail.includes('secret-key'))
        assert.match(refused.failure.detail, /Check TMDB_TOKEN/)
      },
    )
    await withHost(
      () => undefined,
      async (host) => {
        for (const details of ['true', 'false']) {
          const late = await host.search(params({ details }), never)
          assert.ok(!late.ok && late.failure.code === 'movie-api-timeout', JSON.stringify(late))
          assert.match(late.failure.detail, /Try again/)
        }
      },
      { deadlineMs: 2500 },
    )
  })

  it('ends the requests of a search that nobody waits for any more', async () => {
    await withHost(
      () => undefined,
      async (host, api) => {
        const impatient = new AbortController()
        const asked = host.search(params({ strategy: 'threads' }), impatient.signal)
        await until(() => api.requests.length === 1)
        impatient.abort()
        const left = await asked
        assert.ok(!left.ok && left.failure.code === 'movie-api-cancelled')
        await api.released()
      },
    )
  })

  it('killed during a search it is started again and the search repeated once', async () => {
    let kills = 0
    await withHost(
      (request, response, number) => {
        if (number > kills) films(request, response, number)
      },
      async (host, api) => {
        for (const [times, expected] of [
          [1, 'found'],
          [2, 'movie-api-crashed'],
        ] as const) {
          const before = api.requests.length
          kills = before + times
          const asked = host.search(params({ details: 'false', query: `heat ${times}` }), never)
          for (let kill = 1; kill <= times; kill += 1) {
            await until(() => api.requests.length === before + kill)
            process.kill(pidOf(host), 'SIGKILL')
          }
          const found = await asked
          assert.equal(found.ok ? 'found' : found.failure.code, expected)
        }
      },
    )
  })

  it('leaves no process behind when it is stopped', async () => {
    let tree: number[] = []
    await withHost(films, async (host) => {
      await host.search(params({ strategy: 'processes' }), never)
      tree = await processTree(pidOf(host))
      assert.equal(tree.length, 3, 'itself and two workers')
    })
    await until(() => tree.every((pid) => !isRunning(pid)))
  })
})

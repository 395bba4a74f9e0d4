/** The client against servers that behave: what is sent, how often, and what is understood of the answer. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { answerJson, emptyPage, startTestApi } from './misbehaving-api.ts'
import { clientOf, it, KEY, TOKEN } from './movie-client-fixture.ts'

describe('a movie API that behaves', () => {
  it('after a 429 the request is sent again and succeeds', async () => {
    await using api = await startTestApi((_request, response, number) =>
      number === 1 ? answerJson(response, { status_code: 25 }, 429) : answerJson(response, emptyPage),
    )
    await using client = clientOf(api)
    const result = await client.search({ query: 'heat' })
    assert.deepEqual(result, { ok: true, value: { page: 1, totalPages: 1, totalResults: 0, movies: [] } })
    assert.equal(api.requests.length, 2)
  })

  it('a 32-digit key travels in the query, a token as bearer', async () => {
    await using api = await startTestApi((_request, response) => answerJson(response, emptyPage))
    await using withKey = clientOf(api, { token: KEY })
    await using withToken = clientOf(api)
    await withKey.search({ query: 'a&b=c%', page: 2, year: 1995, language: 'ru-RU' })
    await withToken.search({ query: 'heat' })
    const sent = new URLSearchParams(api.requests[0]?.split('?')[1])
    assert.deepEqual(
      [sent.get('query'), sent.get('page'), sent.get('year'), sent.get('language'), sent.get('api_key')],
      ['a&b=c%', '2', '1995', 'ru-RU', KEY],
    )
    assert.equal(api.headers[0]?.authorization, undefined)
    assert.equal(api.headers[1]?.authorization, `Bearer ${TOKEN}`)
    assert.ok(!api.requests[1]?.includes('api_key'))
  })

  it('never has more requests under way than connections, and the deadline does not run in the queue', async (t) => {
    const held: (() => void)[] = []
    await using api = await startTestApi((_request, response) => held.push(() => answerJson(response, emptyPage)))
    await using client = clientOf(api, { connections: 2, deadlineMs: 300 })
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const asked = Array.from({ length: 12 }, (_, at) => client.search({ query: `film ${at}` }))
    // Each pair takes two thirds of the deadline, so whoever comes second has asked longer ago than the deadline is long.
    for (let sent = 2; sent <= asked.length; sent += 2) {
      while (held.length < sent) await new Promise((resolve) => setImmediate(resolve))
      t.mock.timers.tick(200)
      for (const answer of held.slice(sent - 2, sent)) answer()
      await Promise.all(asked.slice(sent - 2, sent))
    }
    const results = await Promise.all(asked)
    assert.ok(results.every((result) => result.ok))
    assert.equal(api.mostAtOnce(), 2)
  })

  it('sends equal requests under way once, and again when they are over', async () => {
    await using api = await startTestApi((_request, response) => answerJson(response, emptyPage))
    await using client = clientOf(api)
    await Promise.all([
      client.search({ query: 'heat' }),
      client.search({ query: 'heat' }),
      client.search({ query: 'ran' }),
    ])
    assert.equal(api.requests.length, 2)
    await client.search({ query: 'heat' })
    assert.equal(api.requests.length, 3)
  })

  it('with a cache an answer is asked for once, a broken one again', async () => {
    await using api = await startTestApi((_request, response, number) =>
      number === 1 ? response.end('<html>') : answerJson(response, emptyPage),
    )
    await using client = clientOf(api, { cache: { maxAgeMs: 60_000, maxBytes: 1_000_000 } })
    const results = []
    for (let turn = 0; turn < 4; turn += 1) results.push((await client.search({ query: 'heat' })).ok)
    assert.deepEqual(results, [false, true, true, true])
    assert.equal(api.requests.length, 2)
  })

  it('a cancelled caller is answered at once; the request ends when nobody wants it any more', async () => {
    await using api = await startTestApi(() => undefined)
    const client = clientOf(api)
    const [first, second] = [new AbortController(), new AbortController()]
    const asked = [
      client.search({ query: 'heat' }, { signal: first.signal }),
      client.search({ query: 'heat' }, { signal: second.signal }),
    ]
    while (api.requests.length === 0) await new Promise((resolve) => setImmediate(resolve))
    first.abort()
    const left = await asked[0]
    assert.ok(left && !left.ok && left.failure.code === 'cancelled')
    assert.equal(client.stats.running, 1)
    second.abort()
    const also = await asked[1]
    assert.ok(also && !also.ok && also.failure.code === 'cancelled')
    await api.released()
    await client[Symbol.asyncDispose]()
  })

  it('keeps to its allowance, and reports what it waited for', async () => {
    await using api = await startTestApi((_request, response) => answerJson(response, emptyPage))
    await using client = clientOf(api, { rate: { slotMs: 12.5, cycle: 1, own: [0], clients: 1, client: 0 } })
    const spans: string[] = []
    const observer = { nowUs: () => performance.now() * 1000, span: (name: string) => void spans.push(name) }
    const startedMs = performance.now()
    await Promise.all(Array.from({ length: 6 }, (_, at) => client.search({ query: `film ${at}` }, { observer })))
    assert.ok(performance.now() - startedMs >= 49, 'four whole slots between the first and the last')
    assert.equal(spans.filter((name) => name === 'rate limit').length, 6)
  })

  it('tolerates unknown keys and films without date, poster, votes or credits', async () => {
    await using api = await startTestApi((request, response) =>
      request.url?.startsWith('/3/search')
        ? answerJson(response, {
            page: 1,
            results: [{ id: 5, title: 'Untold', release_date: '', poster_path: null, softcore: false }],
            total_pages: 1,
            total_results: 1,
            more: {},
          })
        : answerJson(response, { id: 5, title: 'Untold', runtime: 0, budget: 0, revenue: null }),
    )
    await using client = clientOf(api)
    const unknown = {
      id: 5,
      title: 'Untold',
      originalTitle: 'Untold',
      releaseDate: null,
      year: null,
      overview: '',
      posterUrl: null,
      genres: [],
      runtimeMinutes: null,
      voteAverage: null,
      voteCount: 0,
      budget: null,
      revenue: null,
      directors: [],
      cast: [],
    }
    const page = await client.search({ query: 'untold' })
    assert.deepEqual(page.ok && page.value.movies, [unknown])
    assert.deepEqual(await client.movie(5), { ok: true, value: { movie: unknown, people: [] } })
  })

  it('reads genres, configuration and recommendations, of which a page may hold 21', async () => {
    const results = Array.from({ length: 21 }, (_, at) => ({ id: at + 1, title: `Film ${at}`, media_type: 'movie' }))
    const images = { secure_base_url: 'https://images.example/t/p/', poster_sizes: ['w92', 'original'], base_url: '' }
    await using api = await startTestApi((request, response) => {
      const route = new URL(request.url ?? '', 'http://x').pathname
      if (route === '/3/genre/movie/list') answerJson(response, { genres: [{ id: 18, name: 'Drama' }] })
      else if (route === '/3/configuration') answerJson(response, { change_keys: [], images })
      else answerJson(response, { page: 1, results, total_pages: 2, total_results: 42 })
    })
    await using client = clientOf(api)
    assert.deepEqual(await client.genres('ru'), { ok: true, value: [{ id: 18, name: 'Drama' }] })
    assert.deepEqual(await client.configuration(), {
      ok: true,
      value: { imageBaseUrl: images.secure_base_url, posterSizes: images.poster_sizes },
    })
    const recommended = await client.recommendations(7)
    assert.equal(recommended.ok && recommended.value.length, 21)
    assert.deepEqual(api.requests, [
      '/3/genre/movie/list?language=ru',
      '/3/configuration',
      '/3/movie/7/recommendations',
    ])
  })
})

/** The execution of movie-search against a real movie API of the test's own, with real threads and processes. */
import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import { describe, test } from 'node:test'
import type { Sample } from '#lib/contract/run-event.ts'
import type { CounterSeries, Lane, Span } from '#lib/contract/trace.ts'
import { type MovieSearchRunParams, movieSearch, movieSearchResultSchema } from '#lib/experiments/movie-search.ts'
import { type Answer, answerJson, startTestApi } from '#lib/movies/misbehaving-api.ts'
import type { MovieApiSettings } from '#lib/movies/settings.ts'
import { createRunClock } from '../measuring/run-clock.ts'
import { openMovieApi } from '../movie-api/movie-api-fixture.ts'
import { silentEmitter } from './derive-emitter.ts'
import { handler } from './movie-search.ts'
import { RunFailure } from './run-context.ts'

const FILMS = 6

const film = (id: number, more: object = {}) => ({ id, title: `Film ${id}`, release_date: '1995-12-15', ...more })

const films: Answer = (request, response) => {
  const url = new URL(request.url ?? '', 'http://x')
  const results = Array.from({ length: FILMS }, (_, index) => film(index + 1))
  const body = url.pathname.startsWith('/3/search')
    ? { page: 1, results, total_pages: 1, total_results: FILMS }
    : film(Number(url.pathname.split('/').at(-1)), { runtime: 100 })
  setTimeout(() => answerJson(response, body), 10)
}

const newlyTold = () => ({
  lanes: [] as Lane[],
  spans: [] as Span[],
  counters: [] as CounterSeries[],
  samples: [] as Sample[],
})

/** Executes against that API; resolves with the result or the error. */
const execute = (
  movieApi: MovieApiSettings,
  params: Partial<MovieSearchRunParams>,
  told = newlyTold(),
  signal = new AbortController().signal,
) =>
  handler({
    runId: 'test',
    params: movieSearch.params.parse({ query: 'heat', workers: 2, rounds: 2, warmup: 1, ...params }),
    machine: { cpus: availableParallelism(), model: '', memoryBytes: 1, os: '', node: '' },
    clock: createRunClock(),
    emit: {
      ...silentEmitter,
      lane: (lane) => told.lanes.push(lane),
      spans: ({ spans }) => told.spans.push(...spans),
      counters: (series) => told.counters.push(...series),
      sample: (sample) => told.samples.push(sample),
    },
    signal,
    movieApi,
    folder: '',
    onCommand: () => () => undefined,
  }).then(
    (result) => ({ result, error: null }),
    (error: unknown) => ({ result: null, error }),
  )

const run = async (
  answer: Answer,
  params: Partial<MovieSearchRunParams>,
  onRequest?: (number: number, lanes: readonly Lane[], controller: AbortController) => void,
) => {
  const controller = new AbortController()
  const told = newlyTold()
  await using api = await startTestApi((request, response, number) => {
    onRequest?.(number, told.lanes, controller)
    answer(request, response, number)
  })
  const movieApi = { mode: 'custom', baseUrl: api.baseUrl, token: 'secret-key', requestsPerSecond: null } as const
  const outcome = await execute(movieApi, params, told, controller.signal)
  // The workers have ended with the run, and their connections with them.
  await api.released()
  return { ...outcome, ...told, requests: api.requests, aborted: controller.signal.aborted }
}

/** A limit for each test: one for all would be shorter the more there are. */
const it = (name: string, body: () => Promise<void>) => test(name, { timeout: 60_000 }, body)

describe('movie-search', () => {
  it('sends the same requests by every strategy in every round, and gets the same answer', async () => {
    const { result, requests, lanes, spans, counters, samples } = await run(films, {})
    assert.ok(result)
    movieSearchResultSchema.parse(result)
    assert.equal(requests.length, 4 * 3 * (1 + FILMS))
    assert.equal(new Set(requests).size, 1 + FILMS, 'nothing else is asked for')
    assert.equal(result.movies.length, FILMS)
    assert.ok(result.movies.every(({ runtimeMinutes }) => runtimeMinutes === 100))
    const { entries, baseline } = result.comparison
    assert.equal(baseline, 'sequential')
    assert.deepEqual(
      entries.map(({ key, requests: sent, failed, samplesMs }) => [key, sent, failed, samplesMs.length]),
      ['sequential', 'async', 'threads', 'processes'].map((key) => [key, 1 + FILMS, 0, 2]),
    )
    assert.equal(new Set(entries.map(({ checksum }) => checksum)).size, 1)
    assert.ok(entries[0]?.checksum)
    assert.ok(entries.every(({ startupMs, cpuMs, modelMs }) => startupMs > 0 && cpuMs > 0 && (modelMs ?? 0) > 0))
    assert.deepEqual(result.model?.source, 'measured')
    assert.equal(samples.length, 4 * 3)
    assert.equal(lanes.length, 1 + 1 + 2 + 2)
    assert.equal(spans.filter(({ kind }) => kind === 'io').length, requests.length)
    assert.equal(new Set(spans.filter(({ kind }) => kind === 'startup').map(({ lane }) => lane)).size, lanes.length)
    for (const { group, values } of counters) {
      assert.ok(Math.max(...values) <= (group === 'sequential' ? 1 : 2))
      assert.equal(values.at(-1), 0)
    }
  })

  it('shows the rest where a film fails, and counts what failed', async () => {
    const { result } = await run(
      (request, response, number) =>
        request.url?.startsWith('/3/movie/4') ? answerJson(response, {}, 404) : films(request, response, number),
      { strategies: ['async', 'threads'], rounds: 1, warmup: 0 },
    )
    assert.ok(result)
    assert.equal(result.movies.length, FILMS)
    assert.deepEqual(
      result.failures.map(({ movieId, code }) => [movieId, code]),
      [[4, 'not-found']],
    )
    assert.deepEqual(
      result.comparison.entries.map(({ failed }) => failed),
      [1, 1],
    )
    assert.ok(result.findings.some(({ code, values }) => code === 'some-failed' && values.failed === 2))
  })

  it('names a film that failed in one round alone, and a page that never came', async () => {
    let asked = 0
    const { result } = await run(
      (request, response, number) => {
        if (request.url?.includes('page=2')) answerJson(response, {}, 404)
        else if (request.url?.startsWith('/3/movie/4') && ++asked === 1) answerJson(response, {}, 404)
        else films(request, response, number)
      },
      { strategies: ['async'], pages: 2, rounds: 3, warmup: 0 },
    )
    assert.ok(result)
    assert.deepEqual(
      result.failures.map(({ movieId, code }) => [movieId, code]),
      [[4, 'not-found']],
    )
    assert.ok(result.movies.every(({ runtimeMinutes }) => runtimeMinutes === 100))
    assert.deepEqual(
      result.pageFailures.map(({ page, code }) => [page, code]),
      [[2, 'not-found']],
    )
    assert.equal(result.comparison.entries[0]?.failed, 4)
  })

  it('fails as crashed where a worker is killed, and leaves none of the others', async () => {
    let lanes: readonly Lane[] = []
    const { error } = await run(films, { strategies: ['async', 'processes'], rounds: 20 }, (number, known) => {
      lanes = known
      const [victim] = known.filter(({ kind }) => kind === 'process')
      if (number === 20 && victim?.pid) process.kill(victim.pid, 'SIGKILL')
    })
    assert.ok(error instanceof RunFailure)
    assert.equal(error.code, 'crashed')
    assert.match(error.message, /A worker of processes ended/)
    const pids = lanes.flatMap(({ kind, pid }) => (kind === 'process' && pid !== null ? [pid] : []))
    assert.equal(pids.length, 2)
    for (const pid of pids) assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' })
  })

  it('shows what came where the embedded API refuses, breaks off and limits, as it was asked to', async () => {
    await using api = await openMovieApi()
    const { result, error } = await execute(
      { mode: 'embedded', baseUrl: api.url, token: 'any', requestsPerSecond: null },
      {
        query: 'star',
        strategies: ['async', 'threads'],
        workers: 4,
        latencyMs: 1,
        rateLimitPerSecond: 40,
        errorShare: 0.5,
        resetShare: 0.3,
        rounds: 3,
        warmup: 0,
      },
    )
    assert.equal(error, null)
    assert.ok(result && result.movies.length > 0)
    // Of a request's four attempts all fail with .8⁴: of a hundred and more requests some do.
    assert.ok(result.failures.length > 0)
    assert.ok(result.failures.every(({ code }) => code === 'unavailable' || code === 'rate-limited'))
    const found = result.findings.map(({ code }) => code)
    assert.ok(found.includes('some-failed') && found.includes('rate-limit-emulated'))
  })

  it('fails with the cause where the movie API refuses the key, which is not in the message', async () => {
    const { error } = await run(
      (_request, response) => answerJson(response, { status_message: 'No, secret-key' }, 401),
      {},
    )
    assert.ok(error instanceof RunFailure)
    assert.equal(error.code, 'movie-api')
    assert.match(error.message, /unauthorized: .*401/)
    assert.ok(!error.message.includes('secret-key'))
  })

  it('fails where two strategies are told different things of a film', async () => {
    let turn = 0
    const { error } = await run(
      (request, response, number) => {
        if (!request.url?.startsWith('/3/movie/1?')) films(request, response, number)
        else answerJson(response, film(1, { runtime: 100 + turn++ }))
      },
      { strategies: ['async', 'threads'], rounds: 1, warmup: 0 },
    )
    assert.ok(error instanceof RunFailure && error.code === 'checksum-mismatch')
  })

  it('stops everything when it is cancelled in the middle of a round', async () => {
    const { error, requests } = await run(
      (request, response, number) => {
        if (number < 10) films(request, response, number)
      },
      {},
      (number, _, controller) => {
        if (number === 10) controller.abort(new Error('cancelled by the test'))
      },
    )
    assert.ok(error instanceof Error && error.message === 'cancelled by the test')
    assert.ok(requests.length <= 12, 'nothing new is asked for')
  })
})

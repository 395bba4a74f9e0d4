/**
 * Answers what a person asks: a search by the chosen strategy, a search without details for type-ahead, one film with people
 * and similar films. Type-ahead and films come from one client with a cache; a search with details always asks for
 * everything, since it shows how long that takes.
 */
import type { MovieDetails, MovieSearchResponse } from '#lib/contract/movie.ts'
import type { DetailsRequest, SearchRequest } from '#lib/contract/search-message.ts'
import type { Lane, Span } from '#lib/contract/trace.ts'
import { type Fetched, failed, fetched } from '#lib/movies/fetched.ts'
import { MovieClient } from '#lib/movies/movie-client.ts'
import { Permits } from '#lib/movies/permits.ts'
import { rateShare } from '#lib/movies/rate-share.ts'
import type { MovieApiSettings } from '#lib/movies/settings.ts'
import type { Executor } from '../executors/executor.ts'
import { type FanOut, fanOut } from './fan-out.ts'
import { WarmExecutors } from './warm-executors.ts'
import { workerClient } from './worker-client.ts'

const CONNECTIONS = 6
const CACHE = { maxAgeMs: 10 * 60_000, maxBytes: 16_000_000 }

const HOST_LANE: Lane = {
  id: 'host/event-loop-1',
  group: 'host',
  kind: 'event-loop',
  index: 1,
  name: 'search host',
  pid: process.pid,
  tid: 0,
}

export class InteractiveSearch implements AsyncDisposable {
  readonly #originNs = process.hrtime.bigint()
  readonly #warm = new WarmExecutors({ originNs: this.#originNs })
  // All searches with details have the same share of an allowance: where there is one, one search has it at a time.
  readonly #allowance = new Permits(1)
  #client: { key: string; client: MovieClient } | null = null

  async search(request: SearchRequest, signal: AbortSignal): Promise<Fetched<MovieSearchResponse>> {
    return request.details ? await this.#searchWithDetails(request, signal) : await this.#searchOnly(request, signal)
  }

  async details(request: DetailsRequest, signal: AbortSignal): Promise<Fetched<MovieDetails>> {
    const client = this.#clientOf(request.movieApi)
    const [film, similar] = await Promise.all([
      client.movie(request.movieId, request.language, { signal }),
      client.recommendations(request.movieId, request.language, { signal }),
    ])
    if (!film.ok) return film
    const { movie, people } = film.value
    if (similar.ok) return fetched({ ...movie, people, similar: similar.value, similarFailure: null })
    // A film is worth showing without its neighbours.
    const { code, message } = similar.failure
    return fetched({ ...movie, people, similar: [], similarFailure: { code, message } })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.#warm[Symbol.asyncDispose](), this.#client?.client[Symbol.asyncDispose]()])
  }

  async #searchOnly(request: SearchRequest, signal: AbortSignal): Promise<Fetched<MovieSearchResponse>> {
    const startedUs = this.#nowUs()
    const page = await this.#clientOf(request.movieApi).search(request, { signal })
    if (!page.ok) return page
    const duration = this.#nowUs() - startedUs
    const span: Span = { lane: HOST_LANE.id, name: `search, page ${request.page}`, kind: 'io', start: 0, duration }
    return fetched({
      ...echoOf(request),
      page: page.value.page,
      totalPages: page.value.totalPages,
      totalResults: page.value.totalResults,
      elapsedMs: duration / 1000,
      results: page.value.movies,
      failures: [],
      trace: { lanes: [HOST_LANE], spans: [span] },
    })
  }

  async #searchWithDetails(request: SearchRequest, signal: AbortSignal): Promise<Fetched<MovieSearchResponse>> {
    const beganUs = this.#nowUs()
    using loan = await this.#warm.borrow(request.strategy, request.workers, signal)
    if (loan === null) return failed('cancelled', 'cancelled before it was sent')
    const { executor, spans: startupSpans } = loan.searching
    const limited = request.movieApi.requestsPerSecond !== null
    if (limited && !(await this.#allowance.acquire(signal))) return failed('cancelled', 'cancelled before it was sent')
    let answer: FanOut
    let sentUs = this.#nowUs()
    const ask = (): Promise<FanOut> => {
      sentUs = this.#nowUs()
      return fanOut(executor, {
        client: workerClient(request.movieApi, 'search', executor.strategy, executor.workers),
        query: { query: request.query, year: request.year, language: request.language },
        firstPage: request.page,
        pages: 1,
        signal,
      })
    }
    try {
      answer = await ask()
      // Whoever died has been replaced.
      if (answer.workerDied !== null && !signal.aborted) answer = await ask()
    } finally {
      if (limited) this.#allowance.release()
    }
    if (answer.found === null) {
      const [failure] = answer.pageFailures
      return failure ? { ok: false, failure } : failed('crashed', 'the search was not answered')
    }
    const spans = [...(loan.fresh ? startupSpans : []), ...answer.spans]
    return fetched({
      ...echoOf(request),
      page: answer.found.page,
      totalPages: answer.found.totalPages,
      totalResults: answer.found.totalResults,
      elapsedMs: answer.elapsedMs,
      results: answer.movies,
      failures: answer.failures,
      trace: { lanes: lanesOf(executor, spans), spans: sinceSearchBegan(spans, loan.fresh ? beganUs : sentUs) },
    })
  }

  #nowUs(): number {
    return Number(process.hrtime.bigint() - this.#originNs) / 1000
  }

  /** The embedded API has another port after a restart: then the former client is of no use. */
  #clientOf(settings: MovieApiSettings): MovieClient {
    const key = `${settings.baseUrl} ${settings.token}`
    if (this.#client?.key === key) return this.#client.client
    const former = this.#client?.client
    const client = new MovieClient({
      baseUrl: settings.baseUrl,
      token: settings.token,
      connections: CONNECTIONS,
      rate: rateShare(settings, 'browsing', 1),
      cache: CACHE,
    })
    this.#client = { key, client }
    former?.[Symbol.asyncDispose]().catch((error: unknown) => console.error('closing the former client:', error))
    return client
  }
}

const echoOf = ({ query, strategy, workers }: SearchRequest) => ({ query, strategy, workers })

/** The workers there are now, and those before them that still did something in this search. */
const lanesOf = (executor: Executor, spans: readonly Span[]): Lane[] => {
  const lanes = executor.lanes()
  const threads = executor.strategy === 'threads' || executor.strategy === 'processes' ? executor.workers : 1
  const used = new Set(spans.map(({ lane }) => lane))
  return lanes.filter((lane, index) => index >= lanes.length - threads || used.has(lane.id))
}

const sinceSearchBegan = (spans: readonly Span[], beganUs: number): Span[] =>
  spans.map((span) => ({ ...span, start: Math.max(0, span.start - beganUs) }))

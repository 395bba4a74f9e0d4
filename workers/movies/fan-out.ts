/**
 * What a search becomes: one request per page of results, then one per film for its details, by any executor. What fails is
 * named beside what was found; a film whose details failed is still shown as the search told it.
 */
import type { Movie, MovieFailure } from '#lib/contract/movie.ts'
import type { Span } from '#lib/contract/trace.ts'
import type { ApiFailure, Fetched } from '#lib/movies/fetched.ts'
import type { MoviePage, MovieQuery } from '#lib/movies/movie-client.ts'
import type { Executor, TaskOutcome, TaskReport } from '../executors/executor.ts'
import { spansOf } from '../executors/spans-of.ts'
import { detailsTask, pageTask } from './movie-requests.ts'
import type { WorkerClient } from './worker-clients.ts'

export interface FanOutOptions {
  client: WorkerClient
  query: Omit<MovieQuery, 'page'>
  firstPage: number
  pages: number
  signal: AbortSignal
  /** Of the spans. */
  round?: number
}

export interface FanOut {
  /** In the order of the results. */
  movies: Movie[]
  /** Films of which only what the search tells is known. */
  failures: MovieFailure[]
  /** The page of the first request that was answered; null when none was. */
  found: Pick<MoviePage, 'page' | 'totalPages' | 'totalResults'> | null
  pageFailures: (ApiFailure & { page: number })[]
  /** What ended a thread or process in the middle of a request; null when none died. */
  workerDied: string | null
  /** Films with their details, for comparing answers. */
  complete: Movie[]
  /** Requests in each of the two phases: the films' begin when the pages are there. */
  phases: [pages: number, films: number]
  elapsedMs: number
  reports: TaskReport[]
  spans: Span[]
}

const answerOf = <Value>(outcome: TaskOutcome<Fetched<Value>>): Fetched<Value> => {
  if (outcome.ok) return outcome.value
  const code = outcome.error.code === 'cancelled' ? 'cancelled' : 'crashed'
  return { ok: false, failure: { code, message: `${outcome.error.name}: ${outcome.error.message}` } }
}

export const fanOut = async (executor: Executor, options: FanOutOptions): Promise<FanOut> => {
  const { client, query, firstPage, pages, signal, round } = options
  const startedMs = performance.now()

  const numbers = Array.from({ length: pages }, (_, index) => firstPage + index)
  const pageOutcomes = await executor.map(
    pageTask,
    numbers.map((page) => ({ client, query: { ...query, page } })),
    { signal },
  )
  const answered = pageOutcomes.map(answerOf)
  // A film may stand on two pages, when the ranking moved between the requests.
  const films = new Map<number, Movie>()
  for (const page of answered) {
    if (page.ok) for (const movie of page.value.movies) films.set(movie.id, films.get(movie.id) ?? movie)
  }

  const listed = [...films.values()]
  const detailsOutcomes = await executor.map(
    detailsTask,
    listed.map(({ id }) => ({ client, movieId: id, language: query.language })),
    { signal },
  )
  const elapsedMs = performance.now() - startedMs

  const failures: MovieFailure[] = []
  const complete: Movie[] = []
  const movies = listed.map((known, index) => {
    const outcome = detailsOutcomes[index]
    const details = outcome && answerOf(outcome)
    if (details?.ok) {
      complete.push(details.value)
      return details.value
    }
    if (details) failures.push({ movieId: known.id, code: details.failure.code, message: details.failure.message })
    return known
  })
  const workerDied =
    [...pageOutcomes, ...detailsOutcomes].flatMap((outcome) =>
      !outcome.ok && outcome.error.code === 'worker-died' ? [outcome.error.message] : [],
    )[0] ?? null
  const firstAnswered = answered.find((page) => page.ok)
  return {
    movies,
    failures,
    found: firstAnswered?.ok ? firstAnswered.value : null,
    pageFailures: answered.flatMap((page, index) => (page.ok ? [] : [{ ...page.failure, page: firstPage + index }])),
    workerDied,
    complete,
    phases: [pages, listed.length],
    elapsedMs,
    reports: [...pageOutcomes, ...detailsOutcomes].map(({ report }) => report),
    spans: [
      ...spansOf(executor, pageOutcomes, { name: (index) => `search, page ${firstPage + index}`, kind: 'io', round }),
      ...spansOf(executor, detailsOutcomes, { name: (index) => listed[index]?.title ?? '', kind: 'io', round }),
    ],
  }
}

/**
 * The server's side of interactive searches: asks the search host, within a deadline, and once more where the host died
 * meanwhile. Never rejects: what failed is an outcome whose code says which HTTP status it is.
 */
import { fail, type Outcome, succeed } from '../contract/failure.ts'
import type { MovieDetails, MovieSearchParams, MovieSearchResponse } from '../contract/movie.ts'
import { type FromSearchHost, fromSearchHostSchema, type ToSearchHost } from '../contract/search-message.ts'
import type { MovieApiSettings } from '../movies/settings.ts'
import { type Program, SupervisedProcess } from './supervised-process.ts'

const DEADLINE_MS = 20_000
/** The host answers at the deadline itself; a host that does not even do that is not waited for longer. */
const GRACE_MS = 500
/** More than people at one laboratory type at once. */
const MAX_UNDER_WAY = 64

export interface SearchHostOptions {
  /** workers/search-host.ts. */
  program: Program
  /** Resolves when it is known where the movie API is, or when `signal` is aborted. */
  movieApi: (signal: AbortSignal) => Promise<MovieApiSettings>
  /** A search was answered: a run that is measuring has been disturbed by it. */
  answered?: () => void
  deadlineMs?: number
}

type Answer = Exclude<FromSearchHost, { type: 'ready' }> | { type: 'died' }
type Failed = Extract<FromSearchHost, { type: 'failed' }>['failure']
/** What is asked, without what is added to every request. */
type Asking =
  | Omit<Extract<ToSearchHost, { type: 'search' }>, 'id' | 'deadlineMs' | 'movieApi'>
  | Omit<Extract<ToSearchHost, { type: 'details' }>, 'id' | 'deadlineMs' | 'movieApi'>

const TRY_AGAIN = 'Try again in a moment; if it stays so, check the movie API and, where it is set, MOVIE_API_URL.'
const CHECK_ADDRESS = 'Check that the address in MOVIE_API_URL is that of a TMDB v3 server.'

/** What to do about it; nothing where what happened says that already. */
const ADVICE: Partial<Record<Failed['code'], string>> = {
  timeout: TRY_AGAIN,
  unavailable: TRY_AGAIN,
  refused: TRY_AGAIN,
  unauthorized: 'Check TMDB_TOKEN and start the server again.',
  'invalid-response': CHECK_ADDRESS,
  'too-large': CHECK_ADDRESS,
  'rate-limited': 'Wait a little, or search with fewer workers.',
}

const outcomeOf = ({ code, message, retryAfterMs }: Failed): Outcome<never> => {
  const advice = ADVICE[code]
  return fail(
    `movie-api-${code}`,
    advice ? `${message}. ${advice}` : message,
    retryAfterMs === undefined ? {} : { retryAfter: retryAfterMs / 1000 },
  )
}

export class SearchHost {
  readonly #options: SearchHostOptions
  readonly #process: SupervisedProcess<FromSearchHost, true>
  readonly #waiting = new Map<number, (answer: Answer) => void>()
  #nextId = 0
  #stopped = false

  constructor(options: SearchHostOptions) {
    this.#options = options
    this.#process = new SupervisedProcess(options.program, {
      name: 'The search host',
      messages: fromSearchHostSchema,
      inService: (message) => (message.type === 'ready' ? true : null),
      message: (message) => {
        if (message.type !== 'ready') this.#waiting.get(message.id)?.(message)
      },
      died: () => this.#settleAll(),
    })
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  async search(params: MovieSearchParams, signal: AbortSignal): Promise<Outcome<MovieSearchResponse>> {
    const answer = await this.#ask({ type: 'search', ...params }, signal)
    if (!answer.ok) return answer
    this.#options.answered?.()
    if (answer.value.type !== 'found') return fail('internal', 'The search host answered something else.')
    return succeed(answer.value.response)
  }

  /** A film with people and similar films. `language` as TMDB writes it: 'en-US', 'ru'. */
  async movie(movieId: number, language: string, signal: AbortSignal): Promise<Outcome<MovieDetails>> {
    const answer = await this.#ask({ type: 'details', movieId, language }, signal)
    if (!answer.ok) return answer
    this.#options.answered?.()
    if (answer.value.type !== 'film') return fail('internal', 'The search host answered something else.')
    return succeed(answer.value.movie)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#process.stop()
    this.#settleAll()
  }

  async #ask(asking: Asking, caller: AbortSignal): Promise<Outcome<Exclude<Answer, { type: 'died' | 'failed' }>>> {
    if (this.#waiting.size >= MAX_UNDER_WAY) {
      return fail('movie-api-unavailable', `${MAX_UNDER_WAY} searches are under way already.`, { retryAfter: 2 })
    }
    const endsMs = performance.now() + (this.#options.deadlineMs ?? DEADLINE_MS)
    const deadline = AbortSignal.timeout(Math.ceil(endsMs - performance.now() + GRACE_MS))
    const signal = AbortSignal.any([caller, deadline])
    for (let attempt = 1; !this.#stopped; attempt += 1) {
      const movieApi = await this.#options.movieApi(signal)
      const ready = await this.#process.whenReady(signal)
      const deadlineMs = endsMs - performance.now()
      if (caller.aborted) return fail('movie-api-cancelled', 'The search was cancelled.')
      if (!ready || deadlineMs <= 0)
        return fail('movie-api-timeout', 'The search host did not come into service in time.')
      const answer = await this.#exchange({ ...asking, deadlineMs, movieApi }, signal)
      if (answer.type === 'failed') return outcomeOf(answer.failure)
      if (answer.type !== 'died') return succeed(answer)
      if (caller.aborted) return fail('movie-api-cancelled', 'The search was cancelled.')
      if (deadline.aborted) return fail('movie-api-timeout', 'The search host did not answer in time.')
      if (attempt > 1) break
    }
    return this.#stopped
      ? fail('shutting-down', 'The server is stopping.')
      : fail('movie-api-crashed', 'The search host ended twice during this search.')
  }

  /** One question and its answer; 'died' when the host died or `signal` was aborted before. */
  #exchange(
    request: Asking & { deadlineMs: number; movieApi: MovieApiSettings },
    signal: AbortSignal,
  ): Promise<Answer> {
    const id = this.#nextId++
    return new Promise((resolve) => {
      const settle = (answer: Answer): void => {
        this.#waiting.delete(id)
        signal.removeEventListener('abort', cancel)
        resolve(answer)
      }
      const cancel = (): void => {
        this.#process.send({ type: 'cancel', id } satisfies ToSearchHost)
        settle({ type: 'died' })
      }
      this.#waiting.set(id, settle)
      signal.addEventListener('abort', cancel)
      if (signal.aborted) cancel()
      else if (!this.#process.send({ ...request, id } satisfies ToSearchHost)) settle({ type: 'died' })
    })
  }

  #settleAll(): void {
    for (const settle of [...this.#waiting.values()]) settle({ type: 'died' })
  }
}

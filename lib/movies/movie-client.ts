/**
 * A client of TMDB v3: search, details with credits, recommendations, configuration, genres. Equal requests under way are
 * sent once; with a cache, equal requests later are not sent at all. Every failure is a value with a code.
 */
import type { z } from 'zod'
import type { Movie, Person } from '../contract/movie.ts'
import { type Fetched, failed, fetched } from './fetched.ts'
import { InFlight } from './in-flight.ts'
import { LruCache } from './lru-cache.ts'
import { movieOf, movieOfSearchItem, peopleOf } from './movie-of.ts'
import { tmdbConfigurationSchema, tmdbGenresSchema, tmdbMovieSchema, tmdbPageSchema } from './tmdb-schemas.ts'
import { type RequestOptions, Transport, type TransportOptions } from './transport.ts'

export interface MovieClientOptions extends TransportOptions {
  /** Answers are kept so long, up to `maxBytes`; left out, none are, as in every run. */
  cache?: { maxAgeMs: number; maxBytes: number }
}

export interface MovieQuery {
  query: string
  page?: number
  year?: number
  language?: string
}

export interface MoviePage {
  page: number
  totalPages: number
  totalResults: number
  movies: Movie[]
}

export class MovieClient implements AsyncDisposable {
  readonly #transport: Transport
  readonly #inFlight = new InFlight<Fetched<string>>()
  readonly #cache: LruCache<string> | null

  constructor(options: MovieClientOptions) {
    this.#transport = new Transport(options)
    this.#cache = options.cache
      ? new LruCache({
          maxAgeMs: options.cache.maxAgeMs,
          maxWeight: options.cache.maxBytes,
          weigh: (text) => 2 * text.length,
        })
      : null
  }

  get stats(): Transport['stats'] {
    return this.#transport.stats
  }

  /** Genre names, running times, money and people are not part of a search: these films have none. */
  async search(query: MovieQuery, options?: RequestOptions): Promise<Fetched<MoviePage>> {
    const params = new URLSearchParams({ query: query.query, page: String(query.page ?? 1), include_adult: 'false' })
    if (query.language !== undefined) params.set('language', query.language)
    if (query.year !== undefined) params.set('year', String(query.year))
    const page = await this.#get('/search/movie', params, tmdbPageSchema, options)
    if (!page.ok) return page
    return fetched({
      page: page.value.page,
      totalPages: page.value.total_pages,
      totalResults: page.value.total_results,
      movies: page.value.results.map(movieOfSearchItem),
    })
  }

  /** Details with credits, in one request. */
  async movie(
    id: number,
    language?: string,
    options?: RequestOptions,
  ): Promise<Fetched<{ movie: Movie; people: Person[] }>> {
    const params = new URLSearchParams({ append_to_response: 'credits' })
    if (language !== undefined) params.set('language', language)
    const film = await this.#get(`/movie/${id}`, params, tmdbMovieSchema, options)
    return film.ok ? fetched({ movie: movieOf(film.value), people: peopleOf(film.value) }) : film
  }

  async recommendations(id: number, language?: string, options?: RequestOptions): Promise<Fetched<Movie[]>> {
    const params = new URLSearchParams()
    if (language !== undefined) params.set('language', language)
    const page = await this.#get(`/movie/${id}/recommendations`, params, tmdbPageSchema, options)
    return page.ok ? fetched(page.value.results.map(movieOfSearchItem)) : page
  }

  async genres(language?: string, options?: RequestOptions): Promise<Fetched<{ id: number; name: string }[]>> {
    const params = new URLSearchParams()
    if (language !== undefined) params.set('language', language)
    const list = await this.#get('/genre/movie/list', params, tmdbGenresSchema, options)
    return list.ok ? fetched(list.value.genres) : list
  }

  async configuration(options?: RequestOptions): Promise<Fetched<{ imageBaseUrl: string; posterSizes: string[] }>> {
    const answer = await this.#get('/configuration', new URLSearchParams(), tmdbConfigurationSchema, options)
    if (!answer.ok) return answer
    const { secure_base_url, poster_sizes } = answer.value.images
    return fetched({ imageBaseUrl: secure_base_url, posterSizes: poster_sizes })
  }

  /** Ends every connection; what is under way fails. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#transport[Symbol.asyncDispose]()
  }

  async #get<Schema extends z.ZodType>(
    path: string,
    query: URLSearchParams,
    schema: Schema,
    options: RequestOptions = {},
  ): Promise<Fetched<z.output<Schema>>> {
    query.sort()
    const key = `${path}?${query}`
    const kept = this.#cache?.get(key)
    const text =
      kept === undefined
        ? await this.#inFlight.run(
            key,
            (signal) => this.#transport.get(path, query, { ...options, signal }),
            () => failed('cancelled', `GET ${path}: cancelled`),
            options.signal,
          )
        : fetched(kept)
    if (!text.ok) return text
    const parsed = parseAnswer(path, text.value, schema)
    // Only what could be read is kept, so that a broken answer is asked for again.
    if (parsed.ok && kept === undefined) this.#cache?.set(key, text.value)
    return parsed
  }
}

const parseAnswer = <Schema extends z.ZodType>(
  path: string,
  text: string,
  schema: Schema,
): Fetched<z.output<Schema>> => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    const kind = text.trimStart().startsWith('<') ? 'HTML' : 'no valid JSON'
    return failed('invalid-response', `GET ${path}: the answer is ${kind}; does the address lead to a TMDB v3 API?`)
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return fetched(parsed.data)
  const issue = parsed.error.issues[0]
  const place = issue && issue.path.length > 0 ? issue.path.join('.') : 'the answer'
  return failed('invalid-response', `GET ${path}: not as TMDB v3 answers: ${place}: ${issue?.message ?? 'unreadable'}`)
}

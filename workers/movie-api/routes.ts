/**
 * What the embedded movie API answers to a path and its parameters: TMDB v3's routes for films. Pure but for the search
 * in the catalogue; authentication, conditions and HTTP are elsewhere. Every input has an answer; nothing is thrown.
 */
import { CONFIGURATION } from './configuration.ts'
import { discoverMovies, orderMovies } from './discover-movies.ts'
import { nameGenre } from './genres.ts'
import type { CatalogueMovie, MovieCatalogue } from './movie-catalogue.ts'
import { type MovieResource, PAGED_RESOURCES, PLAIN_RESOURCES } from './movie-resources.ts'
import { serialiseDetails, serialiseListItem } from './movie-serialisers.ts'
import { makePage, readPage } from './result-page.ts'
import { INVALID_ID, INVALID_PAGE, NOT_FOUND, TOO_MANY_APPENDED } from './tmdb-errors.ts'

export interface Answer {
  status: number
  body: object
}

const MAX_APPENDED = 20

/** An average of few votes says little, so films with fewer are not among the top rated; TMDB does likewise. */
const TOP_RATED_VOTES = 10_000

const answer = (body: object): Answer => ({ status: 200, body })

const languageOf = (params: URLSearchParams): string => params.get('language') ?? 'en-US'

const own = (resources: Readonly<Record<string, MovieResource>>, name: string): MovieResource | undefined =>
  Object.hasOwn(resources, name) ? resources[name] : undefined

const list = (movies: readonly CatalogueMovie[], params: URLSearchParams): Answer => {
  const page = readPage(params)
  return page === null ? INVALID_PAGE : answer(makePage(movies, page, serialiseListItem))
}

const search = (catalogue: MovieCatalogue, params: URLSearchParams): Answer => {
  const yearText = params.get('primary_release_year') ?? params.get('year') ?? ''
  const year = /^\d{4}$/.test(yearText) ? Number(yearText) : null
  return list(catalogue.search(params.get('query') ?? '', year), params)
}

const details = (catalogue: MovieCatalogue, movie: CatalogueMovie, params: URLSearchParams): Answer => {
  const names = (params.get('append_to_response') ?? '').split(',').filter((name) => name !== '')
  if (names.length > MAX_APPENDED) return TOO_MANY_APPENDED
  const body: Record<string, unknown> = serialiseDetails(movie, languageOf(params))
  for (const name of names) {
    const paged = own(PAGED_RESOURCES, name)
    const page = paged ? readPage(params) : 1
    if (page === null) return INVALID_PAGE
    // A name that isn't known is left out without a word, as TMDB does.
    const resource = paged ?? own(PLAIN_RESOURCES, name)
    if (resource) body[name] = resource(movie, catalogue, page)
  }
  return answer(body)
}

const movieRoute = (catalogue: MovieCatalogue, rest: readonly string[], params: URLSearchParams): Answer => {
  const [idText = '', ...names] = rest
  // TMDB takes '603-the-matrix' for 603.
  const digits = /^(\d+)(?:-.*)?$/.exec(idText)?.[1]
  if (digits === undefined) return NOT_FOUND
  if (Number(digits) === 0) return INVALID_ID
  const movie = catalogue.movie(Number(digits))
  if (!movie) return NOT_FOUND
  const name = names.join('/')
  if (name === '') return details(catalogue, movie, params)
  const plain = own(PLAIN_RESOURCES, name)
  if (plain) return answer({ id: movie.id, ...plain(movie, catalogue, 1) })
  const paged = own(PAGED_RESOURCES, name)
  if (!paged) return NOT_FOUND
  const page = readPage(params)
  return page === null ? INVALID_PAGE : answer(paged(movie, catalogue, page))
}

/** `path` is what follows '/3', in segments: ['movie', '603', 'credits']. */
export const answerRoute = (catalogue: MovieCatalogue, path: readonly string[], params: URLSearchParams): Answer => {
  switch (path.join('/')) {
    case 'search/movie':
      return search(catalogue, params)
    case 'movie/popular':
      return list(orderMovies(catalogue.movies, 'popularity.desc'), params)
    case 'movie/top_rated':
      return list(
        orderMovies(
          catalogue.movies.filter(({ voteCount }) => voteCount >= TOP_RATED_VOTES),
          'vote_average.desc',
        ),
        params,
      )
    case 'discover/movie':
      return list(discoverMovies(catalogue.movies, params), params)
    case 'configuration':
      return answer(CONFIGURATION)
    case 'genre/movie/list':
      return answer({ genres: catalogue.genres.map((genre) => nameGenre(genre, languageOf(params))) })
  }
  return path[0] === 'movie' ? movieRoute(catalogue, path.slice(1), params) : NOT_FOUND
}

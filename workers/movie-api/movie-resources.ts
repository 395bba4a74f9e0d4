/**
 * What hangs below a film (`/movie/{id}/credits`) and can be appended to its details by the same name. Resources about
 * things the data doesn't know (images, videos, keywords …) have TMDB's shape and are empty.
 */
import type { CatalogueMovie, MovieCatalogue } from './movie-catalogue.ts'
import {
  serialiseCredits,
  serialiseListItem,
  serialiseRecommendation,
  serialiseReleaseDates,
} from './movie-serialisers.ts'
import { recommendMovies, similarMovies } from './related-movies.ts'
import { makePage } from './result-page.ts'

export type MovieResource = (movie: CatalogueMovie, catalogue: MovieCatalogue, page: number) => object

/** These read `page`, and their envelope has no `id`. */
export const PAGED_RESOURCES: Readonly<Record<string, MovieResource>> = {
  recommendations: (movie, { movies }, page) => makePage(recommendMovies(movie, movies), page, serialiseRecommendation),
  similar: (movie, { movies }, page) => makePage(similarMovies(movie, movies), page, serialiseListItem),
  reviews: (_movie, _catalogue, page) => makePage([], page, (review) => review),
  lists: (_movie, _catalogue, page) => makePage([], page, (list) => list),
}

/** Asked for alone, these begin with the film's `id`; appended, they don't have it. */
export const PLAIN_RESOURCES: Readonly<Record<string, MovieResource>> = {
  credits: serialiseCredits,
  release_dates: serialiseReleaseDates,
  images: () => ({ backdrops: [], logos: [], posters: [] }),
  alternative_titles: () => ({ titles: [] }),
  keywords: () => ({ keywords: [] }),
  translations: () => ({ translations: [] }),
  videos: () => ({ results: [] }),
  'watch/providers': () => ({ results: {} }),
  external_ids: () => ({ imdb_id: null, wikidata_id: null, facebook_id: null, instagram_id: null, twitter_id: null }),
}

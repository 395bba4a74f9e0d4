/**
 * Films that go with a film, from what the data knows: the director, shared genres, nearness in time, and, for
 * recommendations, votes. Pure and deterministic. A film that shares neither director nor genre is not related.
 */
import type { CatalogueMovie } from './movie-catalogue.ts'

/** TMDB gives two pages of recommendations. */
const MAX_RECOMMENDATIONS = 40

const sharedGenres = (a: CatalogueMovie, b: CatalogueMovie): number => {
  const shared = a.genres.filter(({ id }) => b.genres.some((genre) => genre.id === id)).length
  const all = a.genres.length + b.genres.length - shared
  return all === 0 ? 0 : shared / all
}

/** Above 0 where the two are related; nearness in time halves every seven years or so. */
const similarity = (a: CatalogueMovie, b: CatalogueMovie): number => {
  const director = a.director !== null && a.director.id === b.director?.id ? 1.5 : 0
  const genres = sharedGenres(a, b)
  if (director + genres === 0) return 0
  const nearness = a.year === 0 || b.year === 0 ? 0 : 2 ** (-Math.abs(a.year - b.year) / 7)
  return director + genres + nearness
}

const rankBy = (
  movie: CatalogueMovie,
  candidates: readonly CatalogueMovie[],
  score: (similarity: number, candidate: CatalogueMovie) => number,
): CatalogueMovie[] =>
  candidates
    .filter((candidate) => candidate.id !== movie.id)
    .map((candidate) => ({ candidate, similarity: similarity(movie, candidate) }))
    .filter((entry) => entry.similarity > 0)
    .map((entry) => ({ candidate: entry.candidate, score: score(entry.similarity, entry.candidate) }))
    .sort((a, b) => b.score - a.score || a.candidate.id - b.candidate.id)
    .map((entry) => entry.candidate)

/** What people who liked the film may like: related, and liked by many. */
export const recommendMovies = (movie: CatalogueMovie, candidates: readonly CatalogueMovie[]): CatalogueMovie[] =>
  rankBy(
    movie,
    candidates,
    (similarity, { voteCount, voteAverage }) => similarity * Math.log10(10 + voteCount) * (5 + voteAverage),
  ).slice(0, MAX_RECOMMENDATIONS)

/** Films of the same kind, liked or not. */
export const similarMovies = (movie: CatalogueMovie, candidates: readonly CatalogueMovie[]): CatalogueMovie[] =>
  rankBy(movie, candidates, (similarity) => similarity)

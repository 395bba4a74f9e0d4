import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Movie } from '#lib/contract/movie.ts'
import { movieChecksums } from './movie-checksums.ts'

const movie = (id: number, more: Partial<Movie> = {}): Movie => ({
  id,
  title: `Film ${id}`,
  originalTitle: `Film ${id}`,
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
  ...more,
})

const checksumsOf = (told: Record<string, Movie[]>) => [...movieChecksums(new Map(Object.entries(told))).values()]

test('the same films in another order, with other votes, more often, or with a failure are the same answer', () => {
  const [a, b] = checksumsOf({
    a: [movie(1), movie(2)],
    b: [movie(2, { voteCount: 7, voteAverage: 5 }), movie(1), movie(1), movie(3)],
  })
  assert.ok(a)
  assert.equal(a, b)
})

test('another fact of a film is another answer', () => {
  const [a, b] = checksumsOf({ a: [movie(1)], b: [movie(1, { directors: ['Somebody'] })] })
  assert.notEqual(a, b)
})

test('without a film in common there is nothing to compare', () => {
  assert.deepEqual(checksumsOf({ a: [movie(1)], b: [] }), [null, null])
})

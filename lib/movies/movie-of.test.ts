import assert from 'node:assert/strict'
import { test } from 'node:test'
import { movieOf, movieOfSearchItem, peopleOf } from './movie-of.ts'
import { tmdbMovieSchema, tmdbSearchItemSchema } from './tmdb-schemas.ts'

const film = (more: object) => tmdbMovieSchema.parse({ id: 1, title: 'Heat', ...more })

test('a film keeps what TMDB knows, people in their order', () => {
  const heat = film({
    original_title: 'Heat',
    overview: 'A thief and a detective.',
    poster_path: '/umSVjVdbVwtx5ryCA2QXL44Durm.jpg',
    release_date: '1995-12-15',
    vote_average: 7.9,
    vote_count: 7000,
    genres: [{ id: 28, name: 'Action' }],
    runtime: 170,
    budget: 60_000_000,
    revenue: 187_436_818,
    credits: {
      cast: [
        { name: 'Robert De Niro', character: 'Neil McCauley', order: 1 },
        { name: 'Al Pacino', character: 'Vincent Hanna', order: 0 },
        { name: 'Somebody' },
      ],
      crew: [
        { name: 'Dante Spinotti', job: 'Director of Photography' },
        { name: 'Michael Mann', job: 'Director' },
        { name: 'Michael Mann', job: 'Director' },
        { name: 'Michael Mann', job: 'Screenplay' },
      ],
    },
  })
  assert.deepEqual(movieOf(heat), {
    id: 1,
    title: 'Heat',
    originalTitle: 'Heat',
    releaseDate: '1995-12-15',
    year: 1995,
    overview: 'A thief and a detective.',
    posterUrl: 'https://image.tmdb.org/t/p/w342/umSVjVdbVwtx5ryCA2QXL44Durm.jpg',
    genres: ['Action'],
    runtimeMinutes: 170,
    voteAverage: 7.9,
    voteCount: 7000,
    budget: 60_000_000,
    revenue: 187_436_818,
    directors: ['Michael Mann'],
    cast: ['Al Pacino', 'Robert De Niro', 'Somebody'],
  })
  assert.deepEqual(
    peopleOf(heat).map(({ name, role, as }) => `${role}: ${name} (${as})`),
    [
      'director: Michael Mann (Director)',
      'cast: Al Pacino (Vincent Hanna)',
      'cast: Robert De Niro (Neil McCauley)',
      'cast: Somebody ()',
      'crew: Michael Mann (Screenplay)',
      'crew: Dante Spinotti (Director of Photography)',
    ],
  )
})

test('what TMDB writes as 0, empty or nonsense is unknown', () => {
  for (const release_date of ['', '0000-00-00', '2001-13-40', '1999', null]) {
    const { releaseDate, year } = movieOf(film({ release_date }))
    assert.deepEqual([releaseDate, year], [null, null])
  }
  const { runtimeMinutes, budget, revenue, voteAverage } = movieOf(
    film({ runtime: 0, budget: 0, revenue: 0, vote_average: 0 }),
  )
  assert.deepEqual([runtimeMinutes, budget, revenue, voteAverage], [null, null, null, null])
})

test("a poster's path leads nowhere but to TMDB's images", () => {
  for (const poster_path of [
    '//elsewhere.example/x.jpg',
    '/../x',
    'x.jpg',
    '/a b.jpg',
    'https://elsewhere.example/x.jpg',
  ]) {
    assert.equal(movieOfSearchItem(tmdbSearchItemSchema.parse({ id: 1, title: 'x', poster_path })).posterUrl, null)
  }
})

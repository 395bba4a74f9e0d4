/** A published TMDB client (moviedb-promise), pointed at the embedded movie API by nothing but its base URL. */
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { MovieDb } from 'moviedb-promise'
import { withConditions } from '#lib/movies/conditions.ts'
import { openMovieApi } from './movie-api-fixture.ts'

const api = await openMovieApi()
after(() => api[Symbol.asyncDispose]())

const client = (key = 'any', base = api.url) => new MovieDb(key, `${base}/`, 1_000)

const statusOf = (request: Promise<unknown>): Promise<unknown> =>
  request.then(
    () => 200,
    (error: { response?: { status?: number } }) => error.response?.status,
  )

describe('a published TMDB client', () => {
  it('searches, reads details, credits, images and recommendations', async () => {
    const found = await client().searchMovie({ query: 'leon' })
    const id = found.results?.[0]?.id
    assert.ok(id)
    const details = await client().movieInfo({ id, append_to_response: 'credits,images' })
    assert.equal(details.title, 'Léon')
    assert.equal(details.release_date, '1994-11-18')
    assert.deepEqual(details.genres, [{ id: 53, name: 'Thriller' }])
    const credits = await client().movieCredits(id)
    assert.equal(credits.crew?.[0]?.name, 'Luc Besson')
    assert.deepEqual((await client().movieImages({ id })).posters, [])
    assert.equal((await client().movieRecommendations({ id })).results?.length, 20)
    assert.equal((await client().movieSimilar({ id })).page, 1)
  })

  it('reads configuration, genres, lists and discoveries', async () => {
    assert.match((await client().configuration()).images.secure_base_url ?? '', /^https:/)
    assert.ok((await client().genreMovieList()).genres?.some(({ name }) => name === 'Western'))
    assert.equal((await client().moviePopular()).results?.length, 20)
    assert.equal((await client().movieTopRated()).results?.length, 20)
    assert.ok(((await client().discoverMovie({ with_genres: '37' })).total_results ?? 0) > 0)
  })

  it('meets the errors of the real service', async () => {
    assert.equal(await statusOf(client('invalid').configuration()), 401)
    assert.equal(await statusOf(client().movieInfo(999_999)), 404)
    assert.equal(await statusOf(client().searchMovie({ query: 'a', page: 501 })), 400)
  })

  it('meets conditions of its own by its base URL alone', async () => {
    const failing = client('any', withConditions(api.url, { latencyMs: 0, errors: 1 }))
    assert.equal(await statusOf(failing.configuration()), 500)
    assert.equal(await statusOf(client().configuration()), 200)
  })
})

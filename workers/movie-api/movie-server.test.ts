import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import fc from 'fast-check'
import { z } from 'zod'
import { openMovieApi } from './movie-api-fixture.ts'

const api = await openMovieApi()
const { ask, catalogue } = api
after(() => api[Symbol.asyncDispose]())

/** The body of a success, checked to have exactly the shape. */
const get = async <Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> => {
  const { status, body } = await ask(path)
  assert.equal(status, 200, path)
  return schema.parse(body)
}

const itemFields = {
  adult: z.literal(false),
  backdrop_path: z.null(),
  id: z.int().positive(),
  original_language: z.literal(''),
  original_title: z.string().min(1),
  overview: z.literal(''),
  popularity: z.number().nonnegative(),
  poster_path: z.null(),
  release_date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  title: z.string().min(1),
  video: z.literal(false),
  vote_average: z.number().min(0).max(10),
  vote_count: z.int().nonnegative(),
}
const itemSchema = z.strictObject({ ...itemFields, genre_ids: z.array(z.int()) })
const recommendationSchema = itemSchema.extend({ media_type: z.literal('movie') })
const genreSchema = z.strictObject({ id: z.int(), name: z.string() })
const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ page: z.int(), results: z.array(item), total_pages: z.int(), total_results: z.int() })
const detailsSchema = z.strictObject({
  ...itemFields,
  belongs_to_collection: z.null(),
  budget: z.int().nonnegative(),
  genres: z.array(genreSchema),
  homepage: z.literal(''),
  imdb_id: z.null(),
  origin_country: z.array(z.string()),
  production_companies: z.array(z.unknown()),
  production_countries: z.array(z.unknown()),
  revenue: z.int().nonnegative(),
  runtime: z.int().nonnegative(),
  spoken_languages: z.array(z.unknown()),
  status: z.literal('Released'),
  tagline: z.literal(''),
})
const creditsSchema = z.strictObject({
  cast: z.array(z.never()),
  crew: z.array(
    z.strictObject({
      adult: z.literal(false),
      gender: z.literal(0),
      id: z.int().positive(),
      known_for_department: z.literal('Directing'),
      name: z.string(),
      original_name: z.string(),
      popularity: z.number(),
      profile_path: z.null(),
      credit_id: z.string().regex(/^[0-9a-f]{24}$/),
      department: z.literal('Directing'),
      job: z.literal('Director'),
    }),
  ),
})
const imagesSchema = z.strictObject({
  backdrops: z.array(z.never()),
  logos: z.array(z.never()),
  posters: z.array(z.never()),
})

const matrix = catalogue.search('the matrix', null)[0]
assert.ok(matrix)

describe('the embedded movie API', () => {
  it('searches in pages of 20 that together are all results', async () => {
    const first = await get('/search/movie?query=the', pageOf(itemSchema))
    assert.equal(first.page, 1)
    assert.equal(first.results.length, 20)
    assert.equal(first.total_pages, Math.ceil(first.total_results / 20))
    const ids = new Set<number>()
    for (let page = 1; page <= first.total_pages; page += 1)
      for (const { id } of (await get(`/search/movie?query=the&page=${page}`, pageOf(itemSchema))).results) ids.add(id)
    assert.equal(ids.size, first.total_results)
    const behind = await get(`/search/movie?query=the&page=${first.total_pages + 1}`, pageOf(itemSchema))
    assert.deepEqual(behind.results, [])
  })

  it('answers a search without hits, or without a query, with one empty page', async () => {
    for (const path of ['/search/movie?query=qqqqqqq', '/search/movie?query=', '/search/movie'])
      assert.deepEqual((await ask(path)).body, { page: 1, results: [], total_pages: 1, total_results: 0 })
  })

  it('narrows a search to a year, and takes no notice of what is no year', async () => {
    const years = async (more: string): Promise<string[]> =>
      (await get(`/search/movie?query=king+kong${more}`, pageOf(itemSchema))).results.map((r) =>
        r.release_date.slice(0, 4),
      )
    assert.deepEqual(await years('&year=1976'), ['1976'])
    assert.deepEqual(await years('&primary_release_year=1933'), ['1933'])
    assert.deepEqual(await years('&year=abc'), await years(''))
  })

  it('gives details, and appends what is asked for without its id', async () => {
    const path = `/movie/${matrix.id}?append_to_response=credits,images,recommendations,nonsense,constructor`
    const details = await get(
      path,
      detailsSchema.extend({
        credits: creditsSchema,
        images: imagesSchema,
        recommendations: pageOf(recommendationSchema),
      }),
    )
    assert.equal(details.title, 'The Matrix')
    assert.equal(details.recommendations.results.length, 20)
    assert.deepEqual(await get(`/movie/${matrix.id}-the-matrix`, detailsSchema), detailsSchema.strip().parse(details))
  })

  it('has the same shape for every film, and 0 for what is not known', async () => {
    for (const { id } of catalogue.movies.filter((movie) => movie.id % 40 === 1))
      await get(`/movie/${id}?append_to_response=credits`, detailsSchema.extend({ credits: creditsSchema }))
    const unknown = catalogue.movies.find((movie) => movie.runtime === 0 && movie.revenue === 0)
    assert.ok(unknown)
    const details = await get(`/movie/${unknown.id}`, detailsSchema)
    assert.deepEqual([details.runtime, details.revenue], [0, 0])
  })

  it('gives the parts of a film by themselves, with its id', async () => {
    const withId = { id: z.literal(matrix.id) }
    await get(`/movie/${matrix.id}/credits`, creditsSchema.extend(withId))
    await get(`/movie/${matrix.id}/images`, imagesSchema.extend(withId))
    await get(`/movie/${matrix.id}/watch/providers`, z.strictObject({ ...withId, results: z.strictObject({}) }))
    await get(`/movie/${matrix.id}/similar`, pageOf(itemSchema))
    const recommendations = await get(`/movie/${matrix.id}/recommendations?page=2`, pageOf(recommendationSchema))
    assert.equal(recommendations.page, 2)
    assert.equal(recommendations.total_pages, 2)
  })

  it('names the director as crew, the same person under the same id', async () => {
    const crewOf = async (title: string) => {
      const [movie] = catalogue.search(title, null)
      assert.ok(movie)
      return (await get(`/movie/${movie.id}/credits`, creditsSchema.extend({ id: z.int() }))).crew[0]
    }
    const [leon, element] = await Promise.all([crewOf('léon'), crewOf('the fifth element')])
    assert.equal(leon?.name, 'Luc Besson')
    assert.equal(element?.id, leon?.id)
    assert.notEqual(element?.credit_id, leon?.credit_id)
  })

  it('lists popular, top rated and discovered films', async () => {
    const popular = await get('/movie/popular', pageOf(itemSchema))
    assert.equal(popular.total_results, 3201)
    const votes = popular.results.map(({ vote_count }) => vote_count)
    assert.deepEqual(
      votes,
      votes.toSorted((a, b) => b - a),
    )
    const rated = (await get('/movie/top_rated', pageOf(itemSchema))).results.map(({ vote_average }) => vote_average)
    assert.deepEqual(
      rated,
      rated.toSorted((a, b) => b - a),
    )
    const path = '/discover/movie?with_genres=878,28&primary_release_date.gte=1999-01-01&year=1999&sort_by=title.asc'
    const discovered = (await get(path, pageOf(itemSchema))).results
    assert.ok(discovered.some(({ id }) => id === matrix.id))
    assert.ok(discovered.every((r) => r.genre_ids.includes(878) && r.genre_ids.includes(28)))
    assert.ok(discovered.every((r) => r.release_date.startsWith('1999')))
    const both = await get('/discover/movie?sort_by=toString&with_genres=nothing', pageOf(itemSchema))
    assert.equal(both.total_results, 0)
  })

  it('knows its genres, in Russian too, and what its configuration holds', async () => {
    const genres = z.strictObject({ genres: z.array(genreSchema) })
    const english = await get('/genre/movie/list', genres)
    assert.ok(english.genres.some(({ id, name }) => id === 878 && name === 'Science Fiction'))
    assert.ok(english.genres.every(({ id }) => id <= 10_770 || id > 900_000))
    const russian = await get('/genre/movie/list?language=ru-RU', genres)
    assert.ok(russian.genres.every(({ name }) => /^[а-яё ]+$/.test(name)))
    const configuration = z.strictObject({
      change_keys: z.array(z.string()),
      images: z.looseObject({ poster_sizes: z.array(z.string()) }),
    })
    const { images } = await get('/configuration', configuration)
    assert.deepEqual(images.poster_sizes, ['w92', 'w154', 'w185', 'w342', 'w500', 'w780', 'original'])
  })

  it('takes any query for plain text', async () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(
        '%',
        '"',
        '"AND',
        'a AND',
        'NEAR(',
        '^',
        ':',
        '*',
        '-',
        '\0',
        '🎬',
        '%00',
        '%E0%A4%A',
        '&&&',
        '+',
        '#',
        '\ud800',
      ),
    )
    await fc.assert(
      fc.asyncProperty(nasty, async (query) => {
        const { status, body } = await ask(`/search/movie?${new URLSearchParams({ query })}`)
        assert.equal(status, 200)
        pageOf(itemSchema).parse(body)
      }),
      { numRuns: 100 },
    )
    for (const raw of ['%', '%E0%A4%A', '%ff%fe', 'a%00b', "';--"])
      assert.equal((await ask(`/search/movie?query=${raw}`)).status, 200, raw)
    for (const long of ['a', 'a ', '🎬', '"'])
      assert.equal((await ask(`/search/movie?query=${encodeURIComponent(long.repeat(10_000))}`)).status, 200)
  })
})

import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { openMovieApi } from './movie-api-fixture.ts'

const api = await openMovieApi()
const { ask } = api
after(() => api[Symbol.asyncDispose]())

const errorBody = (code: number, message: string) => ({ success: false, status_code: code, status_message: message })
const NOT_FOUND = errorBody(34, 'The resource you requested could not be found.')
const INVALID_PAGE = errorBody(22, 'Invalid page: Pages start at 1 and max at 500. They are expected to be an integer.')

describe('a refusal of the embedded movie API', () => {
  it('names unknown films, ids and paths', async () => {
    for (const path of [
      '/movie/999999',
      '/movie/99999999999999999999',
      '/movie/abc',
      '/movie/-1',
      '/nothing',
      '/movie',
      '/movie/1/nothing',
      '/movie/1/constructor',
      '/person/5',
      '/',
    ])
      assert.deepEqual([(await ask(path)).status, (await ask(path)).body], [404, NOT_FOUND], path)
    assert.deepEqual(
      (await ask('/movie/0')).body,
      errorBody(6, 'Invalid id: The pre-requisite id is invalid or not found.'),
    )
    assert.equal((await ask('/movie/0')).status, 404)
    const root = await fetch(new URL('/', api.url))
    assert.deepEqual([root.status, await root.json()], [404, NOT_FOUND])
  })

  it('meets pages that TMDB refuses', async () => {
    for (const page of ['0', '501', '-1', '1.5', 'two', '', '1e1'])
      for (const path of [
        `/search/movie?query=the&page=${page}`,
        `/movie/1/similar?page=${page}`,
        `/movie/1?append_to_response=recommendations&page=${page}`,
      ]) {
        const { status, body } = await ask(path)
        assert.deepEqual([status, body], [400, INVALID_PAGE], path)
      }
    assert.equal((await ask('/search/movie?query=the&page=500')).status, 200)
  })

  it('meets more than 20 appended parts', async () => {
    const names = (count: number): string => Array.from({ length: count }, (_, i) => `x${i}`).join(',')
    assert.equal((await ask(`/movie/1?append_to_response=${names(20)}`)).status, 200)
    const { status, body } = await ask(`/movie/1?append_to_response=${names(21)}`)
    const message = 'Too many append to response objects: The maximum number of remote calls is 20.'
    assert.deepEqual([status, body], [400, errorBody(27, message)])
  })

  it('meets a missing key: any will do, in either form, but for the one agreed to be wrong', async () => {
    const status = async (query: string, authorization?: string): Promise<number> => {
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization }
      const response = await fetch(`${api.url}/configuration${query}`, { headers })
      const body: unknown = await response.json()
      if (response.status !== 200)
        assert.deepEqual(body, errorBody(7, 'Invalid API key: You must be granted a valid key.'))
      return response.status
    }
    assert.equal(await status('?api_key=0123456789abcdef0123456789abcdef'), 200)
    assert.equal(await status('', 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.x'), 200)
    assert.equal(await status(''), 401)
    assert.equal(await status('?api_key='), 401)
    assert.equal(await status('', 'Bearer '), 401)
    assert.equal(await status('', 'Basic abc'), 401)
    assert.equal(await status('?api_key=invalid'), 401)
    assert.equal(await status('', 'Bearer invalid'), 401)
  })

  it('meets other methods', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const { status, body, headers } = await ask('/movie/1', { method })
      assert.deepEqual(
        [status, body, headers.get('allow')],
        [405, errorBody(42, 'This request method is not supported for this resource.'), 'GET, HEAD'],
      )
    }
  })

  it('is neither cached nor tagged, while a success is, and is not sent again to who has it', async () => {
    const { headers } = await ask('/movie/1')
    assert.equal(headers.get('content-type'), 'application/json;charset=utf-8')
    assert.match(headers.get('cache-control') ?? '', /^public, max-age=\d+$/)
    const etag = headers.get('etag') ?? ''
    assert.match(etag, /^W\/"[0-9a-f]{32}"$/)
    // A cache mode keeps fetch from adding headers of its own.
    const again = await ask('/movie/1', { headers: { 'if-none-match': etag }, cache: 'no-store' })
    assert.deepEqual([again.status, again.body], [304, null])
    const error = await ask('/movie/0')
    assert.equal(error.headers.get('content-type'), 'application/json;charset=utf-8')
    assert.equal(error.headers.get('cache-control'), null)
  })
})

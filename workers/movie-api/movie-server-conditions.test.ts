import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { withConditions } from '#lib/movies/conditions.ts'
import { openMovieApi } from './movie-api-fixture.ts'

const movie = (base: string): Promise<Response> => fetch(`${base}/movie/1?api_key=any`)

/** The status of each of `count` requests, one after another. */
const statuses = async (base: string, count: number): Promise<number[]> => {
  const seen: number[] = []
  for (let i = 0; i < count; i += 1) {
    const response = await movie(base)
    await response.arrayBuffer()
    seen.push(response.status)
  }
  return seen
}

describe('emulated conditions over HTTP', () => {
  it('hold a request back for the latency, many of them at once', async () => {
    await using server = await openMovieApi()
    const base = withConditions(server.url, { latencyMs: 50, jitter: 0 })
    const startedMs = performance.now()
    const responses = await Promise.all(Array.from({ length: 200 }, () => movie(base)))
    const elapsedMs = performance.now() - startedMs
    await Promise.all(responses.map((response) => response.arrayBuffer()))
    // A timer may be a millisecond early, since its clock counts whole ones.
    assert.ok(elapsedMs >= 49, `${elapsedMs} ms`)
    assert.ok(elapsedMs < (200 * 50) / 2, `${elapsedMs} ms: one after another`)
  })

  it("answer 429 with TMDB's body beyond the limit", async () => {
    await using server = await openMovieApi({ rateLimit: 5 })
    const responses = await Promise.all(Array.from({ length: 20 }, () => movie(server.url)))
    const bodies = await Promise.all(responses.map((response) => response.json()))
    const refused = bodies.filter((_, index) => responses[index]?.status === 429)
    // Which of them arrived first after the limit isn't known, but one did.
    const first = refused.find(({ status_message }) => status_message.includes('(6)'))
    assert.deepEqual(first, {
      success: false,
      status_code: 25,
      status_message: 'Your request count (6) is over the allowed limit of (5).',
    })
    assert.ok(responses.every((response) => response.headers.get('retry-after') === null))
  })

  it('are counted for each prefix by itself', async () => {
    await using server = await openMovieApi()
    const limited = (seed: number): string => withConditions(server.url, { latencyMs: 0, rateLimit: 1, seed })
    const first = await Promise.all([movie(limited(1)), movie(limited(2)), movie(server.url)])
    assert.deepEqual(
      first.map(({ status }) => status),
      [200, 200, 200],
    )
    await Promise.all(first.map((response) => response.arrayBuffer()))
  })

  it("answer the share of errors with TMDB's body, in the same order for the same seed", async () => {
    const seen = async (): Promise<number[]> => {
      await using server = await openMovieApi()
      return await statuses(withConditions(server.url, { latencyMs: 0, errors: 0.5, seed: 3 }), 30)
    }
    const first = await seen()
    assert.deepEqual(new Set(first), new Set([200, 500]))
    assert.deepEqual(await seen(), first)
    await using server = await openMovieApi({ errors: 1 })
    assert.deepEqual(await (await movie(server.url)).json(), {
      success: false,
      status_code: 11,
      status_message: 'Internal error: Something went wrong, contact TMDB.',
    })
  })

  it('reset the connection', async () => {
    await using server = await openMovieApi({ resets: 1 })
    await assert.rejects(movie(server.url), (error: Error) => {
      assert.ok(error.cause instanceof Error && 'code' in error.cause)
      assert.equal(error.cause.code, 'ECONNRESET')
      return true
    })
  })

  it('stall a body halfway, until the server ends', async () => {
    const server = await openMovieApi({ stalls: 1 })
    const response = await movie(server.url)
    assert.equal(response.status, 200)
    const promised = Number(response.headers.get('content-length'))
    const reader = response.body?.getReader()
    assert.ok(reader)
    const { value } = await reader.read()
    assert.equal(value?.length, Math.ceil(promised / 2))
    const rest = reader.read()
    await server[Symbol.asyncDispose]()
    await assert.rejects(rest)
  })

  it('that are wrong are refused by naming them', async () => {
    await using server = await openMovieApi()
    for (const [prefix, said] of [
      ['latency=abc', /latency: milliseconds from 0 to 10000.*got 'abc'/],
      ['speed=1', /speed: unknown; accepted are latency/],
      ['errors=0.9,stalls=0.9', /together are at most 1/],
      ['%00', /unknown/],
    ] as const) {
      const response = await movie(server.url.replace('/3', `/with/${prefix}/3`))
      const body = await response.json()
      assert.equal(response.status, 422)
      assert.equal(body.status_code, 5)
      assert.match(body.status_message, said)
    }
  })

  it('are understood percent-encoded, as some clients send them', async () => {
    await using server = await openMovieApi({ errors: 1 })
    const response = await movie(server.url.replace('/3', '/with/latency%3D0%2Cerrors%3D0/3'))
    assert.equal(response.status, 200)
    await response.arrayBuffer()
  })

  it('do not keep the server from ending while requests wait', async () => {
    const server = await openMovieApi({ latencyMs: 10_000, jitter: 0 })
    const waiting = [movie(server.url), movie(server.url)]
    // One answered request on a connection of its own: by then the two before it have arrived.
    await statuses(withConditions(server.url, { latencyMs: 0 }), 1)
    await server[Symbol.asyncDispose]()
    assert.deepEqual(
      (await Promise.allSettled(waiting)).map(({ status }) => status),
      ['rejected', 'rejected'],
    )
  })
})

/** The client against real servers that misbehave: a clear failure within the deadline, the key nowhere, every socket released. */
import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { describe } from 'node:test'
import { type Answer, answerJson, startTestApi } from './misbehaving-api.ts'
import type { MovieClientOptions } from './movie-client.ts'
import { clientOf, it, KEY, TOKEN } from './movie-client-fixture.ts'

/** One search against that server; also holds that nothing stays open after the client is disposed. */
const failureOf = async (answer: Answer, options: Partial<MovieClientOptions> = {}) => {
  await using api = await startTestApi(answer)
  const startedMs = performance.now()
  const client = clientOf(api, options)
  const result = await client.search({ query: 'heat' })
  const elapsedMs = performance.now() - startedMs
  // The socket of a request that was given up closes a moment later, without the client being disposed.
  while (client.stats.running > 0) await new Promise((resolve) => setImmediate(resolve))
  await client[Symbol.asyncDispose]()
  await api.released()
  assert.ok(!result.ok, 'expected a failure')
  for (const secret of [TOKEN, KEY]) assert.ok(!result.failure.message.includes(secret))
  return { ...result.failure, requests: api.requests.length, elapsedMs }
}

describe('a movie API that misbehaves', () => {
  it('refusing the key is told once, with its reason, even where the answer repeats the key', async () => {
    const failure = await failureOf(
      (_request, response) => answerJson(response, { status_code: 7, status_message: `Invalid API key: ${KEY}` }, 401),
      { token: KEY },
    )
    assert.equal(failure.code, 'unauthorized')
    assert.match(failure.message, /answered 401, Invalid API key/)
    assert.equal(failure.requests, 1)
  })

  it('answering HTML is an invalid response that says so', async () => {
    const failure = await failureOf((_request, response) => response.end('<!doctype html><title>Sign in</title>'))
    assert.equal(failure.code, 'invalid-response')
    assert.match(failure.message, /HTML/)
    assert.equal(failure.requests, 1)
  })

  it('answering other JSON is an invalid response that names the field', async () => {
    const failure = await failureOf((_request, response) => answerJson(response, { page: 1, results: 'none' }))
    assert.equal(failure.code, 'invalid-response')
    assert.match(failure.message, /results/)
  })

  it('answering truncated JSON is an invalid response', async () => {
    const failure = await failureOf((_request, response) => response.end('{"page":1,"resu'))
    assert.equal(failure.code, 'invalid-response')
  })

  it('closing the connection in the middle of the body is retried, then unavailable', async () => {
    const failure = await failureOf((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('{"page":1', () => response.destroy())
    })
    assert.equal(failure.code, 'unavailable')
    assert.equal(failure.requests, 4)
  })

  it('resetting the connection is retried, then unavailable', async () => {
    const failure = await failureOf((request) => request.socket.resetAndDestroy())
    assert.equal(failure.code, 'unavailable')
    assert.equal(failure.requests, 4)
  })

  it('stalling before the headers times out at the deadline', async () => {
    const failure = await failureOf(() => undefined, { deadlineMs: 150 })
    assert.equal(failure.code, 'timeout')
    assert.equal(failure.requests, 1)
    assert.ok(failure.elapsedMs >= 140)
  })

  it('stalling in the body times out at the deadline', async () => {
    const failure = await failureOf((_request, response) => void response.write('{"page":1,'), { deadlineMs: 150 })
    assert.equal(failure.code, 'timeout')
  })

  it('an endless body is cut off at the limit', async () => {
    const failure = await failureOf(
      (_request, response) => {
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(16_384)));
        }
        response.on('drain', more)
        more()
      },
      { maxBodyBytes: 100_000 },
    )
    assert.equal(failure.code, 'too-large')
    assert.match(failure.message, /100000 bytes/)
  })

  it('a body that drips for ever times out', async () => {
    const failure = await failureOf(
      (_request, response) => {
        const timer = setInterval(() => response.write(' '), 10)
        response.on('close', () => clearInterval(timer))
      },
      { deadlineMs: 150 },
    )
    assert.equal(failure.code, 'timeout')
  })

  it('failing with 500 is retried, then unavailable', async () => {
    const failure = await failureOf((_request, response) => answerJson(response, { status_message: 'Oops' }, 500))
    assert.equal(failure.code, 'unavailable')
    assert.match(failure.message, /answered 500, Oops/)
    assert.equal(failure.requests, 4)
  })

  it('asking to come back after the deadline is rate-limited at once', async () => {
    const failure = await failureOf((_request, response) => {
      response.setHeader('retry-after', '60')
      answerJson(response, { status_code: 25, status_message: 'Over the limit' }, 429)
    })
    assert.equal(failure.code, 'rate-limited')
    assert.equal(failure.retryAfterMs, 60_000)
    assert.equal(failure.requests, 1)
  })

  it('a wrong request is not retried', async () => {
    const failure = await failureOf((_request, response) =>
      answerJson(response, { errors: ['page must be small'] }, 422),
    )
    assert.equal(failure.code, 'invalid-response')
    assert.match(failure.message, /422, page must be small/)
    assert.equal(failure.requests, 1)
  })

  it('speaking something other than HTTP is an invalid response', async () => {
    const server = createServer((socket) => socket.resume().end('SSH-2.0-OpenSSH_9.2\r\n'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    assert.ok(address !== null && typeof address === 'object')
    await using client = clientOf({ baseUrl: `http://127.0.0.1:${address.port}/3` })
    const result = await client.search({ query: 'heat' })
    await new Promise((resolve) => server.close(resolve))
    assert.ok(!result.ok && result.failure.code === 'invalid-response')
  })

  it('being down is refused, with what to look at', async () => {
    const api = await startTestApi(() => undefined)
    await api[Symbol.asyncDispose]()
    await using client = clientOf(api)
    const result = await client.movie(7)
    assert.ok(!result.ok)
    assert.equal(result.failure.code, 'refused')
    assert.match(result.failure.message, /is the movie API running\?/)
  })
})

/**
 * The embedded movie API over HTTP: takes each request through the emulated conditions, asks for the key, and answers as
 * TMDB does. Waiting costs a timer, so any number of requests can wait at once. Closing ends every connection at once.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type MovieApiConditions, parseConditions } from '#lib/movies/conditions.ts'
import { LruCache } from '#lib/movies/lru-cache.ts'
import { hasValidKey } from './authentication.ts'
import { EmulatedConditions, type Fate } from './emulated-conditions.ts'
import type { MovieCatalogue } from './movie-catalogue.ts'
import { parseRequestTarget, type RequestTarget } from './request-target.ts'
import { createAnswers, type SerialisedAnswer, serialiseAnswer } from './serialised-answers.ts'
import {
  INTERNAL_ERROR,
  INVALID_KEY,
  invalidConditions,
  METHOD_NOT_ALLOWED,
  NOT_FOUND,
  overLimit,
} from './tmdb-errors.ts'

export interface MovieServerOptions {
  catalogue: MovieCatalogue
  host: string
  /** 0: any free one. */
  port: number
  /** Of requests whose path doesn't name its own. */
  conditions: MovieApiConditions
}

export interface MovieServer extends AsyncDisposable {
  /** A base URL of TMDB v3, path included: 'http://127.0.0.1:40123/3'. */
  readonly url: string
}

const CACHE_CONTROL = 'public, max-age=3600'

/** A query of 10,000 emoji is 120,000 bytes when it is percent-encoded; Node's own limit is 16 kB. */
const MAX_HEADER_BYTES = 512 * 1024

/** Longer than any client keeps a connection that it doesn't use, so that none is closed while a request is on its way. */
const KEEP_ALIVE_MS = 75_000

/** Prefixes whose rate limit and random sequence are remembered. */
const MAX_PREFIXES = 1_000

const write = (request: IncomingMessage, response: ServerResponse, answer: SerialisedAnswer): void => {
  const headers: Record<string, string | number> = {
    'content-type': 'application/json;charset=utf-8',
    server: 'interleave-movie-api (emulated)',
  }
  if (answer.etag !== null) {
    headers['cache-control'] = CACHE_CONTROL
    headers.etag = answer.etag
    if (request.headers['if-none-match'] === answer.etag) {
      response.writeHead(304, headers).end()
      return
    }
  }
  if (answer.status === METHOD_NOT_ALLOWED.status) headers.allow = 'GET, HEAD'
  headers['content-length'] = answer.body.length
  response.writeHead(answer.status, headers).end(answer.body)
}

/** Half of the promised body, and then nothing until the client or the server has enough of it. */
const writeHalf = (response: ServerResponse, answer: SerialisedAnswer): void => {
  response.writeHead(answer.status, {
    'content-type': 'application/json;charset=utf-8',
    'content-length': answer.body.length,
  })
  response.write(answer.body.subarray(0, Math.ceil(answer.body.length / 2)))
}

/** Rejects when it can't listen there. The catalogue stays the caller's. */
export const startMovieServer = async (options: MovieServerOptions): Promise<MovieServer> => {
  const answers = createAnswers(options.catalogue)
  const ownConditions = new EmulatedConditions(options.conditions, performance.now())
  const conditionsByPrefix = new LruCache<EmulatedConditions>({
    maxWeight: MAX_PREFIXES,
    maxAgeMs: Number.POSITIVE_INFINITY,
    weigh: () => 1,
  })

  /** The conditions that the path names, or why they can't be had. */
  const conditionsOf = (prefix: string | null): EmulatedConditions | string => {
    if (prefix === null) return ownConditions
    const known = conditionsByPrefix.get(prefix)
    if (known) return known
    const parsed = parseConditions(prefix, options.conditions)
    if (!parsed.ok) return parsed.failure.detail
    const made = new EmulatedConditions(parsed.value, performance.now())
    conditionsByPrefix.set(prefix, made)
    return made
  }

  const answerOf = (request: IncomingMessage, { path, params }: RequestTarget): SerialisedAnswer => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return serialiseAnswer(METHOD_NOT_ALLOWED)
    if (path[0] !== '3') return serialiseAnswer(NOT_FOUND)
    if (!hasValidKey(request, params)) return serialiseAnswer(INVALID_KEY)
    return answers(path.slice(1), params)
  }

  const fulfil = (
    fate: Fate,
    limit: number,
    target: RequestTarget,
    request: IncomingMessage,
    response: ServerResponse,
  ) => {
    switch (fate.outcome) {
      case 'answer':
        return write(request, response, answerOf(request, target))
      case 'over-limit':
        return write(request, response, serialiseAnswer(overLimit(fate.count, limit)))
      case 'error':
        return write(request, response, serialiseAnswer(INTERNAL_ERROR))
      case 'reset':
        return void request.socket.resetAndDestroy()
      case 'stall':
        return writeHalf(response, answerOf(request, target))
    }
  }

  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: KEEP_ALIVE_MS },
    (request, response) => {
      const target = parseRequestTarget(request.url ?? '/')
      const conditions = conditionsOf(target.conditions)
      if (typeof conditions === 'string')
        return write(request, response, serialiseAnswer(invalidConditions(conditions)))
      const fate = conditions.next(performance.now())
      const act = (): void => fulfil(fate, conditions.conditions.rateLimit, target, request, response)
      // Timers count whole milliseconds and cut off the rest: rounding keeps the mean.
      const waitMs = Math.round(fate.latencyMs)
      if (waitMs === 0) return act()
      const timer = setTimeout(act, waitMs)
      // A client that left, or a server that closes, needs no answer any more.
      response.once('close', () => clearTimeout(timer))
    },
  )
  const listening = Promise.withResolvers<void>()
  server.once('error', listening.reject)
  server.listen(options.port, options.host, listening.resolve)
  await listening.promise

  // A server that listens on TCP has an address of this form.
  const { address, port, family } = server.address() as AddressInfo
  const close = async (): Promise<void> => {
    const closed = Promise.withResolvers<void>()
    server.close(() => closed.resolve())
    server.closeAllConnections()
    await closed.promise
  }
  return { url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}/3`, [Symbol.asyncDispose]: close }
}

/**
 * GET requests to one movie API over a bounded number of connections: permit, allowance, deadline from dispatch, retries,
 * a limit on the body's size. Gives the body's text or a failure; whatever happens, no socket is left occupied.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { Pool } from 'undici'
import { connectionFailure } from './connection-failure.ts'
import { type ApiFailure, type Fetched, failed } from './fetched.ts'
import { Permits } from './permits.ts'
import { RateLimiter } from './rate-limiter.ts'
import { RateSlots, type RateSlotsOptions } from './rate-slots.ts'
import { readBounded } from './read-bounded.ts'
import { backoffMs, DEADLINE_MS, isRetryableStatus, MAX_RETRIES, retryAfterMs } from './retry.ts'
import { statusFailure } from './status-failure.ts'

export interface TransportOptions {
  /** With the path, without a trailing slash. */
  baseUrl: string
  token: string
  /** Requests under way at once, each on a connection of its own. */
  connections: number
  /** This client's share of the allowance; null where nothing limits. */
  rate: RateSlotsOptions | null
  /** From the first dispatch of a request to its last byte, retries included; waiting for a place is not counted. */
  deadlineMs?: number
  maxBodyBytes?: number
  maxRetries?: number
  random?: () => number
}

/** Told what a request waited for besides its answer; a task's context is one. */
export interface RequestObserver {
  nowUs(): number
  span(name: string, kind: 'wait', startUs: number, endUs: number): void
}

export interface RequestOptions {
  signal?: AbortSignal
  observer?: RequestObserver
}

type Attempt = { ok: true; value: string } | { ok: false; failure: ApiFailure; retry: boolean }

const DEADLINE = Symbol('deadline')

/** 32 hex digits are an API key, which travels in the query; everything else is a bearer token. */
const isApiKey = (token: string): boolean => /^[0-9a-f]{32}$/i.test(token)

export class Transport implements AsyncDisposable {
  readonly #base: URL
  readonly #token: string
  readonly #pool: Pool
  readonly #permits: Permits
  readonly #limiter: RateLimiter | null
  readonly #deadlineMs: number
  readonly #maxBodyBytes: number
  readonly #maxRetries: number
  readonly #random: () => number

  constructor(options: TransportOptions) {
    this.#base = new URL(options.baseUrl)
    this.#token = options.token
    this.#deadlineMs = options.deadlineMs ?? DEADLINE_MS
    this.#maxBodyBytes = options.maxBodyBytes ?? 2_000_000
    this.#maxRetries = options.maxRetries ?? MAX_RETRIES
    this.#random = options.random ?? Math.random
    this.#permits = new Permits(options.connections)
    this.#limiter = options.rate === null ? null : new RateLimiter(new RateSlots(options.rate))
    this.#pool = new Pool(this.#base.origin, {
      connections: options.connections,
      pipelining: 1,
      // One connection for each request under way is what the experiment is about; HTTP/2 would share one among all.
      allowH2: false,
      connect: { timeout: this.#deadlineMs },
      headersTimeout: 0,
      bodyTimeout: 0,
    })
  }

  /** Of the pool: for tests that every socket was released. */
  get stats(): { connected: number; running: number } {
    return { connected: this.#pool.stats.connected, running: this.#pool.stats.running }
  }

  async get(path: string, query: URLSearchParams, options: RequestOptions = {}): Promise<Fetched<string>> {
    const where = this.#nameOf(path, query)
    const caller = options.signal ?? new AbortController().signal
    const queuedUs = options.observer?.nowUs() ?? 0
    if (!(await this.#permits.acquire(caller))) return failed('cancelled', `${where}: cancelled before it was sent`)
    try {
      if (this.#limiter && !(await this.#limiter.acquire(caller))) {
        return failed('cancelled', `${where}: cancelled before it was sent`)
      }
      const dispatchedUs = options.observer?.nowUs() ?? 0
      if (this.#limiter) options.observer?.span('rate limit', 'wait', queuedUs, dispatchedUs)
      return await this.#withinDeadline(path, query, where, caller, options.observer)
    } finally {
      this.#permits.release()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool.destroy()
  }

  async #withinDeadline(
    path: string,
    query: URLSearchParams,
    where: string,
    caller: AbortSignal,
    observer: RequestObserver | undefined,
  ): Promise<Fetched<string>> {
    const controller = new AbortController()
    const cancel = () => controller.abort(caller.reason)
    caller.addEventListener('abort', cancel, { once: true })
    if (caller.aborted) cancel()
    const endsMs = performance.now() + this.#deadlineMs
    const timer = setTimeout(() => controller.abort(DEADLINE), this.#deadlineMs)
    try {
      return await this.#attempts(path, query, where, { signal: controller.signal, endsMs, observer })
    } finally {
      clearTimeout(timer)
      caller.removeEventListener('abort', cancel)
    }
  }

  async #attempts(
    path: string,
    query: URLSearchParams,
    where: string,
    within: { signal: AbortSignal; endsMs: number; observer: RequestObserver | undefined },
  ): Promise<Fetched<string>> {
    const { signal, endsMs, observer } = within
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await this.#attempt(path, query, where, signal)
      if (outcome.ok) return outcome
      if (signal.aborted) return this.#interrupted(where, signal)
      const failure = { ok: false, failure: outcome.failure } as const
      if (!outcome.retry || attempt >= this.#maxRetries) return failure
      const waitMs = Math.max(outcome.failure.retryAfterMs ?? 0, backoffMs(attempt, this.#random()))
      // Waiting for what comes after the deadline would only make the same failure late.
      if (performance.now() + waitMs >= endsMs) return failure
      const failedUs = observer?.nowUs() ?? 0
      try {
        await delay(waitMs, undefined, { signal })
        if (this.#limiter) await this.#limiter.acquire(signal)
      } catch (error) {
        if (!signal.aborted) throw error
      }
      if (signal.aborted) return this.#interrupted(where, signal)
      observer?.span('back-off', 'wait', failedUs, observer.nowUs())
    }
  }

  async #attempt(path: string, query: URLSearchParams, where: string, signal: AbortSignal): Promise<Attempt> {
    try {
      const { statusCode, headers, body } = await this.#pool.request({
        method: 'GET',
        path: this.#pathOf(path, query),
        headers: isApiKey(this.#token)
          ? { accept: 'application/json' }
          : { accept: 'application/json', authorization: `Bearer ${this.#token}` },
        signal,
      })
      // The body's error is thrown by reading it; without a listener a late one would end the process.
      body.on('error', () => undefined)
      const text = await readBounded(body, this.#maxBodyBytes)
      if (text === null) {
        const message = `${where}: the answer is larger than ${this.#maxBodyBytes} bytes`
        return { ok: false, failure: { code: 'too-large', message }, retry: false }
      }
      if (statusCode === 200) return { ok: true, value: text }
      const failure = statusFailure(statusCode, this.#redact(text), where)
      const after = headers['retry-after']
      const waitMs = retryAfterMs(typeof after === 'string' ? after : null, Date.now())
      return {
        ok: false,
        failure: waitMs === null ? failure : { ...failure, retryAfterMs: waitMs },
        retry: isRetryableStatus(statusCode),
      }
    } catch (error) {
      return { ok: false, ...connectionFailure(error, where) }
    }
  }

  #interrupted(where: string, signal: AbortSignal): Fetched<string> {
    return signal.reason === DEADLINE
      ? failed('timeout', `${where}: no complete answer within ${this.#deadlineMs} ms`)
      : failed('cancelled', `${where}: cancelled`)
  }

  #pathOf(path: string, query: URLSearchParams): string {
    const sent = new URLSearchParams(query)
    if (isApiKey(this.#token)) sent.set('api_key', this.#token)
    const search = sent.size > 0 ? `?${sent}` : ''
    return `${this.#base.pathname.replace(/\/$/, '')}${path}${search}`
  }

  /** How messages call a request: without the key, and without a user name and password in the address. */
  #nameOf(path: string, query: URLSearchParams): string {
    const search = query.size > 0 ? `?${query}` : ''
    return this.#redact(`GET ${this.#base.origin}${this.#base.pathname.replace(/\/$/, '')}${path}${search}`)
  }

  /** A server may echo the key in what it says. */
  #redact(text: string): string {
    return this.#token.length >= 8 ? text.replaceAll(this.#token, '[key]') : text
  }
}

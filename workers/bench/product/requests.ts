/**
 * Waiting work: requests to the embedded movie API, a process of its own, under 100 ms of emulated latency, by the product's
 * movie client, by its transport alone, and by what others would write with undici and fetch; against the time no client can beat.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { Agent, request } from 'undici'
import { movieApiMessageSchema } from '#lib/contract/movie-api-message.ts'
import { withConditions } from '#lib/movies/conditions.ts'
import { MovieClient } from '#lib/movies/movie-client.ts'
import { Transport } from '#lib/movies/transport.ts'
import { speedupOf } from '#lib/statistics/speedup.ts'
import type { Estimate, Figure } from '../figure.ts'
import { interleaved, timed } from '../interleaved.ts'

const REQUESTS = 100
const IN_FLIGHT = 32
const LATENCY_MS = 100
const IDEAL_MS = Math.ceil(REQUESTS / IN_FLIGHT) * LATENCY_MS

const PROGRAM = path.resolve(import.meta.dirname, '../../movie-api.ts')
const TOKEN = 'bench'
const QUERY = new URLSearchParams({ append_to_response: 'credits' })
const IDS = Array.from({ length: REQUESTS }, (_, index) => index + 1)

const startMovieApi = async (): Promise<AsyncDisposable & { baseUrl: string }> => {
  const child = fork(PROGRAM, { execArgv: [] })
  const exited = once(child, 'exit')
  const [message] = await Promise.race([once(child, 'message'), exited])
  const told = movieApiMessageSchema.safeParse(message)
  if (!told.success || told.data.type === 'failed') throw new Error('the embedded movie API did not start')
  return {
    baseUrl: withConditions(told.data.url, { latencyMs: LATENCY_MS, jitter: 0 }),
    [Symbol.asyncDispose]: async () => {
      child.kill()
      await exited
    },
  }
}

/** So many at once, each place taking the next when its answer is there. */
const inFlight = async (get: (id: number) => Promise<unknown>): Promise<void> => {
  const waiting = IDS.values()
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, async () => {
      for (const id of waiting) await get(id)
    }),
  )
}

const succeeded = <Answer extends { ok: boolean }>(answer: Answer): Answer => {
  if (!answer.ok) throw new Error(`a request of the bench failed: ${JSON.stringify(answer)}`)
  return answer
}

const overIdeal = (samples: ReadonlyMap<string, number[]>, name: string): Estimate => {
  const elapsedMs = samples.get(name) ?? []
  const { value, ci95 } = speedupOf(
    elapsedMs,
    elapsedMs.map(() => IDEAL_MS),
  )
  return { value, ci95 }
}

const requests: Figure = {
  name: 'requests',
  run: async (options) => {
    await using api = await startMovieApi()
    const { baseUrl } = api
    const settings = { baseUrl, token: TOKEN, connections: IN_FLIGHT, rate: null }
    await using client = new MovieClient(settings)
    await using transport = new Transport(settings)
    await using owned = new AsyncDisposableStack()
    const dispatcher = owned.adopt(new Agent({ connections: IN_FLIGHT }), (agent) => agent.destroy())
    const headers = { accept: 'application/json', authorization: `Bearer ${TOKEN}` }
    const urlOf = (id: number) => `${baseUrl}/movie/${id}?${QUERY}`
    const samples = await interleaved(
      {
        // All at once: the product's own permits keep the rest waiting.
        client: () => timed(() => Promise.all(IDS.map(async (id) => succeeded(await client.movie(id))))),
        transport: () =>
          timed(() => Promise.all(IDS.map(async (id) => succeeded(await transport.get(`/movie/${id}`, QUERY))))),
        'undici.request': () =>
          timed(() => inFlight(async (id) => (await request(urlOf(id), { dispatcher, headers })).body.text())),
        fetch: () => timed(() => inFlight(async (id) => (await fetch(urlOf(id), { headers })).text())),
      },
      options,
    )
    const peers = ['undici.request', 'fetch']
      .map((name) => ({ name, estimate: overIdeal(samples, name) }))
      .sort((a, b) => a.estimate.value - b.estimate.value)
    const what = `${REQUESTS} requests of ${LATENCY_MS} ms, ${IN_FLIGHT} in flight, elapsed ÷ ideal`
    return [
      { figure: `${what}, transport`, ours: overIdeal(samples, 'transport'), peers, target: { atMost: 1.02 } },
      {
        figure: `${what}, films read and checked`,
        ours: overIdeal(samples, 'client'),
        peers,
        target: { atMost: 1.02 },
      },
    ]
  },
}

export const requestFigures: Figure[] = [requests]

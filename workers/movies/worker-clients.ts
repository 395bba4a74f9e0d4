/**
 * The clients of one worker, each for settings of its own: whatever differs is another client, so that no request goes out
 * with the key, the connections or the allowance of another. Only those used last are kept; the others' connections are closed.
 */
import { MovieClient } from '#lib/movies/movie-client.ts'
import type { TransportOptions } from '#lib/movies/transport.ts'

/** How a worker's client is made. It holds the key: it goes to workers and nowhere else. */
export type WorkerClient = Pick<TransportOptions, 'baseUrl' | 'token' | 'connections' | 'rate' | 'deadlineMs'>

/** More set-ups than one sweep has, so that none reconnects from round to round. */
const KEPT = 16

export class WorkerClients implements AsyncDisposable {
  readonly #worker: number
  // In the order of last use.
  readonly #clients = new Map<string, MovieClient>()

  /** @param worker from 0: which of the clients that divide an allowance is this one's */
  constructor(worker: number) {
    this.#worker = worker
  }

  get size(): number {
    return this.#clients.size
  }

  of({ baseUrl, token, connections, rate, deadlineMs }: WorkerClient): MovieClient {
    const key = JSON.stringify([baseUrl, token, connections, rate, deadlineMs])
    const client =
      this.#clients.get(key) ??
      new MovieClient({
        baseUrl,
        token,
        connections,
        rate: rate && { ...rate, client: this.#worker % rate.clients },
        deadlineMs,
      })
    this.#clients.delete(key)
    this.#clients.set(key, client)
    for (const [oldKey, old] of this.#clients) {
      if (this.#clients.size <= KEPT) break
      this.#clients.delete(oldKey)
      old[Symbol.asyncDispose]().catch((error: unknown) =>
        console.error('closing a client that was used long ago:', error),
      )
    }
    return client
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#clients.values()].map((client) => client[Symbol.asyncDispose]()))
    this.#clients.clear()
  }
}

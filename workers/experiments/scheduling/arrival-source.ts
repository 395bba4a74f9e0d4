/** A server's end of its load generator: started once per server, kept between stretches, ended with the server. */
import { Worker } from 'node:worker_threads'
import { workerEnvironment } from '../../executors/compile-cache.ts'

/** Moments in microseconds on the run's clock. */
export interface ArrivalPlan {
  shorts: number
  firstUs: number
  everyUs: number
  /** When the long computation is asked for; null where this server has none. */
  longAtUs: number | null
}

/** A request: the number of a short one, -1 for the long one; after the last, how late the generator was at worst. */
export type FromArrivals = 'ready' | number | { lateUs: number }

export const LONG = -1

export class ArrivalSource implements AsyncDisposable {
  readonly #worker: Worker
  readonly ready: Promise<void>
  #receive: (message: number | { lateUs: number }) => void = () => undefined
  #fail: (error: Error) => void = () => undefined

  constructor(originNs: bigint) {
    this.#worker = new Worker(new URL('./arrivals.ts', import.meta.url), {
      workerData: { originNs },
      env: workerEnvironment(),
      name: 'load generator',
    })
    this.ready = new Promise((resolve, reject) => {
      this.#fail = reject
      this.#worker.on('message', (message: FromArrivals) => {
        if (message === 'ready') resolve()
        else this.#receive(message)
      })
    })
    this.#worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))))
    this.#worker.on('exit', (code) => this.#fail(new Error(`the load generator ended with exit code ${code}`)))
  }

  /** Sends what is planned; resolves with the generator's worst lateness, in microseconds, when all of it was received. */
  async send(plan: ArrivalPlan, onRequest: (index: number) => void): Promise<number> {
    await this.ready
    return new Promise((resolve, reject) => {
      this.#fail = reject
      this.#receive = (message) => {
        if (typeof message === 'number') onRequest(message)
        else resolve(message.lateUs)
      }
      this.#worker.postMessage(plan)
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker.terminate()
  }
}

/**
 * A place in a crew: its thread, started when it is needed and anew after it had to be terminated, and the memory that it records
 * spans in, which outlives it. Who waits for the end of what it executes is told also when the thread dies instead.
 */
import { Worker } from 'node:worker_threads'
import { workerEnvironment } from '../executors/compile-cache.ts'
import type { CrewThreadSettings, FromCrewThread } from './crew-messages.ts'
import { createSpanMemory, type SpanMemory } from './span-recorder.ts'

const PROGRAM = new URL('./crew-thread.ts', import.meta.url)

const ignore = (): void => undefined

export class CrewSeat {
  readonly spans: SpanMemory
  worker: Worker | null = null
  lane: { pid: number; tid: number } | null = null
  startup = { startUs: 0, durationUs: 0 }
  executing = false
  ended: (message: FromCrewThread & { type: 'ended' }) => void = ignore
  died: (reason: string) => void = ignore
  readonly #originNs: bigint
  readonly #nowUs: () => number
  #ready: Promise<void> = Promise.resolve()

  constructor(originNs: bigint, nowUs: () => number, spanCapacity: number) {
    this.#originNs = originNs
    this.#nowUs = nowUs
    this.spans = createSpanMemory(spanCapacity)
  }

  ensureStarted(): Promise<void> {
    if (this.worker !== null) return this.#ready
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const startUs = this.#nowUs()
    const settings: CrewThreadSettings = { originNs: this.#originNs }
    const worker = new Worker(PROGRAM, { workerData: settings, env: workerEnvironment() })
    let reason: string | null = null
    worker.on('message', (message: FromCrewThread) => {
      if (message.type === 'ended') {
        this.ended(message)
        return
      }
      this.lane = { pid: message.pid, tid: message.tid }
      this.startup = { startUs, durationUs: Math.max(0, message.atUs - startUs) }
      resolve()
    })
    worker.on('error', (error) => {
      reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    })
    worker.on('messageerror', () => void worker.terminate())
    worker.on('exit', (code) => {
      this.worker = null
      const why = reason ?? `the thread ended with exit code ${code}`
      reject(new Error(`a thread of the crew can't be started: ${why}`))
      this.died(why)
    })
    this.worker = worker
    this.#ready = promise
    // Whoever starts the crew hears of it; a later run starts it anew.
    promise.catch(ignore)
    return promise
  }
}

/**
 * A crew: real threads that execute one function together on memory they share, for the labs in which threads meet at locks.
 * Reused from run to run, so that starting them is in no measurement; replaced where one had to be terminated.
 *
 * No thread outlives its run: at the abort or the limit the cancel word is set, and whoever has not ended within the grace, asleep
 * in `Atomics.wait` or spinning, is terminated. What it held stays held, so every run brings memory of its own. A run never
 * rejects for what its threads did: how each ended is the answer. `await using` leaves no thread behind.
 */
import { Worker } from 'node:worker_threads'
import type { Lane } from '#lib/contract/trace.ts'
import { Barrier } from '#lib/primitives/barrier.ts'
import { Cancellation } from '#lib/primitives/cancellation.ts'
import { workerEnvironment } from '../executors/compile-cache.ts'
import type { ThreadUsage } from '../measuring/cpu-time.ts'
import type { CrewThreadSettings, FromCrewThread, RunControl, RunMessage, ThreadError } from './crew-messages.ts'
import {
  clearSpans,
  createSpanMemory,
  type RecordedSpan,
  readSpans,
  type SpanLabel,
  type SpanMemory,
} from './span-recorder.ts'
import { createThreadClock } from './thread-clock.ts'
import type { ThreadProgram } from './thread-program.ts'

const PROGRAM = new URL('./crew-thread.ts', import.meta.url)
const GRACE_MS = 250

export interface CrewOptions {
  threads: number
  originNs: bigint
  /** Stops whatever runs; a later run is refused with its reason. */
  signal: AbortSignal
  /** Spans that each thread may record in one run. */
  spanCapacity?: number
  /** What a thread gets to stop by itself once it was asked to. */
  graceMs?: number
}

export interface RunOptions<Shared, Args> {
  shared: Shared
  argsOf(index: number): Args
  /** The first so many of the crew; left out, all. */
  threads?: number
  labels?: readonly SpanLabel[]
  /** From then on it is stopped as by an abort. */
  limitMs?: number
  /** Stops this run alone: a watchdog's. */
  signal?: AbortSignal
}

export type ThreadOutcome<Result> =
  | { how: 'returned'; value: Result }
  | { how: 'threw'; error: ThreadError }
  /** It did not stop when asked to, or died. */
  | { how: 'terminated'; reason: string }

export interface ThreadEnd<Result> {
  outcome: ThreadOutcome<Result>
  /** Since it was ready to start; null for one that was terminated. */
  usage: ThreadUsage | null
  spans: RecordedSpan[]
}

export interface CrewRun<Result> {
  threads: ThreadEnd<Result>[]
  /** Spans that were not kept. */
  omitted: number
}

interface Seat {
  worker: Worker | null
  lane: { pid: number; tid: number } | null
  spans: SpanMemory
  startup: { startUs: number; durationUs: number }
  ready: Promise<void>
  executing: boolean
  ended: (message: FromCrewThread & { type: 'ended' }) => void
  died: (reason: string) => void
}

const ignore = (): void => undefined

export class ThreadCrew implements AsyncDisposable {
  readonly #options: CrewOptions
  readonly #nowUs: () => number
  readonly #seats: Seat[]
  #runs = 0
  #busy = false

  constructor(options: CrewOptions) {
    this.#options = options
    this.#nowUs = createThreadClock(options.originNs)
    this.#seats = Array.from({ length: options.threads }, () => this.#seated())
  }

  get size(): number {
    return this.#seats.length
  }

  /** When each thread was started and how long it took until it could be told something: microseconds, in order of index. */
  get startups(): readonly { startUs: number; durationUs: number }[] {
    return this.#seats.map((seat) => seat.startup)
  }

  async start(): Promise<void> {
    await Promise.all(this.#seats.map((seat) => this.#ensureStarted(seat)))
  }

  /** One for each thread: `${group}/thread-1` and so on. The same threads may stand in several groups, one for each thing compared. */
  lanes(group: string, threads = this.size): Lane[] {
    return this.#seats.slice(0, threads).map(({ lane }, i) => ({
      id: laneId(group, i),
      group,
      kind: 'thread',
      index: i + 1,
      name: `${group} thread ${i + 1}`,
      pid: lane?.pid ?? null,
      tid: lane?.tid ?? null,
    }))
  }

  /** One at a time. Rejects only when the crew was stopped before, or threads can't be started. */
  async run<Shared, Args, Result>(
    program: ThreadProgram<Shared, Args, Result>,
    options: RunOptions<Shared, Args>,
  ): Promise<CrewRun<Result>> {
    if (this.#busy) throw new Error('a crew executes one run at a time')
    this.#options.signal.throwIfAborted()
    this.#busy = true
    try {
      const seats = this.#seats.slice(0, options.threads ?? this.size)
      await Promise.all(seats.map((seat) => this.#ensureStarted(seat)))
      return await this.#execute(seats, program, options)
    } finally {
      this.#busy = false
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#seats.map(({ worker }) => worker?.terminate()))
  }

  async #execute<Shared, Args, Result>(
    seats: readonly Seat[],
    program: ThreadProgram<Shared, Args, Result>,
    options: RunOptions<Shared, Args>,
  ): Promise<CrewRun<Result>> {
    const { module, name } = program
    const { labels = [], limitMs, argsOf, shared } = options
    const threads = seats.length
    const run = ++this.#runs
    const barrier = new Barrier(threads)
    const cancellation = new Cancellation()
    const control: RunControl = {
      cancellation: cancellation.words,
      barrier: barrier.words,
      startNs: new BigInt64Array(new SharedArrayBuffer(16)),
    }
    const ends = seats.map((seat) => this.#endOf<Result>(seat, run, barrier))
    try {
      for (const [index, seat] of seats.entries()) {
        clearSpans(seat.spans)
        const message = { run, module, name, index, threads, shared, args: argsOf(index), control, spans: seat.spans }
        seat.worker?.postMessage(message satisfies RunMessage)
      }
    } catch (error) {
      barrier.abort() // arguments that can't be sent: those who were told already would wait for the rest
      throw error
    }
    const signal = AbortSignal.any([this.#options.signal, ...(options.signal ? [options.signal] : [])])
    const outcomes = await this.#stopping(seats, cancellation, signal, limitMs, Promise.all(ends))
    const memories = seats.map(({ spans }) => spans)
    const recorded = readSpans(memories, labels, this.#nowUs())
    return {
      threads: outcomes.map((end, index) => ({ ...end, spans: recorded.threads[index] ?? [] })),
      omitted: recorded.omitted,
    }
  }

  /** Waits for all, and sees to it that they end once the signal aborts or the limit is reached. */
  async #stopping<T>(
    seats: readonly Seat[],
    cancellation: Cancellation,
    signal: AbortSignal,
    limitMs: number | undefined,
    all: Promise<T>,
  ): Promise<T> {
    const timers: NodeJS.Timeout[] = []
    const stop = (): void => {
      cancellation.cancel()
      const terminate = (): void => {
        for (const seat of seats) if (seat.executing) void seat.worker?.terminate()
      }
      timers.push(setTimeout(terminate, this.#options.graceMs ?? GRACE_MS))
    }
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop)
    if (limitMs !== undefined) timers.push(setTimeout(stop, limitMs))
    try {
      return await all
    } finally {
      signal.removeEventListener('abort', stop)
      for (const timer of timers) clearTimeout(timer)
    }
  }

  #endOf<Result>(seat: Seat, run: number, barrier: Barrier): Promise<Omit<ThreadEnd<Result>, 'spans'>> {
    const { promise, resolve } = Promise.withResolvers<Omit<ThreadEnd<Result>, 'spans'>>()
    seat.executing = true
    seat.ended = (message) => {
      if (message.run !== run) return
      seat.executing = false
      // The program's type says what it returns; another program's answer can't come here.
      resolve({ outcome: message.outcome as ThreadOutcome<Result>, usage: message.usage })
    }
    seat.died = (reason) => {
      seat.executing = false
      barrier.abort() // it can't do so itself
      resolve({ outcome: { how: 'terminated', reason }, usage: null })
    }
    return promise
  }

  #seated(): Seat {
    return {
      worker: null,
      lane: null,
      spans: createSpanMemory(this.#options.spanCapacity ?? 0),
      startup: { startUs: 0, durationUs: 0 },
      ready: Promise.resolve(),
      executing: false,
      ended: ignore,
      died: ignore,
    }
  }

  #ensureStarted(seat: Seat): Promise<void> {
    if (seat.worker !== null) return seat.ready
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const startUs = this.#nowUs()
    const settings: CrewThreadSettings = { originNs: this.#options.originNs }
    const worker = new Worker(PROGRAM, { workerData: settings, env: workerEnvironment() })
    let reason: string | null = null
    worker.on('message', (message: FromCrewThread) => {
      if (message.type === 'ended') {
        seat.ended(message)
        return
      }
      seat.lane = { pid: message.pid, tid: message.tid }
      seat.startup = { startUs, durationUs: Math.max(0, message.atUs - startUs) }
      resolve()
    })
    worker.on('error', (error) => {
      reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    })
    worker.on('messageerror', () => void worker.terminate())
    worker.on('exit', (code) => {
      seat.worker = null
      const why = reason ?? `the thread ended with exit code ${code}`
      reject(new Error(`a thread of the crew can't be started: ${why}`))
      seat.died(why)
    })
    seat.worker = worker
    seat.ready = promise
    // Whoever starts the crew hears of it; a later run starts it anew.
    promise.catch(ignore)
    return promise
  }
}

export const laneId = (group: string, index: number): string => `${group}/thread-${index + 1}`

/** All threads are running and can be told something. The caller disposes of it. */
export const startThreadCrew = async (options: CrewOptions): Promise<ThreadCrew> => {
  const crew = new ThreadCrew(options)
  try {
    await crew.start()
    return crew
  } catch (error) {
    await crew[Symbol.asyncDispose]()
    throw error
  }
}

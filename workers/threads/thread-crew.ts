/**
 * A crew: real threads that execute one function together on memory they share, for the labs in which threads meet at locks.
 * Reused from run to run, so that starting them is in no measurement; replaced where one had to be terminated.
 *
 * No thread outlives its run: at the abort or the limit the cancel word is set, and whoever has not ended within the grace, asleep
 * in `Atomics.wait` or spinning, is terminated. What it held stays held, so every run brings memory of its own. A thread that
 * throws or dies stops the run in the same way: the others may wait for what only it could have given. A run never rejects for
 * what its threads did: how each ended is the answer. `await using` leaves no thread behind.
 */
import type { Lane } from '#lib/contract/trace.ts'
import { Barrier } from '#lib/primitives/barrier.ts'
import { Cancellation } from '#lib/primitives/cancellation.ts'
import type { ThreadUsage } from '../measuring/cpu-time.ts'
import type { RunControl, RunMessage, ThreadError } from './crew-messages.ts'
import { CrewSeat } from './crew-seat.ts'
import { clearSpans, type RecordedSpan, readSpans, type SpanLabel } from './span-recorder.ts'
import { createThreadClock } from './thread-clock.ts'
import type { ThreadProgram } from './thread-program.ts'

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
  /** The index of the first that threw or died by itself, which ended the run for the others; else null. */
  firstFailed: number | null
}

export class ThreadCrew implements AsyncDisposable {
  readonly #options: CrewOptions
  readonly #nowUs: () => number
  readonly #seats: CrewSeat[]
  #runs = 0
  #busy = false

  constructor(options: CrewOptions) {
    this.#options = options
    this.#nowUs = createThreadClock(options.originNs)
    this.#seats = Array.from(
      { length: options.threads },
      () => new CrewSeat(options.originNs, this.#nowUs, options.spanCapacity ?? 0),
    )
  }

  get size(): number {
    return this.#seats.length
  }

  /** When each thread was started and how long it took until it could be told something: microseconds, in order of index. */
  get startups(): readonly { startUs: number; durationUs: number }[] {
    return this.#seats.map((seat) => seat.startup)
  }

  async start(): Promise<void> {
    await Promise.all(this.#seats.map((seat) => seat.ensureStarted()))
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
      await Promise.all(seats.map((seat) => seat.ensureStarted()))
      return await this.#execute(seats, program, options)
    } finally {
      this.#busy = false
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#seats.map(({ worker }) => worker?.terminate()))
  }

  async #execute<Shared, Args, Result>(
    seats: readonly CrewSeat[],
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
    const failure = new AbortController()
    let firstFailed: number | null = null
    const ends = seats.map(async (seat, index) => {
      const end = await this.#endOf<Result>(seat, run)
      if (end.outcome.how !== 'returned') {
        // Who was stopped fails as well: that is not why.
        if (!cancellation.cancelled) firstFailed ??= index
        // Before the cancel word is set: who waits at the start hears that somebody is missing. The dead can't say so itself.
        barrier.abort()
        failure.abort()
      }
      return end
    })
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
    const stops = [this.#options.signal, failure.signal, ...(options.signal ? [options.signal] : [])]
    const signal = AbortSignal.any(stops)
    const outcomes = await this.#stopping(seats, cancellation, signal, limitMs, Promise.all(ends))
    const memories = seats.map(({ spans }) => spans)
    const recorded = readSpans(memories, labels, this.#nowUs())
    return {
      threads: outcomes.map((end, index) => ({ ...end, spans: recorded.threads[index] ?? [] })),
      omitted: recorded.omitted,
      firstFailed,
    }
  }

  /** Waits for all, and sees to it that they end once the signal aborts or the limit is reached. */
  async #stopping<T>(
    seats: readonly CrewSeat[],
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

  #endOf<Result>(seat: CrewSeat, run: number): Promise<Omit<ThreadEnd<Result>, 'spans'>> {
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
      resolve({ outcome: { how: 'terminated', reason }, usage: null })
    }
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

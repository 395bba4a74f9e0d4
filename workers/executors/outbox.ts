/**
 * Results on their way back to the caller, handed over in batches, so that a fine task doesn't pay for a message. The rows
 * lie in a typed array that was allocated before; CPU time is read once a batch and shared among its calls by their duration.
 */
import type { SpanKind } from '#lib/contract/trace.ts'
import { type Delivery, NOT_CLONEABLE, type RemoteError, ROW, remoteError } from './protocol.ts'
import type { TaskRun } from './task-run.ts'

/** Rows until a batch is full, whatever its age: the last one is read by the caller while the workers have nothing more to do. */
const CAPACITY = 512

export interface OutboxOptions {
  /** Throws v8's DataCloneError for a value that can't be sent. */
  post: (delivery: Delivery) => void
  trace: boolean
  /** Calls of this worker don't overlap, so the thread's CPU time can be told apart by call. */
  oneAtATime: boolean
}

/**
 * Microseconds on the CPU of the calling thread. The kernel may account in ticks (4 ms where it is built so): sums over many
 * calls are right to one tick, a single short call's figure is its share of the batch's.
 */
const threadCpuUs = (): number => {
  const { user, system } = process.threadCpuUsage()
  return user + system
}

export class Outbox {
  /** The batch whose results lie here; -1: of several, or none. */
  lastBatch = -1
  readonly #options: OutboxOptions
  #rows = new Float64Array(ROW * CAPACITY)
  #values: unknown[] = []
  #spans: number[] = []
  #labels: [string, SpanKind][] = []
  readonly #labelIndex = new Map<string, number>()
  #cpuUs = 0

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  get size(): number {
    return this.#values.length
  }

  get full(): boolean {
    return this.#values.length >= CAPACITY
  }

  /** Before the first call after idleness, so that what the worker did in between isn't charged to a call. */
  startCpuWindow(): void {
    if (this.#options.trace && this.#options.oneAtATime) this.#cpuUs = threadCpuUs()
  }

  /** The number of this pair in all deliveries of this worker: a task has few labels, however many spans. */
  label(name: string, kind: SpanKind): number {
    const key = `${kind} ${name}`
    let index = this.#labelIndex.get(key)
    if (index === undefined) {
      index = this.#labels.push([name, kind]) - 1
      this.#labelIndex.set(key, index)
    }
    return index
  }

  add(run: TaskRun, how: number, value: unknown, finishedUs: number): void {
    const position = this.#values.length
    const at = position * ROW
    const rows = this.#rows
    rows[at] = run.claim.batch
    rows[at + 1] = run.claim.index
    rows[at + 2] = how
    rows[at + 3] = run.worker
    rows[at + 4] = run.startedUs
    rows[at + 5] = finishedUs
    rows[at + 6] = -1
    rows[at + 7] = run.spansOmitted
    this.#values.push(value)
    this.lastBatch = position === 0 || this.lastBatch === run.claim.batch ? run.claim.batch : -1
    if (run.spans === null) return
    for (let i = 0; i < run.spans.length; i += 3) {
      this.#spans.push(position, run.spans[i + 2] ?? 0, run.spans[i] ?? 0, run.spans[i + 1] ?? 0)
    }
  }

  /** `idle`: the news the worker had last, when it has nothing more to do. */
  flush(idle: number | null): void {
    if (this.#values.length === 0 && idle === null) return
    if (this.#options.trace && this.#options.oneAtATime) this.#shareCpuTime()
    const values = this.#values
    const rows = this.#rows.slice(0, values.length * ROW)
    const spans = this.#spans.length > 0 ? Float64Array.from(this.#spans) : null
    // Emptied first: what can't be cloned must not lie here for ever.
    this.#values = []
    this.#spans = []
    this.lastBatch = -1
    const labels = spans ? this.#labels : []
    try {
      this.#options.post({ type: 'results', rows, values, spans, labels, idle })
    } catch {
      this.#postOneByOne(rows, values, spans, labels)
      this.#options.post({ type: 'results', rows: new Float64Array(0), values: [], spans: null, labels: [], idle })
    }
  }

  /** One of them can't be cloned; the message as a whole is refused and doesn't say which. */
  #postOneByOne(rows: Float64Array, values: unknown[], spans: Float64Array | null, labels: Delivery['labels']): void {
    for (const [position, value] of values.entries()) {
      const row = rows.slice(position * ROW, (position + 1) * ROW)
      const own: number[] = []
      for (let i = 0; spans && i < spans.length; i += 4) {
        if (spans[i] === position) own.push(0, spans[i + 1] ?? 0, spans[i + 2] ?? 0, spans[i + 3] ?? 0)
      }
      const delivery: Delivery = {
        type: 'results',
        rows: row,
        values: [value],
        spans: own.length > 0 ? Float64Array.from(own) : null,
        labels,
        idle: null,
      }
      try {
        this.#options.post(delivery)
      } catch (refusal) {
        const { name, message } = remoteError(refusal)
        row[2] = NOT_CLONEABLE
        delivery.values = [{ name, message, stack: null } satisfies RemoteError]
        this.#options.post(delivery)
      }
    }
  }

  #shareCpuTime(): void {
    const now = threadCpuUs()
    const spent = now - this.#cpuUs
    this.#cpuUs = now
    let total = 0
    const rows = this.#rows
    const end = this.#values.length * ROW
    for (let at = 0; at < end; at += ROW) total += (rows[at + 5] ?? 0) - (rows[at + 4] ?? 0)
    for (let at = 0; at < end; at += ROW) {
      const duration = (rows[at + 5] ?? 0) - (rows[at + 4] ?? 0)
      rows[at + 6] = total > 0 ? (spent * duration) / total : 0
    }
  }
}

/**
 * What the caller's side of a pool and its workers say to each other, whether by a thread's port or a process's channel.
 * Arguments don't travel here (shared-batch.ts, log-file.ts), only the news that there are some. Both ends are one program, so
 * nothing is parsed again.
 */
import type { SpanKind } from '#lib/contract/trace.ts'

/** One entry of a pool's work: which hand-over it came with, and which call of that it is. */
export interface EntryId {
  batch: number
  index: number
}

export type ToWorker<Handout> =
  /** There is work; `told` comes back with the next 'idle', which says what the worker had heard of by then. */
  | { type: 'work'; told: number; handout: Handout }
  | ({ type: 'cancel' } & EntryId)
  /** Dispose what the tasks left (`TaskContext.resource`) and end. */
  | { type: 'close' }

export type FromWorker =
  | { type: 'ready'; pid: number; tid: number; atUs: number }
  | Delivery
  /** An error nobody caught ends the worker; the exit that follows can't say why. */
  | { type: 'dying'; name: string; message: string; stack: string | null }

/** How a call ended, as `Delivery.rows` has it. `SKIPPED`: it was cancelled before it began. */
export const SUCCEEDED = 0
export const FAILED = 1
export const NOT_CLONEABLE = 2
export const SKIPPED = 3

/** For all: those running see it. For waiting ones only: what has begun goes on undisturbed. */
export const CANCEL_ALL = 1
export const CANCEL_WAITING = 2
export type Cancellation = typeof CANCEL_ALL | typeof CANCEL_WAITING

/** Columns of a row: batch, index, how it ended, worker, started, finished, CPU time (-1: unknown), spans left out. */
export const ROW = 8

export interface Delivery {
  type: 'results'
  /** `values.length` rows of `ROW` numbers, in the order of `values`. */
  rows: Float64Array
  /** What the calls returned, or a `RemoteError`. */
  values: unknown[]
  /** Rows of [position in `values`, index in `labels`, start, duration]. */
  spans: Float64Array | null
  labels: readonly (readonly [name: string, kind: SpanKind])[]
  /** Set when the worker found nothing more to do: the `told` of the last news it had. */
  idle: number | null
}

export interface RemoteError {
  name: string
  message: string
  stack: string | null
}

/** Of whatever was thrown; never throws itself. */
export const remoteError = (thrown: unknown): RemoteError => {
  if (thrown instanceof Error) {
    return {
      name: String(thrown.name),
      message: String(thrown.message),
      stack: thrown.stack ? String(thrown.stack) : null,
    }
  }
  try {
    return { name: typeof thrown, message: String(thrown), stack: null }
  } catch {
    // An object without a way to become a string; its type is all there is to say.
    return { name: typeof thrown, message: 'a value that has no text was thrown', stack: null }
  }
}

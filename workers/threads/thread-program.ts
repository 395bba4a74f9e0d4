/**
 * What a crew's threads execute: an exported function of a module, found by both names, as tasks of executors are. It runs in
 * every thread of the crew at once, on memory that they share, and may block, spin or wait for ever: the crew ends it.
 */
import type { Cancellation } from '#lib/primitives/cancellation.ts'
import type { SpanRecorder } from './span-recorder.ts'

/** `signature` exists only for the type checker: it carries the types from the program to who runs it. */
export interface ThreadProgram<Shared, Args, Result> {
  readonly module: string
  readonly name: string
  readonly signature?: (shared: Shared, args: Args) => Result
}

/** `export const countProgram = defineThreadProgram<CountShared, CountArgs, number>(import.meta.url, 'count')`, where `count` is exported too. */
export const defineThreadProgram = <Shared, Args, Result>(
  module: string,
  name: string,
): ThreadProgram<Shared, Args, Result> => ({ module, name })

/** The function behind a program. */
export type ThreadFunction<Shared, Args, Result> = (thread: ThreadContext<Shared, Args>) => Result | Promise<Result>

export interface ThreadContext<Shared, Args> {
  /** From 0, below `threads`. */
  readonly index: number
  /** How many take part. */
  readonly threads: number
  /** The same memory for all: what stands in it as SharedArrayBuffer, or as a view on one, is shared, the rest is copied. */
  readonly shared: Shared
  /** This thread's own. */
  readonly args: Args
  /** Set when the run is stopped. Loops look at it, waits take it as an option; who doesn't is terminated. */
  readonly cancellation: Cancellation
  /** Preallocated: recording allocates nothing. */
  readonly spans: SpanRecorder
  /** Microseconds on the run's clock. */
  nowUs(): number
  /**
   * Waits until all threads of the run have come, awake and on their cores as far as there are enough, and lets them go on at one
   * moment, which it returns. May be called again and again, by all alike: once for each trial. Throws BrokenBarrierError when
   * one has ended instead of coming, CancelledError when the run is stopped.
   */
  startTogether(): number
}

/**
 * What executes tasks: `submit`, `map`, `shutdown`, in the words of Python's `concurrent.futures`. Four implementations,
 * one contract suite (executor-contract.ts). Every executor works outside the caller's thread, so that the caller can
 * always answer, and each can be cancelled in the middle of a computation.
 */
import type { Strategy } from '#lib/contract/strategy.ts'
import type { Lane, SpanKind } from '#lib/contract/trace.ts'

/**
 * A function that any executor can find: the module that exports it and the name of the export. Made by `defineTask`.
 * `signature` exists only for the type checker: it carries the types of arguments and result to `submit` and `map`.
 */
export interface Task<Args, Result> {
  readonly module: string
  readonly name: string
  readonly signature?: (args: Args) => Result
}

/** `export const primesTask = defineTask<PrimesArgs, PrimesResult>(import.meta.url, 'primes')`, where `primes` is exported too. */
export const defineTask = <Args, Result>(module: string, name: string): Task<Args, Result> => ({ module, name })

/** The function behind a task. */
export type TaskFunction<Args, Result> = (args: Args, context: TaskContext) => Result | Promise<Result>

/** What a task sees of its worker. */
export interface TaskContext {
  /** From 0, below the executor's number of workers. */
  readonly worker: number
  /** For waiting work; a computation that never yields polls `cancelled()` instead, or is terminated. */
  readonly signal: AbortSignal
  cancelled(): boolean
  /** Microseconds on the run's clock. */
  nowUs(): number
  /** A span inside the task, on its lane. */
  span(name: string, kind: SpanKind, startUs: number, endUs: number): void
  /** A worker's own long-lived thing (an HTTP agent, an open database): made once per worker and key, disposed at shutdown. */
  resource<T extends Disposable | AsyncDisposable>(key: string, create: () => T): T
}

export interface TaskReport {
  /** Microseconds on the run's clock. `startedUs` and `finishedUs` are 0 for a task that never started. */
  submittedUs: number
  startedUs: number
  finishedUs: number
  /**
   * Time on the CPU while it ran, in microseconds; null where it can't be told apart (many tasks on one event loop). Kernels that
   * account in ticks are right to one tick (4 ms) in the sum; tasks handed over together share by duration.
   */
  cpuUs: number | null
  lane: string
  worker: number
  pid: number
  tid: number
  spans: { name: string; kind: SpanKind; startUs: number; durationUs: number }[]
  /** Spans beyond those that are kept for one task. */
  spansOmitted: number
}

export interface TaskError {
  /** 'failed': it threw. 'cancelled'. 'worker-died': its thread or process ended. 'not-cloneable': args or result can't be sent. 'shut-down'. */
  code: 'failed' | 'cancelled' | 'worker-died' | 'not-cloneable' | 'shut-down'
  name: string
  message: string
  /** The stack inside the worker. */
  stack: string | null
}

export type TaskOutcome<Result> =
  | { ok: true; value: Result; report: TaskReport }
  | { ok: false; error: TaskError; report: TaskReport }

export interface MapOptions {
  /** An estimate of each task's work, in any unit: the largest start first. */
  sizes?: readonly number[]
  signal?: AbortSignal
  /** Called as outcomes arrive, for progress; in batches, in no promised order. */
  onProgress?: (finished: number) => void
}

export interface Executor extends AsyncDisposable {
  readonly strategy: Strategy
  /** Tasks that can be in execution at once. */
  readonly workers: number
  /** Starts the workers; resolves when every one can take a task. `startupUs` is how long that took. */
  start(): Promise<{ startupUs: number }>
  /** Never rejects: a failure is an outcome. */
  submit<Args, Result>(
    task: Task<Args, Result>,
    args: Args,
    options?: { signal?: AbortSignal },
  ): Promise<TaskOutcome<Result>>
  /** Outcomes in the order of `argsList`. Never rejects. */
  map<Args, Result>(
    task: Task<Args, Result>,
    argsList: readonly Args[],
    options?: MapOptions,
  ): Promise<TaskOutcome<Result>[]>
  /**
   * Of threads or processes, only the first `workers` are told of work from now on: as if there were no more, without starting a
   * pool for each number. To be called while no call is open. Throws RangeError unless it is from 1 to as many as were started.
   */
  engage(workers: number): void
  /**
   * Resolves when no worker looks for more of what was submitted. A process claims from the file whose offset it shares, so before
   * this one that is no longer engaged may still take what is submitted next.
   */
  settled(): Promise<void>
  /** The lines of execution there have been so far: a worker that took a dead one's place has a lane of its own. */
  lanes(): Lane[]
  /** When each lane's thread or process was started, and how long it took until it could take a task. */
  startups(): Startup[]
  /** Waits for what was submitted; afterwards no thread or process remains. `await using` cancels everything first. */
  shutdown(options?: ShutdownOptions): Promise<void>
}

export interface ShutdownOptions {
  /** What has not started is cancelled; what runs is waited for. */
  cancelPending?: boolean
  /** What runs is cancelled as well. */
  cancelRunning?: boolean
}

export interface Startup {
  lane: string
  /** Microseconds on the run's clock. */
  startUs: number
  durationUs: number
}

export interface ExecutorOptions {
  workers: number
  /** The run's clock; left out, the executor's own creation is 0. */
  originNs?: bigint
  /** Lane ids become `${group}/thread-1` and so on; left out, the strategy. */
  group?: string
  /** false: no spans or reports beyond what the outcome needs; measured by the bench as the cost of tracing. */
  trace?: boolean
}

/**
 * What the runner hands to an experiment's execution, and the shape of that execution. Each file of this folder that is
 * named after an experiment exports `handler`; the runner finds it by the experiment's id.
 */
import type { Machine, Progress, RunErrorCode } from '#lib/contract/run.ts'
import type { Sample, SpanBatch } from '#lib/contract/run-event.ts'
import type { CounterSeries, Lane } from '#lib/contract/trace.ts'
import type { MovieApiSettings } from '#lib/movies/settings.ts'

/** The one clock of a run: moments are microseconds since `originNs` of `process.hrtime.bigint()`. */
export interface RunClock {
  readonly originNs: bigint
  nowUs(): number
}

/** What may be told while running. Calls return at once; the runner batches and sends. */
export interface RunEmitter {
  progress(progress: Progress): void
  lane(lane: Lane): void
  spans(batch: SpanBatch): void
  counters(series: CounterSeries[]): void
  sample(sample: Sample): void
  /** Resolves when what was told has been taken in, or soon where that takes long: before something is measured. */
  settled(): Promise<void>
}

/** Whoever answers a promise is not asked again until it is settled. */
export type CommandAct = () => void | Promise<void>

export interface RunContext<Params> {
  readonly runId: string
  readonly params: Params
  readonly machine: Machine
  readonly clock: RunClock
  readonly emit: RunEmitter
  /** Aborted by cancel, by a limit, and when the server is gone. The handler stops everything it started, then returns or throws. */
  readonly signal: AbortSignal
  /** Where the movie API is and how to speak to it; holds the key, so it is never emitted. */
  readonly movieApi: MovieApiSettings
  /** A folder of this run's own, removed with everything in it when the run ends however it ends. */
  readonly folder: string
  /** Registers what a declared command does; returns the way to withdraw it. It isn't accepted again before it is done. */
  onCommand(command: string, act: CommandAct): () => void
}

/** Returns the result, or throws RunFailure for an expected failure (anything else becomes 'internal'). */
export type Handler<Params, Result> = (context: RunContext<Params>) => Promise<Result>

/** An expected failure of a run, with the code that the page translates. */
export class RunFailure extends Error {
  override readonly name = 'RunFailure'
  readonly code: RunErrorCode

  constructor(code: RunErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/**
 * One run being carried out: its folder, its process, what disturbed it, and its removal, however it ends. It may be cancelled or
 * interrupted at any moment, also before there is a process that could be told.
 */
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Machine, RunError } from '../contract/run.ts'
import type { MovieApiSettings } from '../movies/settings.ts'
import type { LiveRun } from './live-run.ts'
import { otherCpuShare, readCpuTicks } from './machine-load.ts'
import type { KnownExperiments } from './read-set-up.ts'
import {
  RUNNER_LIMITS,
  type RunnerEnd,
  type RunnerLimits,
  RunnerProcess,
  type RunnerProgram,
} from './runner-process.ts'

export interface RunExecutionOptions {
  machine: Machine
  experiments: KnownExperiments
  /** Resolves when it is known where the movie API is, or when `signal` is aborted. */
  movieApi: (signal: AbortSignal) => Promise<MovieApiSettings>
  /** Runs get their folders in here. */
  temporaryFolder: string
  runner: RunnerProgram
  /** Where they differ from RUNNER_LIMITS and from what the budget of each run allows. */
  limits?: Partial<RunnerLimits>
  /** Never to appear in a message. */
  secrets?: readonly string[]
}

export class RunExecution {
  readonly live: LiveRun
  readonly #options: RunExecutionOptions
  /** Aborted with `#end`: what is waited for before there is a process is waited for no longer. */
  readonly #ending = new AbortController()
  /** null before it has started, and after it has ended. */
  #process: RunnerProcess | null = null
  /** Set while there is no process that could be told. */
  #end: RunnerEnd | null = null

  constructor(live: LiveRun, options: RunExecutionOptions) {
    this.live = live
    this.#options = options
  }

  /** To be called once. Never rejects; when it resolves no process and no folder is left. */
  async carryOut(): Promise<RunnerEnd> {
    const { live } = this
    const folder = path.join(this.#options.temporaryFolder, live.run.id)
    let end: RunnerEnd
    try {
      await mkdir(folder, { recursive: true })
      const before = await readCpuTicks()
      end = await this.#measure(folder)
      // Of a run that was broken off, what its processes used may have gone with them, and would pass for others'.
      if (end.kind === 'result') {
        const otherShare = otherCpuShare(before, await readCpuTicks())
        live.set({ interference: { ...live.run.interference, otherCpuShare: otherShare } })
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      end = { kind: 'error', error: { code: 'storage', message } }
    }
    this.#process = null
    try {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    } catch (error) {
      console.error(`The folder of run ${live.run.id} could not be removed:`, error)
    }
    return end
  }

  cancel(): void {
    this.#endWith({ kind: 'cancelled' })
    this.#process?.cancel()
    this.live.change({ commands: [] })
  }

  /** The server stops. */
  interrupt(error: RunError): void {
    this.#endWith({ kind: 'error', error })
    this.#process?.interrupt()
  }

  /** One of those that the run accepts now; not accepted again until the runner says that it is done. */
  command(command: string): void {
    if (this.#process === null) return
    this.live.change({ commands: this.live.run.commands.filter((one) => one !== command) })
    this.#process.command(command)
  }

  #endWith(end: RunnerEnd): void {
    this.#end ??= end
    this.#ending.abort()
  }

  async #measure(folder: string): Promise<RunnerEnd> {
    const { machine, experiments, runner, limits, secrets = [] } = this.#options
    const { run, budget } = this.live
    const experiment = experiments.find(run.experiment)
    // Who doesn't ask the movie API is told where it is, but doesn't wait for it.
    const needsMovieApi = (experiment?.movieApi?.(run.params) ?? null) !== null
    const movieApi = await this.#options.movieApi(needsMovieApi ? this.#ending.signal : AbortSignal.abort())
    if (this.#end !== null) return this.#end
    const declared = experiment?.commands ?? []
    this.#process = new RunnerProcess(
      runner,
      {
        type: 'start',
        runId: run.id,
        experiment: run.experiment,
        params: run.params,
        machine,
        folder,
        movieApi,
      },
      { ...RUNNER_LIMITS, timeMs: budget.limitMs, memoryBytes: budget.memoryBytes, ...limits },
      {
        event: (event) => this.live.add(event),
        commands: (commands) => {
          if (this.#end !== null) return // it is being cancelled: nothing applies any more
          this.live.change({ commands: ['cancel', ...commands.filter((command) => declared.includes(command))] })
        },
      },
      [...secrets, movieApi.token],
    )
    return this.#process.ended
  }
}

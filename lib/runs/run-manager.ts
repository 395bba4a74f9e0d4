/**
 * All runs of this server: admitted in order, one measuring at a time, recorded in the store when they end. Whatever is
 * asked of it and can't be done is answered as a failure with its reason; nothing here waits for a run.
 */
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { fail, type Outcome, succeed } from '../contract/failure.ts'
import { refuseFields } from '../contract/parse-input.ts'
import type { Machine, Run, RunList, RunSummary, StartRun } from '../contract/run.ts'
import { hasEnded } from '../contract/run-status.ts'
import type { AbsentServices } from '../contract/service.ts'
import { refuseEmulated, refuseUnavailable } from '../experiments/unavailable-choices.ts'
import type { MovieApiSettings } from '../movies/settings.ts'
import { checkPrediction } from './check-prediction.ts'
import type { JournalEntry } from './journal.ts'
import { LiveRun } from './live-run.ts'
import { otherCpuShare, readCpuTicks } from './machine-load.ts'
import { type KnownExperiments, readSetUp } from './read-set-up.ts'
import { budgetOf } from './run-budget.ts'
import { isRunId, newRunId } from './run-id.ts'
import {
  RUNNER_LIMITS,
  type RunnerEnd,
  type RunnerLimits,
  RunnerProcess,
  type RunnerProgram,
} from './runner-process.ts'
import { setUpKey } from './set-up-key.ts'
import type { RunQuery, RunStore } from './store.ts'
import { compressRecording, type RunRecording, readRecording, snapshotText } from './trace-body.ts'

const MAX_WAITING = 50

export interface RunManagerOptions {
  store: RunStore
  machine: Machine
  experiments: KnownExperiments
  /** Resolves when it is known where the movie API is, or when `signal` is aborted. */
  movieApi: (signal: AbortSignal) => Promise<MovieApiSettings>
  movieApiMode: MovieApiSettings['mode']
  /** Runs get their folders in here. */
  temporaryFolder: string
  runner: RunnerProgram
  /** Where they differ from RUNNER_LIMITS and from what the budget of each run allows. */
  limits?: Partial<RunnerLimits>
  maxWaiting?: number
  /** Which optional servers are not there; left out, all are. */
  absentServices?: () => AbsentServices
  /** Never to appear in a message. */
  secrets?: readonly string[]
}

interface ActiveRun {
  live: LiveRun
  /** null before it has started, and after it has ended. */
  process: RunnerProcess | null
  /** Set while there is no process that could be told. */
  end: RunnerEnd | null
  /** Aborted with `end`: what is waited for before there is a process is waited for no longer. */
  ending: AbortController
  settled: Promise<void>
}

const now = (): string => new Date().toISOString()
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export class RunManager {
  readonly #options: RunManagerOptions
  readonly #live = new Map<string, LiveRun>()
  readonly #queue: LiveRun[] = []
  readonly #stopping = new AbortController()
  #active: ActiveRun | null = null

  constructor(options: RunManagerOptions) {
    this.#options = options
  }

  get queueLength(): number {
    return this.#queue.length
  }

  start(request: StartRun): Outcome<Run> {
    const { machine, store, maxWaiting = MAX_WAITING } = this.#options
    if (this.#stopping.signal.aborted) return fail('shutting-down', 'The server is stopping; start it again first.')
    const setUp = readSetUp(this.#options.experiments, machine, request)
    if (!setUp.ok) return setUp
    const { experiment, params } = setUp.value
    const refused = experiment.check?.(params, machine) ?? []
    if (refused.length > 0) return refuseFields(refused.map((error) => ({ ...error, path: `params.${error.path}` })))
    const unavailable = refuseUnavailable(experiment, params, this.#options.absentServices?.() ?? {})
    unavailable.push(...refuseEmulated(experiment, params, this.#options.movieApiMode))
    if (unavailable.length > 0) return refuseFields(unavailable)
    const prediction = checkPrediction(experiment, params, request.prediction ?? null)
    if (!prediction.ok) return prediction
    const budget = budgetOf(experiment, params, machine)
    if (!budget.ok) return budget
    if (this.#queue.length >= maxWaiting) {
      return fail('queue-full', `${maxWaiting} runs are waiting already; try again when one has ended.`, {
        retryAfter: this.#secondsUntilNext(),
      })
    }

    const run: Run = {
      id: newRunId(),
      experiment: experiment.id,
      params,
      prediction: prediction.value,
      status: 'queued',
      position: this.#queue.length + (this.#active === null ? 0 : 1),
      createdAt: now(),
      startedAt: null,
      finishedAt: null,
      progress: { done: 0, total: 0, label: 'waiting', remainingMs: null },
      result: null,
      error: null,
      machine,
      interference: { searches: 0, otherCpuShare: null },
      commands: ['cancel'],
    }
    try {
      store.insert(run)
    } catch (error) {
      return fail('storage', `The run could not be recorded: ${messageOf(error)}`)
    }
    const live = new LiveRun(run, budget.value)
    this.#live.set(run.id, live)
    this.#queue.push(live)
    this.#advance()
    return succeed(live.run)
  }

  get(id: string): Run | null {
    return this.#live.get(id)?.run ?? (isRunId(id) ? this.#options.store.get(id) : null)
  }

  /** As `get`, with the failure to answer with. */
  find(id: string): Outcome<Run> {
    const run = this.get(id)
    return run === null ? noSuchRun(id) : succeed(run)
  }

  /** What the store knows these parameters by, filled from the defaults as they are when a run starts. */
  setUpKey(experiment: string, params: Readonly<Record<string, unknown>>): Outcome<string> {
    const { experiments, machine } = this.#options
    const setUp = readSetUp(experiments, machine, { experiment, params })
    return setUp.ok ? succeed(setUpKey(setUp.value.params)) : setUp
  }

  list(query: RunQuery): RunList {
    const { runs, nextCursor } = this.#options.store.list(query)
    return { runs: runs.map((summary) => this.#withLiveState(summary)), nextCursor }
  }

  /** Accepted is not yet done: the run's events tell what became of it. */
  command(id: string, command: string): Outcome<Run> {
    const run = this.get(id)
    if (run === null) return noSuchRun(id)
    const declared = ['cancel', ...(this.#options.experiments.find(run.experiment)?.commands ?? [])]
    if (!declared.includes(command)) {
      return refuseFields([{ path: 'command', message: `accepted are ${declared.join(', ')}; got "${command}"` }])
    }
    if (!run.commands.includes(command)) {
      return fail('conflict', `"${command}" does not apply to a run that is ${run.status}, at this moment.`)
    }
    if (command === 'cancel') this.#cancel(id)
    else if (this.#active?.live.run.id === id && this.#active.process) {
      // Until the runner says that it has done it, and can do it again.
      this.#active.live.change({ commands: run.commands.filter((one) => one !== command) })
      this.#active.process.command(command)
    }
    return succeed(this.get(id) ?? run)
  }

  /** Removes an ended run with its trace. */
  delete(id: string): Outcome<void> {
    const run = this.get(id)
    if (run === null) return noSuchRun(id)
    if (!hasEnded(run.status))
      return fail('conflict', `The run is ${run.status}: cancel it, and delete it when it has ended.`)
    this.#options.store.delete(id)
    this.#live.delete(id)
    return succeed(undefined)
  }

  /** What happened after event number `after`, and what happens, until the run ends; one snapshot if it has. */
  async *events(id: string, after: number, signal: AbortSignal): AsyncGenerator<JournalEntry> {
    const live = this.#live.get(id)
    if (live !== undefined) {
      yield* live.journal.read(after, signal)
      return
    }
    const run = this.get(id)
    if (run !== null)
      yield { id: 1, event: 'snapshot', data: await snapshotText(run, this.#options.store.traceBody(id)) }
  }

  /** Trace and samples so far; empty for a run that never began. */
  async recording(id: string): Promise<RunRecording> {
    return this.#live.get(id)?.recording ?? readRecording(this.#options.store.traceBody(id))
  }

  /** An interactive search was answered: a run that is measuring now has been disturbed by it. */
  countSearch(): void {
    const live = this.#active?.live
    if (live !== undefined && live.run.status === 'running') {
      live.change({ interference: { ...live.run.interference, searches: live.run.interference.searches + 1 } })
    }
  }

  /** Ends the run that is going and those that wait as interrupted; resolves when no process of theirs is left. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    const error = { code: 'interrupted' as const, message: 'The server was stopped before this run could begin.' }
    for (const live of this.#queue.splice(0)) this.#endWaiting(live, { kind: 'error', error })
    const active = this.#active
    if (active === null) return
    active.end ??= { kind: 'error', error: { ...error, message: 'The server was stopped during the run.' } }
    active.ending.abort()
    active.process?.interrupt()
    await active.settled
  }

  #withLiveState(summary: RunSummary): RunSummary {
    const live = this.#live.get(summary.id)
    if (live === undefined) return summary
    const { result: _, ...run } = live.run
    return { ...run, headline: summary.headline }
  }

  #cancel(id: string): void {
    const waiting = this.#queue.findIndex(({ run }) => run.id === id)
    const [live] = waiting < 0 ? [] : this.#queue.splice(waiting, 1)
    if (live !== undefined) {
      this.#endWaiting(live, { kind: 'cancelled' })
      this.#renumber()
      return
    }
    const active = this.#active
    if (active?.live.run.id !== id) return
    active.end ??= { kind: 'cancelled' }
    active.ending.abort()
    active.process?.cancel()
    active.live.change({ commands: [] })
  }

  /** Begins the next run if none is going. */
  #advance(): void {
    if (this.#active !== null || this.#stopping.signal.aborted) return
    const live = this.#queue.shift()
    if (live === undefined) return
    live.change({ status: 'running', position: 0, startedAt: now() })
    const active: ActiveRun = {
      live,
      process: null,
      end: null,
      ending: new AbortController(),
      settled: Promise.resolve(),
    }
    this.#active = active
    this.#renumber()
    active.settled = this.#carryOut(active).finally(() => {
      this.#active = null
      this.#advance()
    })
  }

  #renumber(): void {
    const ahead = this.#active === null ? 0 : 1
    for (const [index, live] of this.#queue.entries()) {
      if (live.run.position !== index + ahead) live.change({ position: index + ahead })
    }
  }

  /** Never rejects. */
  async #carryOut(active: ActiveRun): Promise<void> {
    const { live } = active
    const folder = path.join(this.#options.temporaryFolder, live.run.id)
    let end: RunnerEnd
    try {
      this.#options.store.update(live.run)
      await mkdir(folder, { recursive: true })
      const before = await readCpuTicks()
      end = await this.#measure(active, folder)
      // Of a run that was broken off, what its processes used may have gone with them, and would pass for others'.
      if (end.kind === 'result') {
        const otherShare = otherCpuShare(before, await readCpuTicks())
        live.set({ interference: { ...live.run.interference, otherCpuShare: otherShare } })
      }
    } catch (error) {
      end = { kind: 'error', error: { code: 'storage', message: messageOf(error) } }
    }
    active.process = null
    try {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    } catch (error) {
      console.error(`The folder of run ${live.run.id} could not be removed:`, error)
    }
    await this.#record(live, end)
  }

  async #measure(active: ActiveRun, folder: string): Promise<RunnerEnd> {
    const { machine, runner, limits, secrets = [] } = this.#options
    const { live } = active
    const experiment = this.#options.experiments.find(live.run.experiment)
    // Who doesn't ask the movie API is told where it is, but doesn't wait for it.
    const needsMovieApi = (experiment?.movieApi?.(live.run.params) ?? null) !== null
    const movieApi = await this.#options.movieApi(needsMovieApi ? active.ending.signal : AbortSignal.abort())
    if (active.end !== null) return active.end
    const declared = experiment?.commands ?? []
    active.process = new RunnerProcess(
      runner,
      {
        type: 'start',
        runId: live.run.id,
        experiment: live.run.experiment,
        params: live.run.params,
        machine,
        folder,
        movieApi,
      },
      { ...RUNNER_LIMITS, timeMs: live.budget.limitMs, memoryBytes: live.budget.memoryBytes, ...limits },
      {
        event: (event) => live.add(event),
        commands: (commands) => {
          if (active.end !== null) return // it is being cancelled: nothing applies any more
          live.change({ commands: ['cancel', ...commands.filter((command) => declared.includes(command))] })
        },
      },
      [...secrets, movieApi.token],
    )
    return active.process.ended
  }

  /** The end of a run that has begun: stored first, then told, so that whoever hears of it can read it. */
  async #record(live: LiveRun, end: RunnerEnd): Promise<void> {
    const headline = this.#setEnd(live, end)
    try {
      this.#options.store.finish(live.run, headline, await compressRecording(live.recording))
      this.#live.delete(live.run.id)
    } catch (error) {
      // It stays in memory, and says why it is nowhere else.
      console.error(`Run ${live.run.id} could not be recorded:`, error)
      live.set({ status: 'failed', error: { code: 'storage', message: messageOf(error) } })
    }
    live.announceEnd()
  }

  #endWaiting(live: LiveRun, end: RunnerEnd): void {
    this.#setEnd(live, end)
    try {
      this.#options.store.update(live.run)
      this.#live.delete(live.run.id)
    } catch (error) {
      console.error(`Run ${live.run.id} could not be recorded:`, error)
    }
    live.announceEnd()
  }

  #setEnd(live: LiveRun, end: RunnerEnd): RunSummary['headline'] {
    const ended = { position: 0, finishedAt: now(), commands: [] }
    if (end.kind === 'cancelled') live.set({ ...ended, status: 'cancelled' })
    else if (end.kind === 'error') live.set({ ...ended, status: 'failed', error: end.error })
    else {
      const experiment = this.#options.experiments.find(live.run.experiment)
      const result = experiment?.result.safeParse(end.result)
      if (experiment && result?.success) {
        live.set({ ...ended, status: 'succeeded', result: end.result })
        return experiment.headline(result.data, live.run.params)
      }
      const message = `The result is not of the agreed shape: ${result?.error?.message ?? 'unknown experiment'}`
      live.set({ ...ended, status: 'failed', error: { code: 'internal', message } })
    }
    return null
  }

  /** Seconds until the run that is going should have ended and one that waits moves up. */
  #secondsUntilNext(): number {
    const live = this.#active?.live
    if (live === undefined || live.run.startedAt === null) return 1
    const elapsedMs = Date.now() - Date.parse(live.run.startedAt)
    return Math.max(1, Math.ceil((live.budget.estimateMs - elapsedMs) / 1_000))
  }
}

const noSuchRun = (id: string): Outcome<never> => fail('not-found', `There is no run "${id.slice(0, 40)}".`)

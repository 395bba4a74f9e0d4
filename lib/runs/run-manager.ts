/**
 * All runs of this server: admitted in order, one measuring at a time, recorded in the store when they end. Whatever is
 * asked of it and can't be done is answered as a failure with its reason; nothing here waits for a run.
 */
import { fail, type Outcome, succeed } from '../contract/failure.ts'
import { refuseFields } from '../contract/parse-input.ts'
import type { Run, RunList, RunSummary, StartRun } from '../contract/run.ts'
import { hasEnded } from '../contract/run-status.ts'
import { type Admission, admitRun } from './admit-run.ts'
import { EndRecorder } from './end-recorder.ts'
import type { JournalEntry } from './journal.ts'
import { LiveRun } from './live-run.ts'
import { readSetUp } from './read-set-up.ts'
import { RunExecution, type RunExecutionOptions } from './run-execution.ts'
import { isRunId, newRunId } from './run-id.ts'
import type { RunnerEnd } from './runner-process.ts'
import { setUpKey } from './set-up-key.ts'
import type { RunQuery, RunStore } from './store.ts'
import { type RunRecording, readRecording, snapshotText } from './trace-body.ts'

const MAX_WAITING = 50

export interface RunManagerOptions extends Admission, RunExecutionOptions {
  store: RunStore
  maxWaiting?: number
}

const now = (): string => new Date().toISOString()
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export class RunManager {
  readonly #options: RunManagerOptions
  readonly #live = new Map<string, LiveRun>()
  readonly #queue: LiveRun[] = []
  readonly #recorder: EndRecorder
  #stopping = false
  #active: RunExecution | null = null
  /** Resolves when the run that is going has been recorded. */
  #settled: Promise<void> = Promise.resolve()

  constructor(options: RunManagerOptions) {
    this.#options = options
    const { store, experiments } = options
    this.#recorder = new EndRecorder({ store, experiments, stored: ({ run }) => this.#live.delete(run.id) })
  }

  get queueLength(): number {
    return this.#queue.length
  }

  start(request: StartRun): Outcome<Run> {
    const { machine, store, maxWaiting = MAX_WAITING } = this.#options
    if (this.#stopping) return fail('shutting-down', 'The server is stopping; start it again first.')
    const admitted = admitRun(this.#options, request)
    if (!admitted.ok) return admitted
    const { experiment, params, prediction, budget } = admitted.value
    if (this.#queue.length >= maxWaiting) {
      return fail('queue-full', `${maxWaiting} runs are waiting already; try again when one has ended.`, {
        retryAfter: this.#secondsUntilNext(),
      })
    }

    const run: Run = {
      id: newRunId(),
      experiment: experiment.id,
      params,
      prediction,
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
    const live = new LiveRun(run, budget)
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
    else if (this.#active?.live.run.id === id) this.#active.command(command)
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
    this.#stopping = true
    const error = { code: 'interrupted' as const, message: 'The server was stopped before this run could begin.' }
    for (const live of this.#queue.splice(0)) this.#recorder.recordWaiting(live, { kind: 'error', error })
    this.#active?.interrupt({ ...error, message: 'The server was stopped during the run.' })
    await this.#settled
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
      this.#recorder.recordWaiting(live, { kind: 'cancelled' })
      this.#renumber()
      return
    }
    if (this.#active?.live.run.id === id) this.#active.cancel()
  }

  /** Begins the next run if none is going. */
  #advance(): void {
    if (this.#active !== null || this.#stopping) return
    const live = this.#queue.shift()
    if (live === undefined) return
    live.change({ status: 'running', position: 0, startedAt: now() })
    this.#active = new RunExecution(live, this.#options)
    this.#renumber()
    this.#settled = this.#carryOut(this.#active).finally(() => {
      this.#active = null
      this.#advance()
    })
  }

  /** Never rejects. */
  async #carryOut(execution: RunExecution): Promise<void> {
    const { live } = execution
    let end: RunnerEnd
    try {
      this.#options.store.update(live.run)
      end = await execution.carryOut()
    } catch (error) {
      end = { kind: 'error', error: { code: 'storage', message: messageOf(error) } }
    }
    await this.#recorder.record(live, end)
  }

  #renumber(): void {
    const ahead = this.#active === null ? 0 : 1
    for (const [index, live] of this.#queue.entries()) {
      if (live.run.position !== index + ahead) live.change({ position: index + ahead })
    }
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

/**
 * The one executor behind all four strategies: keeps the books of what was submitted, lays it out for the workers, and turns
 * what comes back into outcomes. Whether the workers are threads or processes, and how many calls each has in execution,
 * is decided by who makes it (sequential.ts, async.ts, thread-pool.ts, process-pool.ts).
 *
 * Each call has exactly one outcome, and is executed at most once, but for one case: a call that had ended in a worker that
 * was killed before it could hand the result over is executed again.
 */
import type { Strategy } from '#lib/contract/strategy.ts'
import type { Lane, LaneKind } from '#lib/contract/trace.ts'
import { createRunClock } from '../measuring/run-clock.ts'
import type { Batch, BatchReceiver } from './batch.ts'
import type { Board, Layout } from './board.ts'
import { Crew, type Place } from './crew.ts'
import type {
  Executor,
  ExecutorOptions,
  MapOptions,
  ShutdownOptions,
  Startup,
  Task,
  TaskError,
  TaskOutcome,
} from './executor.ts'
import { Gathering } from './gathering.ts'
import { GraceTimers } from './grace-timers.ts'
import { type HandOver, handOver, handOverInSheets } from './hand-over.ts'
import { OpenBatches } from './open-batches.ts'
import { receiveDelivery, settleWithoutRun, withoutRun } from './outcomes.ts'
import { CANCEL_ALL, CANCEL_WAITING } from './protocol.ts'
import { CANCELLED, SHUT_DOWN, workersCannotStart } from './task-errors.ts'
import type { Connect } from './worker-link.ts'
import { WorkerLoss } from './worker-loss.ts'

export interface WorkerPoolOptions<Handout> extends ExecutorOptions {
  strategy: Strategy
  laneKind: LaneKind
  board: Board<Handout>
  connect: Connect<Handout>
  /** Threads or processes; each has `inFlight` calls in execution at once. */
  size: number
  inFlight: number
  tellWorking: boolean
  originNs: bigint
}

export class WorkerPool<Handout> implements Executor {
  readonly strategy: Strategy
  readonly workers: number
  readonly #board: Board<Handout>
  readonly #crew: Crew<Handout>
  readonly #nowUs: () => number
  readonly #trace: boolean
  readonly #batches = new OpenBatches((batch) => {
    this.#board.release(batch.id)
    batch.onEnd?.()
  })
  readonly #graceTimers = new GraceTimers()
  readonly #gathering = new Gathering(({ blocks, submittedUs, receiver }) => {
    const order = Array.from(blocks, (_, index) => index)
    this.#layOut(this.#batches.open(submittedUs, receiver), { order, blocks, inOrder: true }, undefined)
  })
  #brokenBecause: string | null = null
  #shutdown: Promise<void> | null = null

  constructor(options: WorkerPoolOptions<Handout>) {
    this.strategy = options.strategy
    this.workers = options.workers
    this.#board = options.board
    this.#trace = options.trace ?? true
    this.#nowUs = createRunClock(options.originNs).nowUs
    const loss = new WorkerLoss({ board: this.#board, batches: this.#batches, nowUs: this.#nowUs })
    this.#crew = new Crew(
      { ...options, group: options.group ?? options.strategy, nowUs: this.#nowUs },
      {
        delivered: (lane, delivery) => {
          const touched = receiveDelivery(delivery, this.#batches.byId, lane, this.#trace)
          for (const batch of touched) this.#batches.afterOutcomes(batch)
        },
        died: (place, reason, cause) => loss.died(place, reason, cause),
        openCalls: () => this.#batches.calls,
        lost: () => {
          loss.layOutLost()
          if (this.#batches.calls > 0) this.#crew.tell(this.#batches.calls)
        },
        broken: (reason) => {
          this.#brokenBecause = reason
          loss.giveUp(reason)
        },
      },
    )
  }

  async start(): Promise<{ startupUs: number }> {
    const from = this.#nowUs()
    await this.#crew.start()
    return { startupUs: this.#nowUs() - from }
  }

  engage(workers: number): void {
    this.#crew.engage(workers)
  }

  settled(): Promise<void> {
    return this.#crew.settled()
  }

  lanes(): Lane[] {
    return [...this.#crew.lanes]
  }

  startups(): Startup[] {
    return [...this.#crew.startups]
  }

  submit<Args, Result>(
    task: Task<Args, Result>,
    args: Args,
    options: { signal?: AbortSignal } = {},
  ): Promise<TaskOutcome<Result>> {
    const { signal } = options
    const submittedUs = this.#nowUs()
    const refusal = this.#refusal(signal)
    if (refusal) return Promise.resolve(withoutRun(refusal, submittedUs))
    // Now, not at the end of the turn: what the caller writes into the arguments afterwards is not part of this call.
    const { blocks, refused } = handOver(asUnknown(task), [args], this.#board.sharedMemory)
    const [block] = blocks
    if (refused[0]) return Promise.resolve(withoutRun(refused[0].error, submittedUs))
    if (block === undefined) throw new Error('a call was neither encoded nor refused')
    return new Promise((resolve) => {
      // The task's signature says what its function returns; nothing else could check it.
      const settle = (outcome: TaskOutcome<unknown>): void => resolve(outcome as TaskOutcome<Result>)
      if (!signal) return this.#gathering.add(block, submittedUs, settle)
      const receiver: BatchReceiver = { outcome: (_, outcome) => settle(outcome) }
      const batch = this.#open(Float64Array.of(submittedUs), receiver, signal)
      this.#layOut(batch, { order: [0], blocks, inOrder: true }, signal)
    })
  }

  map<Args, Result>(
    task: Task<Args, Result>,
    argsList: readonly Args[],
    options: MapOptions = {},
  ): Promise<TaskOutcome<Result>[]> {
    const { signal, sizes, onProgress } = options
    const nowUs = this.#nowUs()
    const refusal = this.#refusal(signal)
    if (refusal) return Promise.resolve(argsList.map(() => withoutRun(refusal, nowUs)))
    if (argsList.length === 0) return Promise.resolve([])
    this.#gathering.flush()
    const sheets = handOverInSheets(asUnknown(task), argsList, this.#board.sharedMemory, sizes)
    const submittedUs = new Float64Array(argsList.length).fill(nowUs)
    return new Promise((resolve) => {
      const outcomes = new Array<TaskOutcome<Result>>(argsList.length)
      const batch = this.#open(
        submittedUs,
        {
          outcome: (index, outcome) => {
            outcomes[index] = outcome as TaskOutcome<Result>
          },
          progress: (finished) => {
            onProgress?.(finished)
            if (finished === argsList.length) resolve(outcomes)
          },
        },
        signal,
      )
      const refusals: HandOver['refused'] = []
      for (const { order, blocks, refused } of sheets) {
        this.#layOut(batch, { order, blocks, inOrder: sizes !== undefined }, signal)
        refusals.push(...refused)
      }
      if (refusals.length === 0) return
      for (const { index, error } of refusals) settleWithoutRun(batch, index, error)
      this.#batches.afterOutcomes(batch)
    })
  }

  shutdown(options: ShutdownOptions = {}): Promise<void> {
    this.#gathering.flush()
    if (options.cancelRunning || options.cancelPending) {
      for (const batch of this.#batches.all()) this.#cancel(batch, options.cancelRunning ?? false)
    }
    this.#shutdown ??= this.#close()
    return this.#shutdown
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.shutdown({ cancelRunning: true })
  }

  async #close(): Promise<void> {
    try {
      await this.#batches.drained()
      await this.#crew.close()
    } finally {
      this.#graceTimers[Symbol.dispose]()
      this.#board[Symbol.dispose]()
    }
  }

  #refusal(signal: AbortSignal | undefined): TaskError | null {
    if (this.#shutdown) return SHUT_DOWN
    if (this.#brokenBecause !== null) return workersCannotStart(this.#brokenBecause)
    return signal?.aborted ? CANCELLED : null
  }

  #open(submittedUs: Float64Array, receiver: BatchReceiver, signal: AbortSignal | undefined): Batch {
    const batch = this.#batches.open(submittedUs, receiver)
    if (signal) {
      const cancel = (): void => this.#cancel(batch, true)
      signal.addEventListener('abort', cancel, { once: true })
      batch.onEnd = () => signal.removeEventListener('abort', cancel)
    }
    return batch
  }

  #layOut(batch: Batch, work: Pick<Layout, 'order' | 'blocks' | 'inOrder'>, signal: AbortSignal | undefined): void {
    if (work.order.length === 0) return
    this.#board.layOut({ ...work, batch: batch.id, cancellable: signal !== undefined })
    // A failure is told to each call (`WorkerLoss.giveUp`), and to who awaits start().
    this.#crew.start().catch(() => undefined)
    this.#crew.tell(work.order.length)
  }

  #cancel(batch: Batch, running: boolean): void {
    const claimed = this.#board.cancel(batch.id, null, running ? CANCEL_ALL : CANCEL_WAITING)
    const inHand = new Set<number>()
    for (const { index, worker } of claimed) {
      if (!batch.isOpen(index)) continue
      inHand.add(index)
      if (!running) continue
      batch.requestCancel(index)
      const place = this.#crew.cancel(worker, { batch: batch.id, index })
      if (place) this.#stopAfterGrace(place, batch, index)
    }
    for (const index of batch.openIndices()) if (!inHand.has(index)) settleWithoutRun(batch, index, CANCELLED)
    this.#batches.afterOutcomes(batch)
  }

  #stopAfterGrace(place: Place, batch: Batch, index: number): void {
    const { lane } = place
    this.#graceTimers.after(() => {
      if (batch.isOpen(index)) this.#crew.stop(place, lane)
    })
  }
}

/** The pool handles tasks of all signatures alike; only the caller of `submit` and `map` knows this one's. */
const asUnknown = ({ module, name }: { module: string; name: string }): Task<unknown, unknown> => ({ module, name })

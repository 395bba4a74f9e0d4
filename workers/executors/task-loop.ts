/**
 * What a worker does, be it a thread or a process: claim a call, execute it, remember its result, and so on until nothing is
 * left; then hand over and wait for news. With `inFlight` above 1 that many lines of claims share one event loop.
 */
import { createRunClock } from '../measuring/run-clock.ts'
import type { Claim, Claims } from './claims.ts'
import type { TaskFunction } from './executor.ts'
import { Outbox } from './outbox.ts'
import { type Delivery, FAILED, type FromWorker, remoteError, SKIPPED, SUCCEEDED, type ToWorker } from './protocol.ts'
import { TaskRun, type WorkerScene } from './task-run.ts'
import { WorkerResources } from './worker-resources.ts'

/**
 * How long a finished call's result may wait for others to travel with, while calls follow each other without a pause. Each
 * hand-over wakes the caller's thread, on a core that a worker would have had: at 4 ms that cost 1% of two cores, at 16 ms 0.5%.
 */
const HAND_OVER_US = 50_000

export interface WorkerSettings {
  /** The number of its first line of claims. */
  worker: number
  inFlight: number
  originNs: bigint
  trace: boolean
}

type Work = TaskFunction<unknown, unknown>

export class TaskLoop<Handout> {
  readonly #claims: Claims<Handout>
  readonly #scene: WorkerScene
  readonly #outbox: Outbox
  readonly #functions = new Map<string, Map<string, Work>>()
  readonly #freeLines: number[]
  readonly #inFlight: number
  readonly #trace: boolean
  readonly #post: (message: FromWorker) => void
  #told = 0
  #handedOverUs = 0
  #handOverPlanned = false
  /** Lines may end at once, before the others have been started. */
  #startingLines = false

  constructor(settings: WorkerSettings, claims: Claims<Handout>, post: (message: FromWorker) => void) {
    this.#claims = claims
    this.#post = post
    this.#inFlight = settings.inFlight
    this.#trace = settings.trace
    this.#freeLines = Array.from({ length: settings.inFlight }, (_, line) => settings.worker + line).reverse()
    this.#outbox = new Outbox({
      post: (delivery: Delivery) => post(delivery),
      trace: settings.trace,
      oneAtATime: settings.inFlight === 1,
    })
    this.#scene = {
      nowUs: createRunClock(settings.originNs).nowUs,
      resources: new WorkerResources(),
      outbox: this.#outbox,
      trace: settings.trace,
      listening: new Set(),
    }
  }

  ready(pid: number, tid: number): void {
    this.#post({ type: 'ready', pid, tid, atUs: this.#scene.nowUs() })
  }

  /** False: it was told to close, and what tasks kept is disposed. */
  async receive(message: ToWorker<Handout>): Promise<boolean> {
    if (message.type === 'work') this.#work(message.told, message.handout)
    else if (message.type === 'cancel') this.#cancel(message.batch, message.index)
    else {
      await this.#scene.resources[Symbol.asyncDispose]()
      return false
    }
    return true
  }

  /** Also when the worker is about to end: the results it holds would end with it. */
  handOver(): void {
    this.#handedOverUs = this.#scene.nowUs()
    this.#outbox.flush(null)
  }

  #work(told: number, handout: Handout): void {
    this.#told = told
    this.#claims.add(handout)
    if (this.#allFree) {
      this.#outbox.startCpuWindow()
      this.#handedOverUs = this.#scene.nowUs()
    }
    this.#startingLines = true
    const free = this.#freeLines.splice(0)
    for (let line = free.pop(); line !== undefined; line = free.pop()) {
      const claim = this.#claims.next(line, this.#scene.nowUs())
      if (claim === null) {
        this.#freeLines.push(...free, line)
        break
      }
      // It catches what tasks throw; a defect of this file rejects, and then the worker shall die of it.
      void this.#line(line, claim)
    }
    this.#startingLines = false
    this.#linesEnded()
  }

  /** Once a worker has said that it found nothing more it doesn't look again until it is told: others may be engaged then. */
  #linesEnded(): void {
    if (this.#startingLines) return
    if (this.#allFree) this.#outbox.flush(this.#told)
    else this.#planHandOver()
  }

  get #allFree(): boolean {
    return this.#freeLines.length === this.#inFlight
  }

  async #line(line: number, first: Claim): Promise<void> {
    for (let claim: Claim | null = first; claim !== null; claim = this.#claims.next(line, this.#scene.nowUs())) {
      // This one may be terminated, and what lies in the outbox with it.
      if (claim.cancellable && this.#outbox.size > 0 && this.#outbox.lastBatch !== claim.batch) this.handOver()
      const pending = this.#execute(new TaskRun(this.#scene, claim, line))
      if (pending === null) continue
      this.#planHandOver()
      await pending
    }
    this.#freeLines.push(line)
    this.#linesEnded()
  }

  /** Null when it has ended already: a synchronous task costs no promise. */
  #execute(run: TaskRun): Promise<void> | null {
    const { task, skipped } = run.claim
    if (skipped) {
      this.#end(run, SKIPPED, null)
      return null
    }
    const work = this.#functions.get(task.module)?.get(task.name)
    return work === undefined ? this.#loadAndStart(run) : this.#start(run, work)
  }

  async #loadAndStart(run: TaskRun): Promise<void> {
    const { module, name } = run.claim.task
    let work: Work
    try {
      work = await loadTask(module, name)
    } catch (failure) {
      if (this.#trace) run.startedUs = this.#scene.nowUs()
      this.#end(run, FAILED, remoteError(failure))
      return
    }
    const ofModule = this.#functions.get(module) ?? new Map<string, Work>()
    this.#functions.set(module, ofModule.set(name, work))
    await this.#start(run, work)
  }

  #start(run: TaskRun, work: Work): Promise<void> | null {
    if (this.#trace) run.startedUs = this.#scene.nowUs()
    try {
      const value = work(run.claim.args, run)
      if (value instanceof Promise) return this.#settle(run, value)
      this.#end(run, SUCCEEDED, value)
    } catch (failure) {
      this.#end(run, FAILED, remoteError(failure))
    }
    return null
  }

  async #settle(run: TaskRun, promise: Promise<unknown>): Promise<void> {
    try {
      this.#end(run, SUCCEEDED, await promise)
    } catch (failure) {
      this.#end(run, FAILED, remoteError(failure))
    }
  }

  #end(run: TaskRun, how: number, value: unknown): void {
    const nowUs = this.#scene.nowUs()
    run.close()
    run.claim.ended()
    this.#outbox.add(run, how, value, this.#trace ? nowUs : 0)
    if (this.#outbox.full || nowUs - this.#handedOverUs > HAND_OVER_US) this.handOver()
  }

  /** Once the event loop turns: results that end in the same turn travel together. */
  #planHandOver(): void {
    if (this.#handOverPlanned || this.#outbox.size === 0) return
    this.#handOverPlanned = true
    setImmediate(() => {
      this.#handOverPlanned = false
      this.handOver()
    })
  }

  #cancel(batch: number, index: number): void {
    for (const run of this.#scene.listening) {
      if (run.claim.batch === batch && run.claim.index === index) run.abort()
    }
  }
}

const loadTask = async (module: string, name: string): Promise<Work> => {
  const loaded: Record<string, unknown> = await import(module)
  const work = loaded[name]
  // The signature was checked where the task was defined.
  if (typeof work === 'function') return work as Work
  throw new TypeError(`the module ${module} exports no function ${name}`)
}

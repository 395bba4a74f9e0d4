/** One call inside its worker: what the task sees as its context, and what is remembered until its result is handed over. */
import type { SpanKind } from '#lib/contract/trace.ts'
import type { Claim } from './claims.ts'
import type { TaskContext } from './executor.ts'
import type { Outbox } from './outbox.ts'
import type { WorkerResources } from './worker-resources.ts'

/** Spans a call may keep; those beyond are counted. */
const SPANS_PER_CALL = 10_000

/** What all calls of a worker have in common. */
export interface WorkerScene {
  readonly nowUs: () => number
  readonly resources: WorkerResources
  readonly outbox: Outbox
  readonly trace: boolean
  /** Calls that asked for their `signal`: the only ones that must hear of a cancellation. */
  readonly listening: Set<TaskRun>
}

export class TaskRun implements TaskContext {
  readonly claim: Claim
  readonly worker: number
  startedUs = 0
  /** Start, duration, label, and so on; null until the first. */
  spans: number[] | null = null
  spansOmitted = 0
  readonly #scene: WorkerScene
  #controller: AbortController | null = null

  constructor(scene: WorkerScene, claim: Claim, worker: number) {
    this.#scene = scene
    this.claim = claim
    this.worker = worker
  }

  get signal(): AbortSignal {
    if (this.#controller === null) {
      // Made on demand: it costs more than a fine task, and most tasks never look.
      this.#controller = new AbortController()
      this.#scene.listening.add(this)
      if (this.claim.cancelled()) this.abort()
    }
    return this.#controller.signal
  }

  abort(): void {
    this.#controller?.abort(new DOMException('the task was cancelled', 'AbortError'))
  }

  close(): void {
    if (this.#controller !== null) this.#scene.listening.delete(this)
  }

  cancelled(): boolean {
    return this.claim.cancelled()
  }

  nowUs(): number {
    return this.#scene.nowUs()
  }

  span(name: string, kind: SpanKind, startUs: number, endUs: number): void {
    if (!this.#scene.trace) return
    this.spans ??= []
    if (this.spans.length >= 3 * SPANS_PER_CALL) this.spansOmitted++
    else this.spans.push(startUs, Math.max(0, endUs - startUs), this.#scene.outbox.label(name, kind))
  }

  resource<T extends Disposable | AsyncDisposable>(key: string, create: () => T): T {
    return this.#scene.resources.use(key, create)
  }
}

/**
 * Shares work that is asked for again while it is under way. Each caller may leave by its own signal; the work itself is
 * aborted when the last caller has left, and a later caller then starts it anew.
 */
interface Shared<Value> {
  promise: Promise<Value>
  controller: AbortController
  callers: number
}

export class InFlight<Value> {
  readonly #shared = new Map<string, Shared<Value>>()

  get size(): number {
    return this.#shared.size
  }

  /** `work` must end soon after its signal is aborted. Resolves with `left()` for a caller whose signal was aborted. */
  run(
    key: string,
    work: (signal: AbortSignal) => Promise<Value>,
    left: () => Value,
    signal?: AbortSignal,
  ): Promise<Value> {
    if (signal?.aborted) return Promise.resolve(left())
    const shared = this.#shared.get(key) ?? this.#start(key, work)
    shared.callers += 1
    return new Promise<Value>((resolve, reject) => {
      const leave = () => {
        shared.callers -= 1
        if (shared.callers === 0) {
          // Before the abort: who comes after it must not join work that is being taken down.
          this.#forget(key, shared)
          shared.controller.abort(signal?.reason)
        }
        resolve(left())
      }
      signal?.addEventListener('abort', leave, { once: true })
      shared.promise.then(resolve, reject).finally(() => signal?.removeEventListener('abort', leave))
    })
  }

  #start(key: string, work: (signal: AbortSignal) => Promise<Value>): Shared<Value> {
    const controller = new AbortController()
    const shared: Shared<Value> = { promise: work(controller.signal), controller, callers: 0 }
    this.#shared.set(key, shared)
    const forget = () => this.#forget(key, shared)
    shared.promise.then(forget, forget)
    return shared
  }

  #forget(key: string, shared: Shared<Value>): void {
    if (this.#shared.get(key) === shared) this.#shared.delete(key)
  }
}

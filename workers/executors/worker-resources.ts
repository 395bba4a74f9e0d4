/** What tasks keep in their worker between calls (an HTTP agent, an open database): made once per key, disposed at the end. */
export class WorkerResources implements AsyncDisposable {
  readonly #byKey = new Map<string, Disposable | AsyncDisposable>()

  use<T extends Disposable | AsyncDisposable>(key: string, create: () => T): T {
    const known = this.#byKey.get(key)
    // The key's owner gives it one type: a key names its task's module.
    if (known) return known as T
    const created = create()
    this.#byKey.set(key, created)
    return created
  }

  /** The last made goes first, since it may use those before it. Every one gets its turn, also after one that fails. */
  async [Symbol.asyncDispose](): Promise<void> {
    const failures: unknown[] = []
    for (const resource of [...this.#byKey.values()].reverse()) {
      try {
        if (Symbol.asyncDispose in resource) await resource[Symbol.asyncDispose]()
        else resource[Symbol.dispose]()
      } catch (failure) {
        failures.push(failure)
      }
    }
    this.#byKey.clear()
    if (failures.length > 0) throw new AggregateError(failures, 'a resource of this worker could not be disposed')
  }
}

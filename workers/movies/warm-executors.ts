/**
 * Executors that stay started between searches, one per strategy and number of workers. Bounded: those used longest ago are
 * ended when together they hold more than the budget, and all that nobody used for a while. One in use is never ended; who
 * needs another beyond the budget waits until one is given back, or gets what is larger than the budget alone.
 */
import type { Strategy } from '#lib/contract/strategy.ts'
import { type Searching, startSearching } from './start-searching.ts'

export interface Loan extends Disposable {
  searching: Searching
  /** It was started for this loan: its start-up belongs to the picture. */
  fresh: boolean
}

interface Kept {
  weight: number
  searching: Promise<Searching>
  users: number
  usedMs: number
}

/** A process holds about as much memory as four threads. */
const WEIGHT: Record<Strategy, number> = { sequential: 1, async: 1, threads: 1, processes: 4 }

export interface WarmExecutorsOptions {
  originNs: bigint
  /** In threads; a process counts four. */
  budget?: number
  idleMs?: number
}

export class WarmExecutors implements AsyncDisposable {
  readonly #originNs: bigint
  readonly #budget: number
  readonly #idleMs: number
  // In the order of last use.
  readonly #kept = new Map<string, Kept>()
  /** Of those that wait for something to be given back, first come first. */
  readonly #waiting = new Set<() => void>()
  readonly #ending = new Set<Promise<void>>()
  readonly #closing = new AbortController()
  readonly #sweeper: NodeJS.Timeout

  constructor({ originNs, budget = 64, idleMs = 60_000 }: WarmExecutorsOptions) {
    this.#originNs = originNs
    this.#budget = budget
    this.#idleMs = idleMs
    this.#sweeper = setInterval(() => this.#endIdle(), idleMs / 4)
    this.#sweeper.unref()
  }

  /** The keys that are kept now, the one used longest ago first. */
  get keys(): string[] {
    return [...this.#kept.keys()]
  }

  /** Null when `caller` is aborted while waiting for room. Rejects when the workers can't be started; nothing is kept then. */
  async borrow(strategy: Strategy, workers: number, caller: AbortSignal): Promise<Loan | null> {
    const signal = AbortSignal.any([caller, this.#closing.signal])
    const size = strategy === 'sequential' ? 1 : workers
    const key = `${strategy}×${size}`
    const weight = (strategy === 'async' ? 1 : size) * WEIGHT[strategy]
    while (!this.#kept.has(key) && !this.#hasRoomFor(weight)) {
      if (!(await this.#givenBack(signal))) return null
    }
    const known = this.#kept.get(key)
    const kept = known ?? this.#start(strategy, size, weight)
    kept.users += 1
    this.#touch(key, kept)
    try {
      const searching = await kept.searching
      return { searching, fresh: known === undefined, [Symbol.dispose]: () => this.#giveBack(kept) }
    } catch (error) {
      if (this.#kept.get(key) === kept) this.#kept.delete(key)
      this.#wake()
      throw error
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#sweeper)
    this.#closing.abort()
    for (const [key, kept] of this.#kept) this.#end(key, kept)
    await Promise.all(this.#ending)
  }

  #start(strategy: Strategy, workers: number, weight: number): Kept {
    const options = { workers, originNs: this.#originNs, signal: this.#closing.signal }
    return { weight, searching: startSearching(strategy, options), users: 0, usedMs: 0 }
  }

  /** Those that nobody uses make room. */
  #hasRoomFor(weight: number): boolean {
    let inUse = 0
    for (const kept of this.#kept.values()) if (kept.users > 0) inUse += kept.weight
    return inUse === 0 || inUse + weight <= this.#budget
  }

  /** False when `signal` is aborted before. */
  #givenBack(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false)
    return new Promise((resolve) => {
      const done = (): void => {
        this.#waiting.delete(done)
        signal.removeEventListener('abort', done)
        resolve(!signal.aborted)
      }
      this.#waiting.add(done)
      signal.addEventListener('abort', done)
    })
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake()
  }

  #touch(key: string, kept: Kept): void {
    kept.usedMs = performance.now()
    this.#kept.delete(key)
    this.#kept.set(key, kept)
    this.#keepBudget()
  }

  #giveBack(kept: Kept): void {
    kept.users -= 1
    kept.usedMs = performance.now()
    this.#keepBudget()
    this.#wake()
  }

  #keepBudget(): void {
    let weight = 0
    for (const { weight: own } of this.#kept.values()) weight += own
    for (const [key, kept] of this.#kept) {
      if (weight <= this.#budget) return
      if (kept.users > 0) continue
      weight -= kept.weight
      this.#end(key, kept)
    }
  }

  #endIdle(): void {
    const now = performance.now()
    for (const [key, kept] of this.#kept) {
      if (kept.users === 0 && now - kept.usedMs >= this.#idleMs) this.#end(key, kept)
    }
  }

  #end(key: string, kept: Kept): void {
    this.#kept.delete(key)
    const ended = kept.searching
      .then(({ executor }) => executor[Symbol.asyncDispose]())
      // It never started, which its borrower was told; or its end failed, which leaves nothing to do but say so.
      .catch((error: unknown) => console.error(`ending ${key}:`, error))
      .finally(() => this.#ending.delete(ended))
    this.#ending.add(ended)
  }
}

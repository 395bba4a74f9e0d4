/** Keeps values for a time and up to a weight, the least recently used leaving first. For interactive use: a run never has one. */
export interface LruCacheOptions<Value> {
  /** In the unit of `weigh`; a value above it is not kept at all. */
  maxWeight: number
  maxAgeMs: number
  weigh(value: Value): number
  nowMs?(): number
}

export class LruCache<Value> {
  readonly #options: LruCacheOptions<Value>
  readonly #nowMs: () => number
  // A Map keeps insertion order, so the first key is the least recently used one.
  readonly #entries = new Map<string, { value: Value; weight: number; expiresMs: number }>()
  #weight = 0

  constructor(options: LruCacheOptions<Value>) {
    this.#options = options
    this.#nowMs = options.nowMs ?? (() => performance.now())
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key)
    if (!entry) return undefined
    this.#entries.delete(key)
    if (entry.expiresMs <= this.#nowMs()) {
      this.#weight -= entry.weight
      return undefined
    }
    this.#entries.set(key, entry)
    return entry.value
  }

  set(key: string, value: Value): void {
    this.delete(key)
    const weight = this.#options.weigh(value)
    if (weight > this.#options.maxWeight) return
    this.#entries.set(key, { value, weight, expiresMs: this.#nowMs() + this.#options.maxAgeMs })
    this.#weight += weight
    for (const oldest of this.#entries.keys()) {
      if (this.#weight <= this.#options.maxWeight) break
      this.delete(oldest)
    }
  }

  delete(key: string): void {
    const entry = this.#entries.get(key)
    if (!entry) return
    this.#entries.delete(key)
    this.#weight -= entry.weight
  }
}

/**
 * The events of one run, numbered from 1, kept in a window bounded by count and by bytes. A reader names the last number it
 * has seen and gets everything after it, then what comes; when the window no longer holds what it needs, one snapshot of the
 * whole present state comes instead. Readers pull, so a slow one costs nothing but, in the end, a snapshot.
 */
import type { RunEvent } from '../contract/run-event.ts'

export interface JournalEntry {
  id: number
  event: RunEvent['type']
  /** The event's data as JSON, on one line. */
  data: string
}

export interface JournalOptions {
  /** The whole present state, as JSON. */
  snapshot: () => string
  maxEvents?: number
  maxBytes?: number
}

export class Journal {
  readonly #window = new Map<number, JournalEntry>()
  readonly #snapshot: () => string
  readonly #maxEvents: number
  readonly #maxBytes: number
  readonly #wake = new Set<() => void>()
  #bytes = 0
  #last = 0
  #ended = false

  constructor({ snapshot, maxEvents = 2_000, maxBytes = 4 * 1024 * 1024 }: JournalOptions) {
    this.#snapshot = snapshot
    this.#maxEvents = maxEvents
    this.#maxBytes = maxBytes
  }

  /** Answers the event's number. */
  append(event: RunEvent): number {
    if (this.#ended) throw new Error('The journal has ended')
    const entry = { id: ++this.#last, event: event.type, data: JSON.stringify(event.data) }
    this.#window.set(entry.id, entry)
    this.#bytes += entry.data.length
    for (const [id, oldest] of this.#window) {
      if (this.#window.size <= this.#maxEvents && this.#bytes <= this.#maxBytes) break
      this.#window.delete(id)
      this.#bytes -= oldest.data.length
    }
    this.#notify()
    return entry.id
  }

  /** No more events: readers end after the last one. */
  end(): void {
    this.#ended = true
    this.#notify()
  }

  /** Everything after number `after` (0: from the beginning) until the journal ends or `signal` is aborted. */
  async *read(after: number, signal: AbortSignal): AsyncGenerator<JournalEntry> {
    let seen = after
    while (!signal.aborted) {
      if (seen === this.#last) {
        if (this.#ended) return
        await this.#change(signal)
        continue
      }
      // Numbers not given yet come from before the server was started again: they say nothing about this journal.
      const next = this.#window.get(seen + 1) ?? { id: this.#last, event: 'snapshot' as const, data: this.#snapshot() }
      seen = next.id
      yield next
    }
  }

  #notify(): void {
    for (const wake of this.#wake) wake()
    this.#wake.clear()
  }

  #change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        signal.removeEventListener('abort', done)
        this.#wake.delete(done)
        resolve()
      }
      this.#wake.add(done)
      signal.addEventListener('abort', done)
    })
  }
}

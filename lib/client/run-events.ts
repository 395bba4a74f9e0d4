/**
 * Follows a run's event stream. Guarantees: one stream at most, open only while the page is visible and the run goes on;
 * events arrive in batches, at most one an animation frame; after a gap the stream continues where it stopped (the browser
 * sends Last-Event-ID when it reconnects by itself; a stream opened anew asks with `?after=`). Stopping closes everything.
 */
import type { RunEvent, RunEventType } from '../contract/run-event.ts'
import { hasEnded } from '../contract/run-status.ts'
import type { NumberedEvent } from './live-run.ts'

/** 'paused': the page is hidden. 'lost': no answer; tried again. 'ended': all there is to know has arrived. */
export type Connection = 'closed' | 'connecting' | 'open' | 'paused' | 'lost' | 'ended'

/** What of the browser is needed; tests bring their own. */
export interface Surroundings {
  open(url: string): EventSource
  isVisible(): boolean
  onVisibility(listener: () => void): () => void
  requestFrame(callback: () => void): number
  cancelFrame(handle: number): void
  setTimer(callback: () => void, ms: number): number
  clearTimer(handle: number): void
}

export interface FollowHandlers {
  onEvents(events: NumberedEvent[]): void
  onConnection(connection: Connection): void
}

const EVENT_TYPES: Record<RunEventType, true> = {
  progress: true,
  lane: true,
  spans: true,
  counters: true,
  sample: true,
  result: true,
  error: true,
  status: true,
  snapshot: true,
}
const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 30_000

const browser = (): Surroundings => ({
  open: (url) => new EventSource(url),
  isVisible: () => document.visibilityState === 'visible',
  onVisibility: (listener) => {
    document.addEventListener('visibilitychange', listener)
    return () => document.removeEventListener('visibilitychange', listener)
  },
  requestFrame: (callback) => requestAnimationFrame(callback),
  cancelFrame: (handle) => cancelAnimationFrame(handle),
  setTimer: (callback, ms) => window.setTimeout(callback, ms),
  clearTimer: (handle) => window.clearTimeout(handle),
})

/** Returns the way to stop. */
export const followRun = (runId: string, handlers: FollowHandlers, surroundings = browser()): (() => void) => {
  const follower = new Follower(`/api/runs/${encodeURIComponent(runId)}/events`, handlers, surroundings)
  return () => follower.stop()
}

class Follower {
  readonly #url: string
  readonly #handlers: FollowHandlers
  readonly #surroundings: Surroundings
  readonly #forgetVisibility: () => void
  #source: EventSource | null = null
  #pending: NumberedEvent[] = []
  #frame: number | null = null
  #retry: number | null = null
  #retryMs = FIRST_RETRY_MS
  #lastNumber = 0
  #ended = false

  constructor(url: string, handlers: FollowHandlers, surroundings: Surroundings) {
    this.#url = url
    this.#handlers = handlers
    this.#surroundings = surroundings
    this.#forgetVisibility = surroundings.onVisibility(() => this.#visibilityChanged())
    this.#visibilityChanged()
  }

  stop(): void {
    this.#forgetVisibility()
    this.#close()
  }

  #visibilityChanged(): void {
    if (this.#ended) return
    if (this.#surroundings.isVisible()) {
      if (this.#source === null) this.#open()
    } else {
      this.#close()
      this.#handlers.onConnection('paused')
    }
  }

  #open(): void {
    this.#handlers.onConnection('connecting')
    const source = this.#surroundings.open(this.#lastNumber > 0 ? `${this.#url}?after=${this.#lastNumber}` : this.#url)
    this.#source = source
    source.onopen = () => {
      this.#retryMs = FIRST_RETRY_MS
      this.#handlers.onConnection('open')
    }
    for (const type of Object.keys(EVENT_TYPES) as RunEventType[]) {
      source.addEventListener(type, (message) => this.#received(type, message))
    }
    source.onerror = (event) => {
      // The run's own 'error' event arrives here as well, with data; a failing connection has none.
      if (!(event instanceof MessageEvent)) this.#interrupted(source)
    }
  }

  #received(type: RunEventType, message: MessageEvent): void {
    if (typeof message.data !== 'string') return
    // The server has checked every event against the contract before it sent it.
    const event = { type, data: JSON.parse(message.data) } as RunEvent
    const number = Number(message.lastEventId)
    this.#lastNumber = Number.isSafeInteger(number) ? number : this.#lastNumber
    this.#pending.push({ ...event, number: this.#lastNumber })
    if (event.type === 'status') this.#ended = hasEnded(event.data.status)
    if (event.type === 'snapshot') this.#ended = hasEnded(event.data.run.status)
    this.#frame ??= this.#surroundings.requestFrame(() => this.#flush())
  }

  #interrupted(source: EventSource): void {
    if (this.#ended) {
      this.#close()
      this.#forgetVisibility()
      this.#handlers.onConnection('ended')
      return
    }
    this.#handlers.onConnection('lost')
    // While it is CONNECTING the browser tries again by itself; it gives up for good on an answer that is no stream.
    if (source.readyState !== EVENT_SOURCE_CLOSED) return
    this.#close()
    this.#retry = this.#surroundings.setTimer(() => this.#open(), this.#retryMs)
    this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS)
  }

  #flush(): void {
    if (this.#frame !== null) this.#surroundings.cancelFrame(this.#frame)
    this.#frame = null
    if (this.#pending.length === 0) return
    const events = this.#pending
    this.#pending = []
    this.#handlers.onEvents(events)
  }

  #close(): void {
    this.#source?.close()
    this.#source = null
    if (this.#retry !== null) this.#surroundings.clearTimer(this.#retry)
    this.#retry = null
    this.#flush()
  }
}

/** EventSource.CLOSED, named here because tests run where there is no EventSource. */
const EVENT_SOURCE_CLOSED = 2

/** Both ends of the queue in shared memory: our BoundedQueue, each message four words. What a killed consumer held is gone with it. */
import type { BoundedQueue } from '#lib/primitives/bounded-queue.ts'
import type { Cancellation } from '#lib/primitives/cancellation.ts'
import { ClosedError } from '#lib/primitives/errors.ts'
import { MESSAGE_BYTES, MESSAGE_WORDS, scheduledAt } from './message.ts'
import type { QueueControl, QueueInput, QueueOutput, Taken } from './party.ts'

/** How long a call waits inside the queue before it looks around. */
const PATIENCE_MS = 50

const bytesOf = (words: Int32Array, from: number, count: number): Uint8Array =>
  new Uint8Array(words.buffer, words.byteOffset + from * MESSAGE_BYTES, count * MESSAGE_BYTES)

export class MemoryQueueControl implements QueueControl {
  readonly #queue: BoundedQueue
  readonly #participantOf: (consumer: number) => number

  constructor(queue: BoundedQueue, participantOf: (consumer: number) => number) {
    this.#queue = queue
    this.#participantOf = participantOf
  }

  depth(): number {
    return this.#queue.size
  }

  close(): void {
    this.#queue.close()
  }

  /** Lets the others go on where it died inside; what it had taken is gone with it. */
  releaseClaims(consumer: number): number {
    this.#queue.recover(this.#participantOf(consumer))
    return 0
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // The memory is the flow's, and goes with it.
  }
}

export class MemoryQueueInput implements QueueInput {
  readonly #queue: BoundedQueue
  readonly #cancellation: Cancellation
  readonly #oldest = new Int32Array(MESSAGE_WORDS * 1_024)

  constructor(queue: BoundedQueue, cancellation: Cancellation) {
    this.#queue = queue
    this.#cancellation = cancellation
  }

  offer(messages: Int32Array, from: number, count: number): number {
    return this.#queue.tryPushMany(bytesOf(messages, from, count), count)
  }

  offerWaiting(messages: Int32Array, from: number, count: number, patienceMs: number): number {
    return this.#queue.pushMany(bytesOf(messages, from, count), count, patienceMs, { cancellation: this.#cancellation })
  }

  dropOldest(count: number, nowUs: () => number): { dropped: number; sojournUs: number } {
    const into = this.#oldest
    const dropped = this.#queue.tryPopMany(bytesOf(into, 0, into.length / MESSAGE_WORDS), Math.min(count, 1_024))
    const now = nowUs()
    let sojournUs = 0
    for (let i = 0; i < dropped; i++) sojournUs += now - scheduledAt(into, i)
    return { dropped, sojournUs }
  }

  depth(): number {
    return this.#queue.size
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // The memory is the flow's, and goes with it.
  }
}

export class MemoryQueueOutput implements QueueOutput {
  readonly #queue: BoundedQueue
  readonly #cancellation: Cancellation

  constructor(queue: BoundedQueue, cancellation: Cancellation) {
    this.#queue = queue
    this.#cancellation = cancellation
  }

  take(into: Int32Array, limit: number): Taken | null {
    try {
      const bytes = bytesOf(into, 0, limit)
      const count = this.#queue.popMany(bytes, limit, undefined, PATIENCE_MS, { cancellation: this.#cancellation })
      return { count, redelivered: 0 }
    } catch (error) {
      if (error instanceof ClosedError) return null
      throw error
    }
  }

  acknowledge(): void {
    // What was taken is out of the queue already.
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // The memory is the flow's, and goes with it.
  }
}

/**
 * A bounded queue of byte messages between threads: many producers, many consumers, first in first out. It lives wholly in
 * shared memory (queue-memory.ts); a message is copied in and out (message-transfer.ts), nothing is allocated or serialised.
 * Each thread makes its own handle.
 *
 * It has two ends, each for one thread at a time, so that producers and consumers don't meet while it is neither full nor
 * empty. A message costs two atomics at each end, and so does a batch.
 *
 * Ordering: a message is copied in before the producers' count is moved on (compare-exchange) and copied out after that was
 * loaded; both are sequentially consistent, so a consumer sees the whole message, and a producer that reuses the slot
 * comes after the copy out of it.
 *
 * Closing is exact: a message whose push returned is in the queue, and consumers get it before they get ClosedError; a push
 * that is beaten by `close` throws ClosedError, and its message never was in.
 *
 * A thread that is terminated inside stops its end of the queue: there others time out until `recover`. A dead producer's
 * message is not in; a dead consumer's stays for the next one, unless it died just after taking it: at most what that one
 * call was about to return is lost, and nothing is delivered twice.
 *
 * Source: M. Michael, M. Scott, "Simple, Fast, and Practical Non-Blocking and Blocking Concurrent Queue Algorithms", PODC
 * 1996 (the two-lock queue), over the ring of L. Lamport, "Specifying Concurrent Program Modules", TOPLAS 5(2), 1983.
 */
import { ClosedError } from './errors.ts'
import { MessageTransfer } from './message-transfer.ts'
import { type AsyncWaitOptions, deadlineAfter, type WaitOptions } from './park.ts'
import { ENDED, NOTHING, type QueueEnd } from './queue-end.ts'
import { QueueMemory, type QueueShape } from './queue-memory.ts'
import { between, isClosed } from './queue-state.ts'

export class BoundedQueue {
  readonly buffer: SharedArrayBuffer
  readonly capacity: number
  readonly messageBytes: number
  /** This handle's number, for `recover`. */
  readonly participant: number
  readonly #producers: QueueEnd
  readonly #consumers: QueueEnd
  readonly #transfer: MessageTransfer

  /** Shared memory for a new, empty queue: handed to each thread, which makes its own BoundedQueue on it. */
  static allocate(shape: QueueShape): SharedArrayBuffer {
    return QueueMemory.allocate(shape)
  }

  /**
   * @param participant 1 … 127, different for each thread; left out, the next free one of 128 … 255 is taken
   * @throws RangeError also when none is free
   */
  constructor(buffer: SharedArrayBuffer, participant?: number) {
    const memory = new QueueMemory(buffer, participant)
    this.buffer = buffer
    this.capacity = memory.capacity
    this.messageBytes = memory.messageBytes
    this.participant = memory.participant
    this.#producers = memory.producers
    this.#consumers = memory.consumers
    this.#transfer = new MessageTransfer(memory)
  }

  /** Messages inside, 0 … capacity; may be out of date as soon as it is read. */
  get size(): number {
    const inside = between(this.#consumers.state, this.#producers.state)
    return Math.max(0, Math.min(this.capacity, inside))
  }

  get closed(): boolean {
    return isClosed(this.#producers.state)
  }

  /** No more messages are accepted; what is inside can still be taken out. Everyone who waits is woken. */
  close(): void {
    this.#producers.close()
    this.#consumers.close()
  }

  /**
   * Without waiting for space; only until the copies of other producers are done.
   * @returns false when it is full
   * @throws ClosedError; RangeError for a message that is too long
   */
  tryPush(message: Uint8Array, options?: WaitOptions): boolean {
    this.#refuseLonger(message)
    this.#producers.enter(Number.POSITIVE_INFINITY, options)
    const outcome = this.#transfer.put(message)
    return this.#pushed(outcome) > 0
  }

  /** Waits for space. @returns false when the time was up. @throws ClosedError, CancelledError, RangeError */
  push(message: Uint8Array, timeoutMs = Number.POSITIVE_INFINITY, options?: WaitOptions): boolean {
    const limited = timeoutMs !== Number.POSITIVE_INFINITY
    if (!limited && this.tryPush(message, options)) return true
    this.#refuseLonger(message)
    return this.#pushed(this.#producers.wait(() => this.#transfer.put(message), deadlineAfter(timeoutMs), options)) > 0
  }

  async pushAsync(
    message: Uint8Array,
    timeoutMs = Number.POSITIVE_INFINITY,
    options?: AsyncWaitOptions,
  ): Promise<boolean> {
    this.#refuseLonger(message)
    const outcome = await this.#producers.waitAsync(
      () => this.#transfer.put(message),
      deadlineAfter(timeoutMs),
      options,
    )
    return this.#pushed(outcome) > 0
  }

  /**
   * Puts up to `count` messages of exactly `messageBytes`, packed one behind the other, in at once. Without waiting for space.
   * @returns how many went in, from the first on: 0 … count
   */
  tryPushMany(messages: Uint8Array, count: number, options?: WaitOptions): number {
    this.#refuseSmaller(messages, count)
    this.#producers.enter(Number.POSITIVE_INFINITY, options)
    const outcome = this.#transfer.putMany(messages, 0, count)
    return this.#pushed(outcome)
  }

  /**
   * Waits for space until all `count` are in.
   * @returns how many went in: fewer when the time was up, or when it was closed or cancelled after some were in
   */
  pushMany(messages: Uint8Array, count: number, timeoutMs = Number.POSITIVE_INFINITY, options?: WaitOptions): number {
    this.#refuseSmaller(messages, count)
    const deadline = deadlineAfter(timeoutMs)
    let done = 0
    const attempt = () => this.#transfer.putMany(messages, done, count - done)
    while (done < count) {
      try {
        const went = this.#pushed(this.#producers.wait(attempt, deadline, options))
        if (went === 0) break
        done += went
      } catch (error) {
        if (done === 0) throw error
        break
      }
    }
    return done
  }

  /**
   * Without waiting for a message; only until the copies of other consumers are done. Copies the oldest to the start of
   * `into`, which holds at least `messageBytes`.
   * @returns its length, or −1 when nothing is there
   */
  tryPop(into: Uint8Array, options?: WaitOptions): number {
    this.#refuseSmaller(into, 1)
    this.#consumers.enter(Number.POSITIVE_INFINITY, options)
    const outcome = this.#transfer.take(into)
    return Math.max(NOTHING, outcome)
  }

  /** Waits for a message. @returns its length, −1 when the time was up. @throws ClosedError when closed and empty */
  pop(into: Uint8Array, timeoutMs = Number.POSITIVE_INFINITY, options?: WaitOptions): number {
    if (timeoutMs === Number.POSITIVE_INFINITY) {
      const length = this.tryPop(into, options)
      if (length >= 0) return length
    }
    this.#refuseSmaller(into, 1)
    return this.#popped(this.#consumers.wait(() => this.#transfer.take(into), deadlineAfter(timeoutMs), options))
  }

  async popAsync(into: Uint8Array, timeoutMs = Number.POSITIVE_INFINITY, options?: AsyncWaitOptions): Promise<number> {
    this.#refuseSmaller(into, 1)
    const outcome = await this.#consumers.waitAsync(() => this.#transfer.take(into), deadlineAfter(timeoutMs), options)
    return this.#popped(outcome)
  }

  /**
   * Takes up to `count` messages out at once, each at a stride of `messageBytes` in `into`. Without waiting for one.
   * @param lengths receives each message's length, where they vary
   * @returns how many were there: 0 … count
   */
  tryPopMany(into: Uint8Array, count: number, lengths?: Int32Array, options?: WaitOptions): number {
    this.#refuseSmaller(into, count)
    this.#consumers.enter(Number.POSITIVE_INFINITY, options)
    const outcome = this.#transfer.takeMany(into, count, lengths)
    return Math.max(0, outcome)
  }

  /** Waits for at least one. @returns how many were taken, 0 when the time was up. @throws ClosedError when closed and empty */
  popMany(
    into: Uint8Array,
    count: number,
    lengths?: Int32Array,
    timeoutMs = Number.POSITIVE_INFINITY,
    options?: WaitOptions,
  ): number {
    this.#refuseSmaller(into, count)
    const attempt = () => this.#transfer.takeMany(into, count, lengths)
    const outcome = this.#consumers.wait(attempt, deadlineAfter(timeoutMs), options)
    return Math.max(0, this.#popped(outcome))
  }

  /**
   * Frees what a terminated thread held, and lets everyone who waits look again. To be called for any thread that was
   * terminated while it may have used the queue, and only when it is dead.
   * @returns whether it was inside
   */
  recover(participant: number): boolean {
    const wasInProducers = this.#producers.recover(participant)
    const wasInConsumers = this.#consumers.recover(participant)
    return wasInProducers || wasInConsumers
  }

  /** How many went in. */
  #pushed(outcome: number): number {
    if (outcome === ENDED) throw new ClosedError('pushed into a closed queue')
    return Math.max(0, outcome)
  }

  #popped(outcome: number): number {
    if (outcome === ENDED) throw new ClosedError('the queue is closed and empty')
    return outcome
  }

  #refuseLonger(message: Uint8Array): void {
    if (message.length > this.messageBytes) {
      throw new RangeError(`message: got ${message.length} bytes, at most ${this.messageBytes} are accepted`)
    }
  }

  #refuseSmaller(messages: Uint8Array, count: number): void {
    if (!Number.isInteger(count) || count < 1) throw new RangeError(`count: got ${count}, 1 or more is accepted`)
    if (messages.length < count * this.messageBytes) {
      throw new RangeError(`got ${messages.length} bytes, ${count} × ${this.messageBytes} are needed`)
    }
  }
}

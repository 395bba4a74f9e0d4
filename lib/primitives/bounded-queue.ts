/**
 * A bounded queue of byte messages between threads: many producers, many consumers, first in first out. It lives wholly in
 * shared memory; a message is copied in and copied out, nothing is allocated or serialised. Each thread makes its own handle.
 *
 * It has two ends, each for one thread at a time, so that producers and consumers don't meet while it is neither full nor
 * empty. A message costs two atomics at each end, and so does a batch.
 *
 * Memory: int32 [0…15] the producers' end, [16…31] the consumers' end (queue-end.ts), each on a cache line of its own;
 * [32] slots, a power of two; [33] message bytes; [34] the capacity asked for; [35] how many handles got their number here;
 * from byte 256 on the messages (message-ring.ts). The ends count messages, wrap at 2^21, and are compared by their difference.
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
import { MessageRing } from './message-ring.ts'
import { type AsyncWaitOptions, deadlineAfter, type WaitOptions } from './park.ts'
import { ENDED, NOTHING, QueueEnd } from './queue-end.ts'
import { between, isClosed, MAX_BETWEEN, MAX_PARTICIPANT, positionOf } from './queue-state.ts'

const PRODUCERS = 0
const CONSUMERS = PRODUCERS + QueueEnd.WORDS
const SLOTS = 32
const MESSAGE_BYTES = 33
const CAPACITY = 34
const HEADER_BYTES = 256
const HANDLES = 35
/** Numbers that are given out begin here, so that they don't meet those that a program chooses itself. */
const FIRST_GIVEN_OUT = 128

export interface BoundedQueueShape {
  /** Messages that fit, 1 … 2^20. */
  capacity: number
  /** The longest message, in bytes; up to 256 bytes, in multiples of 4, is fastest. */
  messageBytes: number
}

export class BoundedQueue {
  readonly buffer: SharedArrayBuffer
  readonly capacity: number
  readonly messageBytes: number
  /** This handle's number, for `recover`. */
  readonly participant: number
  readonly #producers: QueueEnd
  readonly #consumers: QueueEnd
  readonly #ring: MessageRing

  /** Shared memory for a new, empty queue: handed to each thread, which makes its own BoundedQueue on it. */
  static allocate({ capacity, messageBytes }: BoundedQueueShape): SharedArrayBuffer {
    if (!Number.isInteger(capacity) || capacity < 1 || capacity > MAX_BETWEEN) {
      throw new RangeError(`capacity: got ${capacity}, 1 to ${MAX_BETWEEN} is accepted`)
    }
    if (!Number.isInteger(messageBytes) || messageBytes < 0) {
      throw new RangeError(`messageBytes: got ${messageBytes}, 0 or more is accepted`)
    }
    const slots = 2 ** Math.ceil(Math.log2(capacity))
    const buffer = new SharedArrayBuffer(HEADER_BYTES + MessageRing.bytesFor({ slots, messageBytes }))
    const words = new Int32Array(buffer, 0, HEADER_BYTES / 4)
    words[SLOTS] = slots
    words[MESSAGE_BYTES] = messageBytes
    words[CAPACITY] = capacity
    return buffer
  }

  /**
   * @param participant 1 … 127, different for each thread; left out, the next free one of 128 … 255 is taken
   * @throws RangeError also when none is free
   */
  constructor(buffer: SharedArrayBuffer, participant?: number) {
    this.buffer = buffer
    const words = new Int32Array(buffer, 0, HEADER_BYTES / 4)
    const slots = words[SLOTS] ?? 0
    this.messageBytes = words[MESSAGE_BYTES] ?? 0
    this.capacity = words[CAPACITY] ?? 0
    this.participant = participant ?? FIRST_GIVEN_OUT + Atomics.add(words, HANDLES, 1)
    if (!Number.isInteger(this.participant) || this.participant < 1 || this.participant > MAX_PARTICIPANT) {
      throw new RangeError(`participant: got ${this.participant}, 1 to ${MAX_PARTICIPANT} is accepted`)
    }
    this.#producers = new QueueEnd(words, PRODUCERS, CONSUMERS, this.participant)
    this.#consumers = new QueueEnd(words, CONSUMERS, PRODUCERS, this.participant)
    this.#ring = new MessageRing(buffer, HEADER_BYTES, { slots, messageBytes: this.messageBytes })
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
    const outcome = this.#put(message)
    return this.#pushed(outcome) > 0
  }

  /** Waits for space. @returns false when the time was up. @throws ClosedError, CancelledError, RangeError */
  push(message: Uint8Array, timeoutMs = Number.POSITIVE_INFINITY, options?: WaitOptions): boolean {
    const limited = timeoutMs !== Number.POSITIVE_INFINITY
    if (!limited && this.tryPush(message, options)) return true
    this.#refuseLonger(message)
    return this.#pushed(this.#producers.wait(() => this.#put(message), deadlineAfter(timeoutMs), options)) > 0
  }

  async pushAsync(
    message: Uint8Array,
    timeoutMs = Number.POSITIVE_INFINITY,
    options?: AsyncWaitOptions,
  ): Promise<boolean> {
    this.#refuseLonger(message)
    const outcome = await this.#producers.waitAsync(() => this.#put(message), deadlineAfter(timeoutMs), options)
    return this.#pushed(outcome) > 0
  }

  /**
   * Puts up to `count` messages of exactly `messageBytes`, packed one behind the other, in at once. Without waiting for space.
   * @returns how many went in, from the first on: 0 … count
   */
  tryPushMany(messages: Uint8Array, count: number, options?: WaitOptions): number {
    this.#refuseSmaller(messages, count)
    this.#producers.enter(Number.POSITIVE_INFINITY, options)
    const outcome = this.#putMany(messages, 0, count)
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
    const attempt = () => this.#putMany(messages, done, count - done)
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
    const outcome = this.#take(into)
    return Math.max(NOTHING, outcome)
  }

  /** Waits for a message. @returns its length, −1 when the time was up. @throws ClosedError when closed and empty */
  pop(into: Uint8Array, timeoutMs = Number.POSITIVE_INFINITY, options?: WaitOptions): number {
    if (timeoutMs === Number.POSITIVE_INFINITY) {
      const length = this.tryPop(into, options)
      if (length >= 0) return length
    }
    this.#refuseSmaller(into, 1)
    return this.#popped(this.#consumers.wait(() => this.#take(into), deadlineAfter(timeoutMs), options))
  }

  async popAsync(into: Uint8Array, timeoutMs = Number.POSITIVE_INFINITY, options?: AsyncWaitOptions): Promise<number> {
    this.#refuseSmaller(into, 1)
    const outcome = await this.#consumers.waitAsync(() => this.#take(into), deadlineAfter(timeoutMs), options)
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
    const outcome = this.#takeMany(into, count, lengths)
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
    const attempt = () => this.#takeMany(into, count, lengths)
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

  // The four below begin inside, and leave. Nothing between throws: what is given was checked before entering, so they need
  // no `finally`, which costs as much as an atomic.

  #put(message: Uint8Array): number {
    const end = this.#producers
    const tail = end.entered
    let fitting = 0
    if (
      !isClosed(tail) &&
      (between(end.otherSeen, tail) < this.capacity || between(end.lookAcross(), tail) < this.capacity)
    ) {
      this.#ring.write(positionOf(tail), message)
      fitting = 1
    }
    return end.leave(fitting, false) ? fitting || NOTHING : ENDED
  }

  #putMany(messages: Uint8Array, first: number, count: number): number {
    const end = this.#producers
    const tail = end.entered
    let fitting = 0
    if (!isClosed(tail)) {
      if (between(end.otherSeen, tail) + count > this.capacity) end.lookAcross()
      fitting = Math.min(count, this.capacity - between(end.otherSeen, tail))
      this.#ring.writeMany(positionOf(tail), messages, first * this.messageBytes, fitting)
    }
    return end.leave(fitting, false) ? fitting || NOTHING : ENDED
  }

  #take(into: Uint8Array): number {
    const end = this.#consumers
    const head = end.entered
    let length = NOTHING
    if (between(head, end.otherSeen) > 0 || between(head, end.lookAcross()) > 0) {
      length = this.#ring.read(positionOf(head), into)
    } else if (isClosed(end.otherSeen)) length = ENDED
    end.leave(length < 0 ? 0 : 1, true)
    return length
  }

  #takeMany(into: Uint8Array, count: number, lengths?: Int32Array): number {
    const end = this.#consumers
    const head = end.entered
    if (between(head, end.otherSeen) < count) end.lookAcross()
    const there = Math.min(count, between(head, end.otherSeen))
    const ended = there === 0 && isClosed(end.otherSeen)
    this.#ring.readMany(positionOf(head), into, there, lengths)
    end.leave(there, true)
    return ended ? ENDED : there || NOTHING
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

/**
 * What is done inside the ends of a bounded queue: looks whether there is space or a message, copies, and leaves with what went
 * through. Every call begins inside its end (`enter`) and has left it when it returns.
 *
 * Nothing here throws: what is given was checked before entering, so no call needs a `finally`, which costs as much as an
 * atomic. Each says how many messages went through, or how long the one was; NOTHING while it is full or empty; ENDED when
 * nothing will go through any more.
 */
import type { MessageRing } from './message-ring.ts'
import { ENDED, NOTHING, type QueueEnd } from './queue-end.ts'
import type { QueueMemory } from './queue-memory.ts'
import { between, isClosed, positionOf } from './queue-state.ts'

export class MessageTransfer {
  readonly #capacity: number
  readonly #messageBytes: number
  readonly #producers: QueueEnd
  readonly #consumers: QueueEnd
  readonly #ring: MessageRing

  constructor({ capacity, messageBytes, producers, consumers, ring }: QueueMemory) {
    this.#capacity = capacity
    this.#messageBytes = messageBytes
    this.#producers = producers
    this.#consumers = consumers
    this.#ring = ring
  }

  /** Inside the producers' end. */
  put(message: Uint8Array): number {
    const end = this.#producers
    const tail = end.entered
    let fitting = 0
    if (
      !isClosed(tail) &&
      (between(end.otherSeen, tail) < this.#capacity || between(end.lookAcross(), tail) < this.#capacity)
    ) {
      this.#ring.write(positionOf(tail), message)
      fitting = 1
    }
    return end.leave(fitting, false) ? fitting || NOTHING : ENDED
  }

  /** Inside the producers' end: those from number `first` of `messages` on. */
  putMany(messages: Uint8Array, first: number, count: number): number {
    const end = this.#producers
    const tail = end.entered
    let fitting = 0
    if (!isClosed(tail)) {
      if (between(end.otherSeen, tail) + count > this.#capacity) end.lookAcross()
      fitting = Math.min(count, this.#capacity - between(end.otherSeen, tail))
      this.#ring.writeMany(positionOf(tail), messages, first * this.#messageBytes, fitting)
    }
    return end.leave(fitting, false) ? fitting || NOTHING : ENDED
  }

  /** Inside the consumers' end. @returns the message's length */
  take(into: Uint8Array): number {
    const end = this.#consumers
    const head = end.entered
    let length = NOTHING
    if (between(head, end.otherSeen) > 0 || between(head, end.lookAcross()) > 0) {
      length = this.#ring.read(positionOf(head), into)
    } else if (isClosed(end.otherSeen)) length = ENDED
    end.leave(length < 0 ? 0 : 1, true)
    return length
  }

  /** Inside the consumers' end. */
  takeMany(into: Uint8Array, count: number, lengths?: Int32Array): number {
    const end = this.#consumers
    const head = end.entered
    if (between(head, end.otherSeen) < count) end.lookAcross()
    const there = Math.min(count, between(head, end.otherSeen))
    const ended = there === 0 && isClosed(end.otherSeen)
    this.#ring.readMany(positionOf(head), into, there, lengths)
    end.leave(there, true)
    return ended ? ENDED : there || NOTHING
  }
}

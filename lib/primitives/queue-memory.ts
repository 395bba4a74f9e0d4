/**
 * The shared memory of a bounded queue: how much it takes, where its parts lie, and what is written into it once. Each handle
 * opens the same memory for itself, with a number of its own.
 *
 * int32 [0…15] the producers' end, [16…31] the consumers' end (queue-end.ts), each on a cache line of its own; [32] slots, a
 * power of two; [33] message bytes; [34] the capacity asked for; [35] how many handles got their number here; from byte 256 on
 * the messages (message-ring.ts).
 */
import { MessageRing } from './message-ring.ts'
import { QueueEnd } from './queue-end.ts'
import { MAX_BETWEEN, MAX_PARTICIPANT } from './queue-state.ts'

const PRODUCERS = 0
const CONSUMERS = PRODUCERS + QueueEnd.WORDS
const SLOTS = 32
const MESSAGE_BYTES = 33
const CAPACITY = 34
const HANDLES = 35
const HEADER_BYTES = 256
/** Numbers that are given out begin here, so that they don't meet those that a program chooses itself. */
const FIRST_GIVEN_OUT = 128

export interface QueueShape {
  /** Messages that fit, 1 … 2^20. */
  capacity: number
  /** The longest message, in bytes; up to 256 bytes, in multiples of 4, is fastest. */
  messageBytes: number
}

export class QueueMemory {
  readonly capacity: number
  readonly messageBytes: number
  readonly participant: number
  readonly producers: QueueEnd
  readonly consumers: QueueEnd
  readonly ring: MessageRing

  /** Of a new, empty queue. @throws RangeError */
  static allocate({ capacity, messageBytes }: QueueShape): SharedArrayBuffer {
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
   * @param participant 1 … 127; left out, the next free one of 128 … 255 is taken
   * @throws RangeError also when none is free
   */
  constructor(buffer: SharedArrayBuffer, participant?: number) {
    const words = new Int32Array(buffer, 0, HEADER_BYTES / 4)
    const slots = words[SLOTS] ?? 0
    this.messageBytes = words[MESSAGE_BYTES] ?? 0
    this.capacity = words[CAPACITY] ?? 0
    this.participant = participant ?? FIRST_GIVEN_OUT + Atomics.add(words, HANDLES, 1)
    if (!Number.isInteger(this.participant) || this.participant < 1 || this.participant > MAX_PARTICIPANT) {
      throw new RangeError(`participant: got ${this.participant}, 1 to ${MAX_PARTICIPANT} is accepted`)
    }
    this.producers = new QueueEnd(words, PRODUCERS, CONSUMERS, this.participant)
    this.consumers = new QueueEnd(words, CONSUMERS, PRODUCERS, this.participant)
    this.ring = new MessageRing(buffer, HEADER_BYTES, { slots, messageBytes: this.messageBytes })
  }
}

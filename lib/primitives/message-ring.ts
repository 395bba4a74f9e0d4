/**
 * The slots of a queue: byte messages in a ring of shared memory, each with its length. It only copies; that nobody reads a
 * slot while another writes it, and that what was written is seen, is up to the queue's two ends.
 *
 * Memory, from `start` on: the lengths, one int32 a slot, rounded up to 64 bytes; then the slots, `messageBytes` each, one
 * behind the other without gaps, so that a batch is one copy (two at the ring's end).
 *
 * Copying was measured: 64 bytes word by word take 5–10 ns; a call of `set` about 10, and taking out needs an object made by
 * `subarray` for each message besides. Words are int32, because storing a float64 may change the bits of a NaN.
 */
const LINE_BYTES = 64
/** Above this a call of `set` is worth its price. */
const WORD_COPY_BYTES = 256

export interface RingShape {
  /** A power of two. */
  slots: number
  messageBytes: number
}

const bytesOfLengths = (slots: number): number => Math.ceil((4 * slots) / LINE_BYTES) * LINE_BYTES

export class MessageRing {
  static bytesFor({ slots, messageBytes }: RingShape): number {
    return bytesOfLengths(slots) + slots * messageBytes
  }

  readonly #mask: number
  readonly #messageBytes: number
  readonly #lengths: Int32Array
  readonly #bytes: Uint8Array
  /** The slots as int32; not used where they don't all begin on a word. */
  readonly #words: Int32Array
  readonly #slotWords: number
  readonly #written: WordView
  readonly #read: WordView

  /** @param start a multiple of 64 */
  constructor(buffer: SharedArrayBuffer, start: number, { slots, messageBytes }: RingShape) {
    this.#mask = slots - 1
    this.#messageBytes = messageBytes
    this.#lengths = new Int32Array(buffer, start, slots)
    const first = start + bytesOfLengths(slots)
    this.#bytes = new Uint8Array(buffer, first, slots * messageBytes)
    this.#slotWords = messageBytes / 4
    const whole = Number.isInteger(this.#slotWords)
    this.#words = whole ? new Int32Array(buffer, first, slots * this.#slotWords) : new Int32Array()
    // Long messages are received into long arrays, and short ones possibly, too: their length decides, message by message.
    this.#written = new WordView(whole ? WORD_COPY_BYTES : 0)
    this.#read = new WordView(whole ? Number.POSITIVE_INFINITY : 0)
  }

  /** The message, at most `messageBytes` long, into the slot of this position. */
  write(position: number, message: Uint8Array): void {
    const slot = position & this.#mask
    const length = message.length
    this.#lengths[slot] = length
    const { bytes, words } = this.#written
    if (bytes === message) {
      const slots = this.#words
      const at = slot * this.#slotWords
      for (let i = 0; i < length >> 2; i++) slots[at + i] = words[i] as number
      return
    }
    this.#written.note(message)
    if (length > 0) this.#bytes.set(message, slot * this.#messageBytes)
  }

  /** The message of this position to the start of `into`, which holds `messageBytes`. @returns its length */
  read(position: number, into: Uint8Array): number {
    const slot = position & this.#mask
    const length = this.#lengths[slot] as number
    const { bytes, words } = this.#read
    if (bytes === into && length <= WORD_COPY_BYTES && length % 4 === 0) {
      const slots = this.#words
      const at = slot * this.#slotWords
      for (let i = 0; i < length >> 2; i++) words[i] = slots[at + i] as number
      return length
    }
    this.#read.note(into)
    const at = slot * this.#messageBytes
    if (length > 0) into.set(this.#bytes.subarray(at, at + length))
    return length
  }

  /** `count` messages of exactly `messageBytes`, packed from byte `from` of `messages` on. */
  writeMany(position: number, messages: Uint8Array, from: number, count: number): void {
    const slot = position & this.#mask
    const before = Math.min(count, this.#mask + 1 - slot)
    const size = this.#messageBytes
    if (count * size === 0) {
      for (let i = 0; i < count; i++) this.#lengths[(position + i) & this.#mask] = 0
      return
    }
    this.#lengths.fill(size, slot, slot + before)
    this.#bytes.set(messages.subarray(from, from + before * size), slot * size)
    if (before === count) return
    this.#lengths.fill(size, 0, count - before)
    this.#bytes.set(messages.subarray(from + before * size, from + count * size), 0)
  }

  /** `count` messages, at a stride of `messageBytes` in `into`, and their lengths. */
  readMany(position: number, into: Uint8Array, count: number, lengths?: Int32Array): void {
    const slot = position & this.#mask
    const before = Math.min(count, this.#mask + 1 - slot)
    const size = this.#messageBytes
    if (count * size > 0) into.set(this.#bytes.subarray(slot * size, (slot + before) * size))
    if (before < count) into.set(this.#bytes.subarray(0, (count - before) * size), before * size)
    if (!lengths) return
    for (let i = 0; i < count; i++) lengths[i] = this.#lengths[(position + i) & this.#mask] as number
  }
}

/** An int32 view of the bytes that were given last: who passes the same array again and again gets it for nothing. */
class WordView {
  /** Whose view `words` is; null for bytes that aren't whole words, or are too many. */
  bytes: Uint8Array | null = null
  words: Int32Array = new Int32Array()
  readonly #mostBytes: number
  #last: Uint8Array | null = null

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes
  }

  /** Makes a view only when the same array comes a second time: it costs more than it saves once. */
  note(bytes: Uint8Array): void {
    if (bytes !== this.#last) {
      this.#last = bytes
      return
    }
    if (bytes.length > this.#mostBytes || (bytes.byteOffset | bytes.length) % 4 !== 0 || bytes.length === 0) return
    this.bytes = bytes
    this.words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  }
}

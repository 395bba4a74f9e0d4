/**
 * A message: four 32-bit words, the same in shared memory, in a batch and as the columns of a row. The key is made of producer and
 * sequence number, so that a row written twice is refused by its key; the checksum shows whatever was changed on the way.
 *
 * The checksum is a sum of products modulo 2^32, because every database can compute it, too: rows are checked where they lie.
 */
export const MESSAGE_WORDS = 4
export const MESSAGE_BYTES = 4 * MESSAGE_WORDS

const SEQUENCE_BITS = 20
const FACTORS = [2_654_435_761, 2_246_822_519, 3_266_489_917] as const

/** Producers from 0; sequence numbers from 0, below 2^20. */
export const keyOf = (producer: number, sequence: number): number => (producer << SEQUENCE_BITS) | sequence
export const producerOf = (key: number): number => key >> SEQUENCE_BITS
export const sequenceOf = (key: number): number => key & (2 ** SEQUENCE_BITS - 1)

export const checksumOf = (key: number, scheduledUs: number, value: number): number =>
  (Math.imul(key, FACTORS[0]) + Math.imul(scheduledUs, FACTORS[1]) + Math.imul(value, FACTORS[2])) >>> 0

/** The same over the columns `key`, `scheduled_us` and `value`. No product reaches 2^63: see the sizes of the words. */
export const CHECKSUM_SQL = `((key * ${FACTORS[0]} + scheduled_us * ${FACTORS[1]} + value * ${FACTORS[2]}) & 4294967295)`

/** What stands for a measured reading: known from the key, so that a reader could tell it. */
export const readingOf = (key: number): number => Math.imul(key, 2_654_435_761) >>> 18

export const writeMessage = (words: Int32Array, index: number, key: number, scheduledUs: number): void => {
  const at = index * MESSAGE_WORDS
  const value = readingOf(key)
  words[at] = key
  words[at + 1] = scheduledUs
  words[at + 2] = value
  words[at + 3] = checksumOf(key, scheduledUs, value)
}

export const keyAt = (words: Int32Array, index: number): number => words[index * MESSAGE_WORDS] ?? 0
export const scheduledAt = (words: Int32Array, index: number): number => words[index * MESSAGE_WORDS + 1] ?? 0
export const valueAt = (words: Int32Array, index: number): number => words[index * MESSAGE_WORDS + 2] ?? 0
export const checksumAt = (words: Int32Array, index: number): number => (words[index * MESSAGE_WORDS + 3] ?? 0) >>> 0

export const isIntact = (words: Int32Array, index: number): boolean =>
  checksumAt(words, index) === checksumOf(keyAt(words, index), scheduledAt(words, index), valueAt(words, index))

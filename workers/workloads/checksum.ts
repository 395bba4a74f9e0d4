/** A 32-bit FNV-1a checksum by which four strategies prove that they computed the same answer. Not cryptographic. Pure. */

const OFFSET = 0x811c9dc5
const PRIME = 0x01000193

/** Bytes hashed by one call: short ones, and many of them, are compiled early and as a whole. */
const STRETCH = 4096

const hashStretch = (state: number, bytes: Uint8Array, from: number, to: number): number => {
  let hash = state
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ (bytes[i] as number), PRIME)
  return hash
}

/** Continues `state` over the bytes of any view; the same bytes in the same order give the same state however they are cut. */
export const addToChecksum = (state: number, view: ArrayBufferView): number => {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
  let hash = state
  for (let from = 0; from < bytes.length; from += STRETCH) {
    hash = hashStretch(hash, bytes, from, Math.min(bytes.length, from + STRETCH))
  }
  return hash >>> 0
}

export const emptyChecksum = OFFSET

/** Eight hex digits. */
export const checksumText = (state: number): string => (state >>> 0).toString(16).padStart(8, '0')

export const checksumOf = (...views: ArrayBufferView[]): string => checksumText(views.reduce(addToChecksum, OFFSET))

export const checksumOfText = (text: string): string => checksumOf(new TextEncoder().encode(text))

/** A 32-bit FNV-1a checksum by which four strategies prove that they computed the same answer. Not cryptographic. Pure. */

const OFFSET = 0x811c9dc5
const PRIME = 0x01000193

/** Continues `state` over the bytes of any view; the same bytes in the same order give the same state however they are cut. */
export const addToChecksum = (state: number, view: ArrayBufferView): number => {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
  let hash = state
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ (bytes[i] as number), PRIME)
  return hash >>> 0
}

export const emptyChecksum = OFFSET

/** Eight hex digits. */
export const checksumText = (state: number): string => (state >>> 0).toString(16).padStart(8, '0')

export const checksumOf = (...views: ArrayBufferView[]): string => checksumText(views.reduce(addToChecksum, OFFSET))

export const checksumOfText = (text: string): string => checksumOf(new TextEncoder().encode(text))

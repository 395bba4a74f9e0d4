/**
 * Bitcoin's proof of work: double SHA-256 over an 80-byte block header, whose last four bytes are the nonce, until the hash
 * (read as a little-endian number) begins with the wanted zero bits. A task searches its range of nonces to the first hit;
 * the join takes the lowest. A hit ends a range early, so tasks differ in length in a way that nobody can know before.
 */
import { hash } from 'node:crypto'
import { createSeededRandom } from '#lib/statistics/seeded-random.ts'
import { defineTask, type TaskContext } from '../executors/executor.ts'
import { checksumOfText } from './checksum.ts'
import { type Cut, type CutOptions, cutRange, type Joined, type Workload, type WorkloadSize } from './workload.ts'

export interface MiningArgs {
  /** 80 bytes: version, previous hash, Merkle root, time, bits, nonce. */
  header: Uint8Array
  from: number
  to: number
  zeroBits: number
}

export interface MiningPart {
  nonce: number | null
  /** Hex, most significant byte first, as block explorers write it. */
  hash: string | null
  tried: number
  /** First words of all digests xored: every hash counts in the checksum, not only the one that hit. */
  mixed: number
}

const NONCES: Record<WorkloadSize, number> = { small: 60_000, medium: 240_000, large: 900_000 }
/** About three hits in the whole range are expected: most ranges of a fine cut are searched to their end. */
const ZERO_BITS: Record<WorkloadSize, number> = { small: 14, medium: 16, large: 18 }
const NONCE_OFFSET = 76
const CHECK_EVERY = 4_096

/** Leading zero bits of a digest read as Bitcoin reads it: the last byte is the most significant. */
export const leadingZeroBits = (digest: Uint8Array): number => {
  for (let i = digest.length - 1, bits = 0; i >= 0; i--, bits += 8) {
    const byte = digest[i] as number
    if (byte !== 0) return bits + Math.clz32(byte) - 24
  }
  return digest.length * 8
}

export const doubleSha256 = (header: Uint8Array): Buffer => hash('sha256', hash('sha256', header, 'buffer'), 'buffer')

export const mining = (
  { header, from, to, zeroBits }: MiningArgs,
  context: Pick<TaskContext, 'cancelled'>,
): MiningPart => {
  const block = Uint8Array.from(header)
  const view = new DataView(block.buffer)
  let mixed = 0
  for (let nonce = from; nonce < to; nonce++) {
    if ((nonce - from) % CHECK_EVERY === 0 && context.cancelled()) throw new Error('cancelled')
    view.setUint32(NONCE_OFFSET, nonce, true)
    const digest = doubleSha256(block)
    mixed ^= digest.readInt32LE(0)
    if (leadingZeroBits(digest) >= zeroBits) {
      return { nonce, hash: Buffer.from(digest).reverse().toString('hex'), tried: nonce - from + 1, mixed }
    }
  }
  return { nonce: null, hash: null, tried: to - from, mixed }
}

export const joinMining = ({ parts }: { parts: MiningPart[] }): Joined => {
  const found = parts.filter((part) => part.nonce !== null).sort((a, b) => (a.nonce ?? 0) - (b.nonce ?? 0))
  const tried = parts.reduce((sum, part) => sum + part.tried, 0)
  const [first] = found
  return {
    checksum: checksumOfText(
      JSON.stringify([first?.nonce ?? null, first?.hash ?? null, ...parts.map((part) => part.mixed)]),
    ),
    artefact: { nonce: first?.nonce ?? null, hash: first?.hash ?? null, tried },
  }
}

const miningTask = defineTask<MiningArgs, MiningPart>(import.meta.url, 'mining')
const joinTask = defineTask<{ parts: MiningPart[] }, Joined>(import.meta.url, 'joinMining')

const headerOf = (seed: number): Uint8Array => {
  const random = createSeededRandom(seed)
  const header = Uint8Array.from({ length: 80 }, () => Math.floor(random.uniform() * 256))
  new DataView(header.buffer).setUint32(NONCE_OFFSET, 0, true)
  return header
}

export const miningWorkload: Workload<MiningArgs, MiningPart> = {
  id: 'mining',
  kind: 'cpu',
  cut({ size, tasks, seed }: CutOptions): Cut<MiningArgs, MiningPart> {
    const header = headerOf(seed)
    return {
      task: miningTask,
      argsList: cutRange(NONCES[size], tasks).map(({ from, to }) => ({ header, from, to, zeroBits: ZERO_BITS[size] })),
      joinTask,
      joinArgs: {},
      copiedBytes: { toWorkers: 0, fromWorkers: 0 },
    }
  },
}

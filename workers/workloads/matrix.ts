/**
 * C = A × B of n × n float64 matrices, multiplied in blocks that fit the cache; a task is a band of C's rows. Every element
 * is summed in the same order whatever the bands, so that the answers are equal to the last bit.
 */
import { createSeededRandom } from '#lib/statistics/seeded-random.ts'
import { defineTask, type TaskContext } from '../executors/executor.ts'
import { addToChecksum, checksumText, emptyChecksum } from './checksum.ts'
import {
  allocateFloat64,
  type Cut,
  type CutOptions,
  cutRange,
  type GenerateArgs,
  type Joined,
  type Workload,
  type WorkloadSize,
} from './workload.ts'

export interface MatrixArgs {
  n: number
  rows: number
  /** The band's rows of A. */
  a: Float64Array
  /** All of B. */
  b: Float64Array
  /** Where the band of C goes when memory is shared; null: it is returned. */
  out: Float64Array | null
}

/** The band of C, or null when it was written in place. */
export type MatrixPart = Float64Array | null

export interface MatrixWhole {
  /** All of C, when it is in shared memory. */
  whole: Float64Array | null
}

const N: Record<WorkloadSize, number> = { small: 384, medium: 768, large: 1280 }

/** 64 × 64 doubles are 32 kB: a block of B stays in the first-level cache while a row of A passes over it. */
const BLOCK = 64

export const matrix = ({ n, rows, a, b, out }: MatrixArgs, context: Pick<TaskContext, 'cancelled'>): MatrixPart => {
  const c = out ?? new Float64Array(rows * n)
  c.fill(0)
  for (let k0 = 0; k0 < n; k0 += BLOCK) {
    if (context.cancelled()) throw new Error('cancelled')
    const k1 = Math.min(k0 + BLOCK, n)
    for (let j0 = 0; j0 < n; j0 += BLOCK) {
      const j1 = Math.min(j0 + BLOCK, n)
      for (let i = 0; i < rows; i++) {
        for (let k = k0; k < k1; k++) {
          const factor = a[i * n + k] as number
          const row = k * n
          for (let j = j0; j < j1; j++) c[i * n + j] = (c[i * n + j] as number) + factor * (b[row + j] as number)
        }
      }
    }
  }
  return out ? null : c
}

export const joinMatrix = ({ parts, whole }: { parts: MatrixPart[] } & MatrixWhole): Joined => {
  const bands = whole ? [whole] : parts.filter((part) => part !== null)
  return { checksum: checksumText(bands.reduce(addToChecksum, emptyChecksum)), artefact: null }
}

const matrixTask = defineTask<MatrixArgs, MatrixPart>(import.meta.url, 'matrix')
const joinTask = defineTask<{ parts: MatrixPart[] } & MatrixWhole, Joined>(import.meta.url, 'joinMatrix')

/** A, then B. */
export const generateMatrices = ({ memory, size, seed }: GenerateArgs): null => {
  const length = N[size] ** 2
  for (const [which, matrix] of [new Float64Array(memory, 0, length), new Float64Array(memory, 8 * length)].entries()) {
    const random = createSeededRandom(seed + which)
    for (let i = 0; i < length; i++) matrix[i] = random.uniform() * 2 - 1
  }
  return null
}

export const matrixWorkload: Workload<MatrixArgs, MatrixPart, MatrixWhole> = {
  id: 'matrix',
  kind: 'cpu',
  input: {
    bytes: (size) => 16 * N[size] ** 2,
    task: defineTask<GenerateArgs, null>(import.meta.url, 'generateMatrices'),
  },
  cut({ size, tasks, memory, input }: CutOptions): Cut<MatrixArgs, MatrixPart, MatrixWhole> {
    const n = N[size]
    const a = new Float64Array(input, 0, n * n)
    const b = new Float64Array(input, 8 * n * n)
    const whole = memory === 'shared' ? allocateFloat64(n * n, memory) : null
    // A slice is in ordinary memory, wherever it was cut from.
    const sentB = whole ? b : b.slice()
    const bands = cutRange(n, tasks)
    return {
      task: matrixTask,
      argsList: bands.map(({ from, to }) => ({
        n,
        rows: to - from,
        // A view of shared memory stays a view when sent; of ordinary memory all of it would be copied, so the band is cut out.
        a: whole ? a.subarray(from * n, to * n) : a.slice(from * n, to * n),
        b: sentB,
        out: whole ? whole.subarray(from * n, to * n) : null,
      })),
      joinTask,
      joinArgs: { whole },
      copiedBytes: whole
        ? { toWorkers: 0, fromWorkers: 0 }
        : { toWorkers: a.byteLength + bands.length * b.byteLength, fromWorkers: a.byteLength },
    }
  },
}

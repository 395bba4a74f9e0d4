/**
 * Sort, percentiles and histogram of a large float64 array: a task sorts its stretch and counts its histogram; the join is a
 * real merge of the sorted stretches, from which the percentiles are read.
 */
import { createSeededRandom } from '#lib/statistics/seeded-random.ts'
import { defineTask } from '../executors/executor.ts'
import { checksumOf } from './checksum.ts'
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

export interface ArrayArgs {
  /** Sorted in place: shared memory, or the copy that came with the arguments. */
  values: Float64Array
}
export interface ArrayPart {
  sorted: Float64Array
  histogram: number[]
}

const LENGTH: Record<WorkloadSize, number> = { small: 800_000, medium: 3_000_000, large: 8_000_000 }

/** Values are normal with mean 50 and deviation 15; bins of 5 from 0 to 100, what lies beyond counts in the outer ones. */
const BINS = 20
const BIN_WIDTH = 5

/** Values counted by one call: short ones, and many of them, are compiled early and as a whole. */
const STRETCH = 4096

const countBins = (histogram: number[], values: Float64Array, from: number, to: number): void => {
  for (let i = from; i < to; i++) {
    const bin = Math.min(BINS - 1, Math.max(0, Math.floor((values[i] as number) / BIN_WIDTH)))
    histogram[bin] = (histogram[bin] as number) + 1
  }
}

export const array = ({ values }: ArrayArgs): ArrayPart => {
  const histogram = new Array<number>(BINS).fill(0)
  for (let from = 0; from < values.length; from += STRETCH) {
    countBins(histogram, values, from, Math.min(values.length, from + STRETCH))
  }
  values.sort()
  return { sorted: values, histogram }
}

/** As sorting orders numbers, −0 before 0; past its end a side reads undefined. */
const comesFirst = (one: number | undefined, other: number | undefined): boolean =>
  other === undefined || (one !== undefined && (one < other || (one === other && !Object.is(other, -0))))

const mergeTwo = (a: Float64Array, b: Float64Array): Float64Array => {
  const merged = new Float64Array(a.length + b.length)
  let i = 0
  let j = 0
  for (let k = 0; k < merged.length; k++) {
    if (comesFirst(a[i], b[j])) merged[k] = a[i++] as number
    else merged[k] = b[j++] as number
  }
  return merged
}

/** Neighbours are merged pairwise until one remains: n log k steps. */
export const mergeSorted = (stretches: readonly Float64Array[]): Float64Array => {
  let level = [...stretches]
  while (level.length > 1) {
    const next: Float64Array[] = []
    for (let i = 0; i < level.length; i += 2) {
      const [a, b] = [level[i], level[i + 1]]
      if (a) next.push(b ? mergeTwo(a, b) : a)
    }
    level = next
  }
  return level[0] ?? new Float64Array(0)
}

export const joinArray = ({ parts }: { parts: ArrayPart[] }): Joined => {
  const sorted = mergeSorted(parts.map((part) => part.sorted))
  const histogram = Array.from({ length: BINS }, (_, bin) =>
    parts.reduce((sum, part) => sum + (part.histogram[bin] ?? 0), 0),
  )
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0
  const percentiles = { p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99) }
  return { checksum: checksumOf(sorted), artefact: { percentiles, histogram, binWidth: BIN_WIDTH } }
}

const arrayTask = defineTask<ArrayArgs, ArrayPart>(import.meta.url, 'array')
const joinTask = defineTask<{ parts: ArrayPart[] }, Joined>(import.meta.url, 'joinArray')

export const generateArray = ({ memory, seed }: GenerateArgs): null => {
  const random = createSeededRandom(seed)
  const values = new Float64Array(memory)
  for (let i = 0; i < values.length; i++) values[i] = random.normal(50, 15)
  return null
}

export const arrayWorkload: Workload<ArrayArgs, ArrayPart> = {
  id: 'array',
  kind: 'cpu',
  input: {
    bytes: (size) => 8 * LENGTH[size],
    task: defineTask<GenerateArgs, null>(import.meta.url, 'generateArray'),
  },
  cut({ tasks, memory, input }: CutOptions): Cut<ArrayArgs, ArrayPart> {
    const generated = new Float64Array(input)
    const shared = memory === 'shared'
    // Sorted in place: a copy for each round.
    const values = shared ? allocateFloat64(generated.length, memory) : generated
    if (shared) values.set(generated)
    return {
      task: arrayTask,
      argsList: cutRange(values.length, tasks).map(({ from, to }) => ({
        // A slice is in ordinary memory, wherever it was cut from.
        values: shared ? values.subarray(from, to) : values.slice(from, to),
      })),
      joinTask,
      joinArgs: {},
      copiedBytes: shared
        ? { toWorkers: 0, fromWorkers: 0 }
        : { toWorkers: values.byteLength, fromWorkers: values.byteLength },
    }
  },
}

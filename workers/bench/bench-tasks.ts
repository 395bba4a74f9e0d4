/** What the bench has executed, by every pool alike, and the lists of it. */
import { defineTask } from '../executors/executor.ts'
import { countPrimes, countPrimesTask, type PrimesArgs } from '../workloads/primes.ts'

export const empty = (): number => 1
export const emptyTask = defineTask<null, number>(import.meta.url, 'empty')

/** The functions as a published pool calls them: one argument, no context. */
export const primesAlone = (args: PrimesArgs): unknown => countPrimes(args, { cancelled: () => false })
export const primesTask = countPrimesTask

/** Where the numbers are large enough that equal ranges are equal work. */
const FROM = 1_000_000

/** Ranges of these lengths; 20,000 numbers take about a millisecond. */
const ranges = (lengths: readonly number[]): PrimesArgs[] =>
  lengths.map((length) => ({ from: FROM, to: FROM + length }))

const repeat = (count: number, length: (index: number) => number): number[] =>
  Array.from({ length: count }, (_, i) => length(i))

export const FORK_JOIN = ranges(repeat(64, () => 60_000))
/** About 15 ms on two cores: for figures of many comparisons. */
export const SHORT_FORK_JOIN = ranges(repeat(16, () => 30_000))
/** About 31 µs each. */
export const FINE = ranges(repeat(4000, () => 500))
export const UNEVEN = ranges(repeat(64, (index) => (index % 2 === 0 ? 120_000 : 3333)))
export const HEAVY_LAST = ranges([...repeat(64, () => 30_000), 720_000])
export const sizesOf = (list: readonly PrimesArgs[]): number[] => list.map(({ from, to }) => to - from)

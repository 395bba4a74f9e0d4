/**
 * How many primes lie below a limit, by trial division, cut into ranges. Larger numbers take longer (up to √n divisions), so equal
 * ranges are unequal work, and `sizes` says by how much.
 */
import { defineTask, type TaskContext } from '../executors/executor.ts'
import { checksumOfText } from './checksum.ts'
import { type Cut, type CutOptions, cutRange, type Joined, type Workload, type WorkloadSize } from './workload.ts'

/** [from, to), both at least 0 and below 2^31. */
export interface PrimesArgs {
  from: number
  to: number
}

/** `sum` modulo 2^32: ranges with as many primes but other ones don't pass for equal. */
export interface PrimesPart {
  count: number
  sum: number
}

/** Numbers up to which are looked at. */
const LIMIT: Record<WorkloadSize, number> = { small: 2_000_000, medium: 6_000_000, large: 16_000_000 }

/** Every so many numbers a cancelled task notices, about once a millisecond. */
const LOOK_EVERY = 2048

/** Every branch is taken within a few numbers: one that only the smallest numbers took would come upon compiled code as a surprise. */
const isPrime = (n: number): boolean => {
  if (n % 2 === 0 || n % 3 === 0) return n === 2 || n === 3
  for (let divisor = 5; divisor * divisor <= n; divisor += 6) {
    if (n % divisor === 0 || n % (divisor + 2) === 0) return false
  }
  return n > 1
}

/** A function of its own, called many times a task: V8 compiles it whole, where one long loop is entered and left again by bail-outs. */
const addPrimes = (part: PrimesPart, from: number, to: number): void => {
  let { count, sum } = part
  for (let n = from; n < to; n++) {
    if (!isPrime(n)) continue
    count++
    sum = (sum + n) >>> 0
  }
  part.count = count
  part.sum = sum
}

export const countPrimes = ({ from, to }: PrimesArgs, context: Pick<TaskContext, 'cancelled'>): PrimesPart => {
  const part: PrimesPart = { count: 0, sum: 0 }
  for (let block = from; block < to; block += LOOK_EVERY) {
    if (context.cancelled()) throw new Error('cancelled')
    addPrimes(part, block, Math.min(to, block + LOOK_EVERY))
  }
  return part
}

export const joinPrimes = ({ parts }: { parts: PrimesPart[] }): Joined => {
  const count = parts.reduce((total, part) => total + part.count, 0)
  const sum = parts.reduce((total, part) => (total + part.sum) >>> 0, 0)
  return { checksum: checksumOfText(`${count} ${sum}`), artefact: { count } }
}

/** Measured, not derived: between n^1.3 (composites end early) and n^1.5 (primes go to the root). */
const workUpTo = (n: number): number => n ** 1.4

export const primesWork = ({ from, to }: PrimesArgs): number => workUpTo(to) - workUpTo(from)

export const countPrimesTask = defineTask<PrimesArgs, PrimesPart>(import.meta.url, 'countPrimes')
const joinTask = defineTask<{ parts: PrimesPart[] }, Joined>(import.meta.url, 'joinPrimes')

export const primesWorkload: Workload<PrimesArgs, PrimesPart> = {
  id: 'primes',
  kind: 'cpu',
  cut({ size, tasks }: CutOptions): Cut<PrimesArgs, PrimesPart> {
    const argsList = cutRange(LIMIT[size], tasks)
    return {
      task: countPrimesTask,
      argsList,
      sizes: argsList.map(primesWork),
      joinTask,
      joinArgs: {},
      copiedBytes: { toWorkers: 0, fromWorkers: 0 },
    }
  },
}

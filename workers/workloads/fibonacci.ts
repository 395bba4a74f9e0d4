/**
 * fib(n) by the textbook's double recursion, cut along its own call tree: fib(n) = fib(n−1) + fib(n−2) is expanded until
 * there are enough leaves, each leaf is a task, the join adds. Tasks differ in size by powers of the golden ratio.
 */
import { defineTask, type TaskContext } from '../executors/executor.ts'
import { checksumOfText } from './checksum.ts'
import type { Cut, CutOptions, Joined, Workload, WorkloadSize } from './workload.ts'

export interface FibonacciArgs {
  n: number
}

/** n of the whole: about 4 times the work per step. */
const N: Record<WorkloadSize, number> = { small: 36, medium: 39, large: 42 }

/** Leaves are computed in halves down to this, so that a cancelled one is noticed about every 10 ms. */
const CHECK_ABOVE = 30

const recursive = (n: number): number => (n < 2 ? n : recursive(n - 1) + recursive(n - 2))

export const fibonacci = ({ n }: FibonacciArgs, context: Pick<TaskContext, 'cancelled'>): number => {
  if (n <= CHECK_ABOVE) return recursive(n)
  if (context.cancelled()) throw new Error('cancelled')
  return fibonacci({ n: n - 1 }, context) + fibonacci({ n: n - 2 }, context)
}

/** The leaves of the call tree of fib(n) after its largest nodes were expanded until at least `tasks` remain, largest first. */
export const fibonacciLeaves = (n: number, tasks: number): number[] => {
  const leaves = [n]
  while (leaves.length < tasks) {
    const largest = leaves.shift()
    if (largest === undefined || largest < 3) return largest === undefined ? leaves : [largest, ...leaves]
    leaves.push(largest - 1, largest - 2)
    leaves.sort((a, b) => b - a)
  }
  return leaves
}

export const joinFibonacci = ({ parts }: { parts: number[] }): Joined => {
  const value = parts.reduce((sum, part) => sum + part, 0)
  return { checksum: checksumOfText(String(value)), artefact: { value } }
}

const fibonacciTask = defineTask<FibonacciArgs, number>(import.meta.url, 'fibonacci')
const joinTask = defineTask<{ parts: number[] }, Joined>(import.meta.url, 'joinFibonacci')

export const fibonacciWorkload: Workload<FibonacciArgs, number> = {
  id: 'fibonacci',
  kind: 'cpu',
  cut({ size, tasks }: CutOptions): Cut<FibonacciArgs, number> {
    const leaves = fibonacciLeaves(N[size], tasks)
    return {
      task: fibonacciTask,
      argsList: leaves.map((n) => ({ n })),
      sizes: leaves.map((n) => ((1 + Math.sqrt(5)) / 2) ** n),
      joinTask,
      joinArgs: {},
      copiedBytes: { toWorkers: 0, fromWorkers: 0 },
    }
  },
}

/** How many threads and processes strategies have alive at the same time: in interleaved rounds all of them, from the first round to the last. */
import type { Strategy } from '../contract/strategy.ts'

export const workersOf = (strategy: Strategy, workers: number): number =>
  strategy === 'threads' || strategy === 'processes' ? workers : 1

/** @param numbers of workers with which each strategy is started; equal ones are the same workers. */
export const workersAtOnce = (strategies: readonly Strategy[], numbers: readonly number[]): number =>
  strategies.reduce((sum, strategy) => {
    const crews = new Set(numbers.map((workers) => workersOf(strategy, workers)))
    return sum + [...crews].reduce((together, workers) => together + workers, 0)
  }, 0)

/**
 * How long a run must take at least, by the work alone: who can work at once, on how many cores, and what has to come one after
 * the other. Waking a thread costs nothing here, so what a run takes beyond this is the price of coordination.
 */
import { createSeededRandom } from '../statistics/seeded-random.ts'
import { type CoordinationScenario, producersOf, volleysOf } from './coordination-kinds.ts'

export interface WorkAsked {
  scenario: CoordinationScenario
  threads: number
  items: number
  workUs: number
  seed: number
}

/** After so many the works of a thread begin again. */
const DIFFERENT_WORKS = 256

/** Microseconds of work for each thread: half to one and a half times `workUs`, drawn from the seed. */
export const planWorks = ({ threads, items, workUs, seed }: WorkAsked): number[][] => {
  const random = createSeededRandom(seed)
  const count = Math.min(items, DIFFERENT_WORKS)
  return Array.from({ length: threads }, () => Array.from({ length: count }, () => workUs * (0.5 + random.uniform())))
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

/** The sum over the first `turns` turns of what repeats after `period` of them: one period is summed, however many there are. */
const sumOfTurns = (turns: number, period: number, amountOf: (turn: number) => number): number => {
  const sumUntil = (end: number): number => {
    let sum = 0
    for (let turn = 0; turn < end; turn++) sum += amountOf(turn)
    return sum
  }
  const periods = Math.floor(turns / period)
  return (periods === 0 ? 0 : periods * sumUntil(period)) + sumUntil(turns % period)
}

export const leastMs = (asked: WorkAsked, cores: number): number => {
  const { scenario, threads, items, workUs } = asked
  const works = planWorks(asked)
  const period = Math.min(items, DIFFERENT_WORKS)
  const workOf = (thread: number, turn: number): number => works[thread]?.[turn] ?? 0
  const together = (working: readonly number[]): number => Math.max(0, ...working, sumOf(working) / cores)
  const all = Array.from({ length: threads }, (_, thread) => thread)
  switch (scenario) {
    case 'condition': {
      // Who takes what is decided by the run: on average.
      const producers = producersOf(threads)
      const each = (workers: number): number => (items * workUs) / workers
      return (
        Math.max(each(producers), each(threads - producers), (2 * items * workUs) / Math.min(cores, threads)) / 1000
      )
    }
    case 'event':
      return together(all.map((thread) => sumOfTurns(items, period, (turn) => workOf(thread, turn)))) / 1000
    case 'barrier':
      return sumOfTurns(items, period, (turn) => together(all.map((thread) => workOf(thread, turn)))) / 1000
    case 'ping-pong': {
      const pairs = Math.max(1, Math.floor(threads / 2))
      const perPair = Array.from({ length: pairs }, (_, pair) =>
        sumOfTurns(
          volleysOf(pair, pairs, items),
          period,
          (volley) => workOf(2 * pair, volley) + workOf(2 * pair + 1, volley),
        ),
      )
      return together(perPair) / 1000
    }
  }
}

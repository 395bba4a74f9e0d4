/**
 * List scheduling: tasks of known durations on equal workers, each free worker taking the next of the list. What a pool of
 * workers with one shared queue does, and the model of waiting work: with random latency the time of a fan-out is not
 * ⌈n / workers⌉ × mean, so it is simulated from the distribution of the latency.
 *
 * Source: R. L. Graham, "Bounds on multiprocessing timing anomalies", SIAM J. Applied Mathematics 17 (1969): any list is within
 * 2 − 1/m of the shortest possible schedule, the largest first within 4/3 − 1/(3m).
 */
import { median, quantile } from '../../statistics/median.ts'
import { createSeededRandom, type SeededRandom } from '../../statistics/seeded-random.ts'

export type ListOrder = 'in-order' | 'largest-first'

export interface Schedule {
  /** When the last task ends; 0 without tasks. Same unit as the durations. */
  makespan: number
  /** One per task, in the order of `durations`. */
  assignments: { worker: number; start: number; end: number }[]
  /** Busy time per worker. */
  busy: number[]
}

/** `workers` ≥ 1; durations ≥ 0. The worker that is free first takes the next task, the lower number where several are. */
export const listSchedule = (
  durations: readonly number[],
  workers: number,
  order: ListOrder = 'in-order',
): Schedule => {
  const list = durations.map((duration, task) => ({ task, duration }))
  // Stable, so equal durations keep their order.
  if (order === 'largest-first') list.sort((a, b) => b.duration - a.duration)
  const freeAt = new Array<number>(workers).fill(0)
  const busy = new Array<number>(workers).fill(0)
  const assignments = durations.map(() => ({ worker: 0, start: 0, end: 0 }))
  let makespan = 0
  for (const { task, duration } of list) {
    let worker = 0
    let start = Number.POSITIVE_INFINITY
    for (const [candidate, at] of freeAt.entries()) {
      if (at < start) [worker, start] = [candidate, at]
    }
    const end = start + duration
    freeAt[worker] = end
    busy[worker] = (busy[worker] ?? 0) + duration
    assignments[task] = { worker, start, end }
    makespan = Math.max(makespan, end)
  }
  return { makespan, assignments, busy }
}

export interface ExpectedMakespanOptions {
  /** Tasks of each phase; a phase begins when the one before it has ended (first the list of films, then each film). */
  phases: readonly number[]
  workers: number
  /** One task's duration; the unit is that of the answer. */
  sample: (random: SeededRandom) => number
  order?: ListOrder
  seed?: number
  /** Simulated schedules; 2,000 give the median of 20 log-normal tasks (σ .25) on 8 workers to about 0.3%. */
  trials?: number
}

export interface ExpectedMakespan {
  mean: number
  /** What a median over rounds is to be compared with. */
  median: number
  /** Nine in ten single rounds are expected between these. */
  p05: number
  p95: number
}

/** Repeatable: the same options give the same answer. */
export const expectedMakespan = (options: ExpectedMakespanOptions): ExpectedMakespan => {
  const { phases, workers, sample, order = 'in-order', seed = 1, trials = 2000 } = options
  const random = createSeededRandom(seed)
  const makespans: number[] = []
  for (let trial = 0; trial < trials; trial++) {
    let elapsed = 0
    for (const tasks of phases) {
      const durations = Array.from({ length: tasks }, () => sample(random))
      elapsed += listSchedule(durations, workers, order).makespan
    }
    makespans.push(elapsed)
  }
  return {
    mean: makespans.reduce((sum, value) => sum + value, 0) / trials,
    median: median(makespans),
    p05: quantile(makespans, 0.05),
    p95: quantile(makespans, 0.95),
  }
}

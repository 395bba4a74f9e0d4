/**
 * What theory predicts for each strategy from what the tasks took one after another: computing shares the cores, waiting
 * overlaps as far as there are workers, nothing is paid for handing over. Null for `sequential` itself, from which it starts.
 */
import type { Strategy } from '../contract/strategy.ts'
import { listSchedule } from './models/list-schedule.ts'

export interface TaskTimes {
  /** In the round measured one after another, in milliseconds. */
  cpuMs: number
  waitMs: number
}

export interface ModelInput {
  tasks: readonly TaskTimes[]
  joinMs: number
  workers: number
  cores: number
  /** A driver that blocks its thread while it waits: an event loop can't overlap that. */
  blocking: boolean
  largestFirst: boolean
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

export const predictStrategyMs = (strategy: Strategy, input: ModelInput): number | null => {
  const { tasks, joinMs, workers, cores, blocking, largestFirst } = input
  if (strategy === 'sequential' || tasks.length === 0) return null
  const order = largestFirst ? 'largest-first' : 'in-order'
  const cpuMs = tasks.map((task) => task.cpuMs)
  const wholeMs = tasks.map((task) => task.cpuMs + task.waitMs)
  const waits = sum(tasks.map((task) => task.waitMs))
  if (strategy === 'async') {
    if (blocking) return sum(wholeMs) + joinMs
    // One core computes; the last answer is still waited for after the last computing.
    return Math.max(sum(cpuMs) + waits / tasks.length, listSchedule(wholeMs, workers).makespan) + joinMs
  }
  const onCores = listSchedule(cpuMs, Math.min(workers, cores), order).makespan
  return Math.max(onCores, listSchedule(wholeMs, workers, order).makespan) + joinMs
}

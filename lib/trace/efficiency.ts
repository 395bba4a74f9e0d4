/**
 * Parallel efficiency as the POP project defines it: load balance × communication efficiency. Load balance is the mean over
 * workers of useful time ÷ its maximum; communication efficiency is that maximum ÷ elapsed time.
 * Source: POP Centre of Excellence, "POP Standard Metrics for Parallel Performance Analysis" (multiplicative model).
 */
import type { Efficiency } from '../contract/comparison.ts'

/**
 * `useful` per worker, idle ones included as 0, and `elapsed` in one unit. For work that computes, useful is time on the CPU: by
 * the clock on the wall four threads on two cores look busy all the time. Null where there is nothing to divide by.
 */
export const efficiencyOf = (useful: readonly number[], elapsed: number): Efficiency | null => {
  const largest = Math.max(0, ...useful)
  if (largest === 0 || !(elapsed > 0)) return null
  const mean = useful.reduce((sum, value) => sum + value, 0) / useful.length
  const loadBalance = mean / largest
  // CPU time is counted in scheduler ticks: a worker that never paused can show a hair more than elapsed.
  const communication = Math.min(1, largest / elapsed)
  return { parallel: loadBalance * communication, loadBalance, communication }
}

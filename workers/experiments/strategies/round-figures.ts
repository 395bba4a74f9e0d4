/** What one round's reports say: who worked when, how much of it was on the CPU, and how long each task waited. Pure. */
import type { LaneWork } from '#lib/experiments/strategies-losses.ts'
import { coverage } from '#lib/experiments/strategies-losses.ts'
import type { TaskTimes } from '#lib/experiments/strategies-model.ts'
import type { Round } from './measure-round.ts'
import type { Variant } from './variants.ts'

/** The round whose time is nearest to the median: what is said about where the time went is about this one. */
export const typicalOf = (rounds: readonly Round[]): Round | undefined =>
  [...rounds].sort((a, b) => a.elapsedMs - b.elapsedMs)[Math.floor((rounds.length - 1) / 2)]

/** One per thread or process, those without a task too; the join is not in it. */
export const laneWork = (
  { strategy, workers }: Pick<Variant, 'strategy' | 'workers'>,
  { fork, mappedCpuMs }: Pick<Round, 'fork' | 'mappedCpuMs'>,
): LaneWork[] => {
  const lanes = new Map<string, LaneWork & { intervals: { start: number; end: number }[] }>()
  for (const report of fork.reports) {
    const lane = lanes.get(report.lane) ?? { intervals: [], cpuMs: 0 }
    lane.intervals.push({ start: report.startedUs / 1000, end: report.finishedUs / 1000 })
    // Tasks of one event loop can't tell their CPU time apart: the loop's own is taken.
    lane.cpuMs = strategy === 'async' ? mappedCpuMs : lane.cpuMs + (report.cpuUs ?? 0) / 1000
    lanes.set(report.lane, lane)
  }
  const threads = strategy === 'async' ? 1 : workers
  const idle = Array.from({ length: Math.max(0, threads - lanes.size) }, () => ({ intervals: [], cpuMs: 0 }))
  return [...lanes.values(), ...idle]
}

/** Time on the CPU where the work computes; else the time in which something was under way, however much at once. */
export const usefulMs = ({ intervals, cpuMs }: LaneWork, computes: boolean): number =>
  computes ? cpuMs : coverage(intervals).covered

const wholeMs = ({ fork }: Pick<Round, 'fork'>): number[] =>
  fork.reports.map(({ startedUs, finishedUs }) => (finishedUs - startedUs) / 1000)

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/**
 * Computing and waiting of each task in `typical`, one of the `rounds` measured one after another. Work that computes never waits.
 * Of other work the CPU's share is taken from all tasks of all rounds together: the CPU clock ticks more coarsely than they are
 * long, and what a short task lacks or has too much would pass for waiting.
 */
export const taskTimes = (
  typical: Pick<Round, 'fork'>,
  rounds: readonly Pick<Round, 'fork' | 'mappedCpuMs'>[],
  computes: boolean,
): TaskTimes[] => {
  const all = sum(rounds.flatMap(wholeMs))
  const share = computes ? 1 : all > 0 ? Math.min(1, sum(rounds.map(({ mappedCpuMs }) => mappedCpuMs)) / all) : 0
  return wholeMs(typical).map((ms) => ({ cpuMs: ms * share, waitMs: ms * (1 - share) }))
}

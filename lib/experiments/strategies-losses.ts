/**
 * Where elapsed × workers went in one round. Every millisecond of every worker is in exactly one of: useful (on the CPU),
 * waiting (in a task but not on the CPU: for an answer, a disk, a core), imbalance (idle while others still had tasks),
 * handing over (between tasks, before the first, after the last), joining (while one worker puts the parts together).
 */
import type { Losses } from './strategies.ts'

export interface LaneWork {
  /** Tasks of one lane on one clock, in milliseconds; they may overlap (an event loop). */
  intervals: readonly { start: number; end: number }[]
  /** Time on the CPU in these tasks. */
  cpuMs: number
}

export interface RoundTimes {
  /** When the round began, when all tasks had ended and were handed back, when the join had ended. */
  startMs: number
  mappedMs: number
  joinedMs: number
  startupMs: number
  /** One per thread or process, those without a task too. */
  lanes: readonly LaneWork[]
}

/** Length of the union of intervals, and the last end (null without intervals). */
export const coverage = (
  intervals: readonly { start: number; end: number }[],
): { covered: number; last: number | null } => {
  let covered = 0
  let last: number | null = null
  for (const { start, end } of [...intervals].sort((a, b) => a.start - b.start)) {
    covered += Math.max(0, end - Math.max(start, last ?? start))
    last = Math.max(last ?? end, end)
  }
  return { covered, last }
}

export const lossesOf = ({ startMs, mappedMs, joinedMs, startupMs, lanes }: RoundTimes): Losses => {
  const covers = lanes.map((lane) => ({ cpuMs: lane.cpuMs, ...coverage(lane.intervals) }))
  const lastEnd = Math.max(startMs, ...covers.map(({ last }) => last ?? startMs))
  const losses = { usefulMs: 0, waitingMs: 0, imbalanceMs: 0, handingOverMs: 0, joiningMs: 0, startupMs }
  for (const { cpuMs, covered, last } of covers) {
    // The CPU clock ticks more coarsely than the wall clock: it can't have computed longer than it ran.
    const useful = Math.min(cpuMs, covered)
    const imbalance = lastEnd - (last ?? startMs)
    losses.usefulMs += useful
    losses.waitingMs += covered - useful
    losses.imbalanceMs += imbalance
    losses.handingOverMs += mappedMs - startMs - covered - imbalance
    losses.joiningMs += joinedMs - mappedMs
  }
  return losses
}

/** The result of a run out of what was counted and seen: pure, so that it can be tested without threads. */
import type { DeadlockParams, DeadlockResult } from '#lib/experiments/deadlock.ts'
import { deadlockFindings } from '#lib/experiments/deadlock-findings.ts'
import { coffmanOf, type Policy, type Scenario } from '#lib/experiments/deadlock-policies.ts'
import { buildWaitForGraph, type WaitState } from '#lib/experiments/wait-for-graph.ts'
import { median } from '#lib/statistics/median.ts'
import type { Detection, Stuck } from './watchdog.ts'

/** Moments in µs on the run's clock. */
export interface DeadlockFacts {
  params: DeadlockParams
  cores: number
  roundsDone: number[]
  retries: number[]
  detections: readonly Detection[]
  /** The moment at which most threads waited. */
  busiest: WaitState | null
  stuck: Stuck | null
  /** All threads began. */
  beganUs: number
  /** All threads had ended. */
  endedUs: number
}

/** English nouns, as they stand in labels and exports; the page has its own words. */
export const threadNameOf = (scenario: Scenario): string => (scenario === 'philosophers' ? 'Philosopher' : 'Thread')
export const lockNameOf = (scenario: Scenario, policy: Policy): string =>
  policy === 'one-lock' ? 'Lock' : scenario === 'philosophers' ? 'Fork' : 'List'

export const resultOf = (facts: DeadlockFacts): DeadlockResult => {
  const { params, detections, stuck, beganUs, endedUs } = facts
  const delaysMs = detections.map(({ closedAtUs, atUs }) => Math.max(0, atUs - closedAtUs) / 1000)
  const stuckUs = stuck && (stuck.how === 'deadlocked' ? stuck.detection.closedAtUs : stuck.sinceUs)
  const shown = shownMoment(facts)
  const result: Omit<DeadlockResult, 'findings'> = {
    outcome: stuck?.how ?? 'completed',
    roundsDone: facts.roundsDone,
    retries: facts.retries.reduce((sum, retries) => sum + retries, 0),
    retriesByThread: facts.retries,
    waitForGraph:
      shown && buildWaitForGraph(shown, threadNameOf(params.scenario), lockNameOf(params.scenario, params.policy)),
    cyclesSeen: detections.length,
    detectedAfterMs: delaysMs.length > 0 ? median(delaysMs) : null,
    endedAfterMs: stuck && Math.max(0, endedUs - stuck.atUs) / 1000,
    stuckAt: stuckUs === null ? null : { ms: Math.max(0, stuckUs - beganUs) / 1000, traceUs: Math.max(0, stuckUs) },
    livelock: stuck?.how === 'livelocked' ? stuck.livelock : null,
    coffman: coffmanOf(params.policy),
    elapsedMs: Math.max(0, endedUs - beganUs) / 1000,
    cores: facts.cores,
  }
  return { ...result, findings: deadlockFindings(result, params) }
}

const shownMoment = ({ params, detections, busiest, stuck }: DeadlockFacts): WaitState | null => {
  if (stuck?.how === 'deadlocked') return stuck.detection.moment
  const seen = params.policy === 'timeout' ? detections.at(-1) : detections[0]
  return seen?.moment ?? busiest
}

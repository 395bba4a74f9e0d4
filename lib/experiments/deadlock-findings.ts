/** Which sentences a run of `deadlock` supports. Without zod: the browser says the headline, too. */
import type { Finding } from '../contract/comparison.ts'
import { rounded } from './comparison-findings.ts'
import type { DeadlockParams, DeadlockResult } from './deadlock.ts'

type Params = Pick<DeadlockParams, 'scenario' | 'policy' | 'rounds' | 'jitter' | 'checkEveryMs'>
type Result = Omit<DeadlockResult, 'findings'>

const totalOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0)

/** Milliseconds as they are read: two digits below ten. */
const shownMs = (ms: number): number => rounded(ms, ms < 10 ? 1 : 0)

export const deadlockHeadline = (result: Result, params: Params): Finding => {
  const rounds = totalOf(result.roundsDone)
  const threads = result.roundsDone.length
  const values = { rounds, threads, retries: result.retries, cycles: result.cyclesSeen, ms: shownMs(result.elapsedMs) }
  if (result.outcome === 'deadlocked') {
    const froze = { ...values, ms: shownMs(result.stuckAt?.ms ?? 0) }
    return { code: params.scenario === 'self' ? 'deadlocked-self' : 'deadlocked', values: froze }
  }
  if (result.outcome === 'livelocked') {
    const { withoutProgressMs = 0, retries = 0 } = result.livelock ?? {}
    return { code: 'livelocked', values: { ...values, retries, ms: shownMs(withoutProgressMs) } }
  }
  if (params.policy === 'none') return { code: 'not-observed', values }
  return { code: `completed-${params.policy}`, values }
}

const detectionFindings = ({ outcome, detectedAfterMs, cyclesSeen }: Result, params: Params): Finding[] => {
  if (detectedAfterMs === null) return []
  const values = { ms: shownMs(detectedAfterMs), every: params.checkEveryMs, cycles: cyclesSeen }
  if (outcome === 'deadlocked') return [{ code: 'detected', values }]
  return params.policy === 'detect' ? [{ code: 'detected-and-broken', values }] : []
}

/** What was done in vain, where something was. */
const wasteFindings = ({ outcome, roundsDone, retries }: Result): Finding[] => {
  if (outcome !== 'completed' || retries === 0) return []
  const attempts = totalOf(roundsDone) + retries
  return [{ code: 'attempts-in-vain', values: { retries, attempts, percent: rounded((100 * retries) / attempts, 0) } }]
}

export const deadlockFindings = (result: Result, params: Params): Finding[] => {
  const { outcome, endedAfterMs, cyclesSeen } = result
  const { policy, scenario } = params
  return [
    deadlockHeadline(result, params),
    ...detectionFindings(result, params),
    ...(outcome === 'deadlocked' && endedAfterMs !== null
      ? [{ code: 'ended-from-outside', values: { ms: shownMs(endedAfterMs) } }]
      : []),
    ...(outcome === 'deadlocked' && scenario !== 'self' ? [{ code: 'all-four', values: {} }] : []),
    ...(outcome === 'completed' && policy === 'none' ? [{ code: 'no-proof', values: {} }] : []),
    ...(outcome === 'livelocked' && !params.jitter ? [{ code: 'why-livelock', values: {} }] : []),
    ...wasteFindings(result),
    ...(policy === 'timeout' && cyclesSeen > 0 ? [{ code: 'cycles-broke', values: { cycles: cyclesSeen } }] : []),
    ...(policy === 'one-lock' ? [{ code: 'one-at-a-time', values: { threads: result.roundsDone.length } }] : []),
    ...(outcome === 'completed' && policy === 'ordered' ? [{ code: 'order-cannot-close', values: {} }] : []),
    ...(policy === 'reentrant' ? [{ code: 'depth-counted', values: {} }] : []),
  ]
}

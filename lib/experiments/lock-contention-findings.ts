/** Which sentences a run of lock-contention supports, as codes with values. Without zod: the browser says the headline itself. */
import type { Finding } from '../contract/comparison.ts'
import { speedupOf } from '../statistics/speedup.ts'
import { pairFinding, rounded } from './comparison-findings.ts'
import { makesWait } from './lock-contention-locks.ts'
import type { ContendedLockResult, LockContentionResult } from './lock-contention-result.ts'

type Facts = Pick<LockContentionResult, 'comparison' | 'locks' | 'cores' | 'sweep'>

/** Acquisitions at which the thread went to sleep, and what remains of the limit: from here on a lock is said to stand in a convoy. */
const CONVOY = { sleepsPerThousand: 300, utilisation: 0.5 }
const UNEVEN = 0.9
/** Whoever reaches no more of the limit is told where the time went. */
const FAR_BELOW = 0.5
/** One lock uses this much more of its limit than another before it is said. */
const NOTABLE_RATIO = 1.5

const percent = (share: number): number => rounded(share * 100, share < 0.1 ? 1 : 0)
const threadsOf = ({ perThread }: ContendedLockResult): number => perThread.length
const inConvoy = ({ contextSwitches, utilisation }: ContendedLockResult): boolean =>
  contextSwitches !== null && contextSwitches.voluntary >= CONVOY.sleepsPerThousand && utilisation <= CONVOY.utilisation

const byUtilisation = (facts: Facts): ContendedLockResult[] =>
  facts.locks.filter(({ lock }) => makesWait(lock)).sort((a, b) => b.utilisation - a.utilisation)

/** Whether the rounds in which both ran say so. */
const isFaster = ({ comparison }: Facts, one: ContendedLockResult, other: ContendedLockResult): boolean => {
  const [a, b] = [one, other].map(({ lock }) => comparison.entries.find(({ key }) => key === lock)?.samplesMs ?? [])
  return a !== undefined && b !== undefined && speedupOf(b, a).verdict === 'faster'
}

/** Lost updates are the loudest; then how far apart two locks are; then how near one comes to its limit. */
export const lockContentionHeadline = (facts: Facts): Finding | null => {
  const unguarded = facts.locks.find(({ lock, lostUpdates }) => lock === 'none' && lostUpdates > 0)
  if (unguarded) return lostFinding(unguarded)
  const [best, ...others] = byUtilisation(facts)
  const worst = others.at(-1)
  if (!best) return null
  if (worst && best.utilisation > worst.utilisation * NOTABLE_RATIO && isFaster(facts, best, worst)) {
    return {
      code: worst.lock === 'ticket' && inConvoy(worst) ? 'convoy' : 'far-apart',
      values: {
        threads: threadsOf(best),
        best: best.lock,
        bestPercent: percent(best.utilisation),
        worst: worst.lock,
        worstPercent: percent(worst.utilisation),
      },
    }
  }
  const { lock, utilisation, waitedShare } = best
  return {
    code: 'reached',
    values: { threads: threadsOf(best), lock, percent: percent(utilisation), waited: percent(waitedShare) },
  }
}

export const lockContentionFindings = (facts: Facts): Finding[] => {
  const headline = lockContentionHeadline(facts)
  const { comparison, locks } = facts
  const [first, second] = locks
  return [
    ...(headline ? [headline] : []),
    ...timeFindings(facts),
    ...locks.flatMap((lock) => lossFindings(lock)),
    ...(first && second ? pairFinding(comparison, first.lock, second.lock) : []),
    ...byUtilisation(facts).flatMap((lock) => waitFindings(lock, facts.cores)),
    ...sweepFindings(facts),
  ].filter((finding, i, all) => all.findIndex((other) => JSON.stringify(other) === JSON.stringify(finding)) === i)
}

/**
 * Of the lock that comes nearest to its limit, where it stays far below: computing as long as one thread alone takes for it, waiting
 * for the lock, and the rest, in which threads were inside or outside and had no core, or were slower than alone.
 */
const timeFindings = (facts: Facts): Finding[] => {
  const [best] = byUtilisation(facts)
  if (!best || best.utilisation > FAR_BELOW || threadsOf(best) === 1) return []
  const { lock, limit, perThread } = best
  const sum = (of: (thread: (typeof perThread)[number]) => number): number =>
    perThread.reduce((total, thread) => total + of(thread), 0)
  const all = sum(({ waitUs, holdUs, outsideUs }) => waitUs.total + holdUs.total + outsideUs)
  if (all === 0) return []
  const computing = Math.round((100 * sum(({ acquisitions }) => acquisitions) * limit.cycleUs) / all)
  const waiting = Math.round((100 * sum(({ waitUs }) => waitUs.total)) / all)
  const rest = 100 - computing - waiting
  const values = { lock, computing, waiting, rest, threads: threadsOf(best), cores: facts.cores }
  return rest < 0 ? [] : [{ code: 'where-time-went', values }]
}

const lostFinding = ({ lock, lostUpdates, updates }: ContendedLockResult): Finding => ({
  code: lock === 'none' ? 'lost-updates' : 'permits-lose',
  values: { lost: lostUpdates, updates, percent: percent(lostUpdates / Math.max(1, updates)) },
})

const lossFindings = (result: ContendedLockResult): Finding[] => {
  const { lock, lostUpdates, updates } = result
  if (lostUpdates > 0) return [lostFinding(result)]
  if (lock === 'none') return [{ code: 'none-lost', values: { updates } }]
  return lock === 'atomic' ? [{ code: 'atomic-keeps', values: { updates } }] : []
}

const waitFindings = (result: ContendedLockResult, cores: number): Finding[] => {
  const { lock, fairness, contextSwitches, waitedShare, perThread } = result
  const findings: Finding[] = []
  if (threadsOf(result) === 1) return [{ code: 'alone', values: { lock } }]
  if (inConvoy(result)) {
    findings.push({
      code: 'sleeps',
      values: { lock, switches: rounded(contextSwitches?.voluntary ?? 0, 0), waited: percent(waitedShare) },
    })
  }
  if (fairness < UNEVEN) {
    const counts = perThread.map(({ acquisitions }) => acquisitions)
    const values = { lock, index: rounded(fairness, 2), most: Math.max(...counts), least: Math.min(...counts) }
    findings.push({ code: 'uneven', values })
  }
  if (lock === 'spin' && threadsOf(result) > cores) {
    const worstMs = rounded(Math.max(...perThread.map(({ waitUs }) => waitUs.max)) / 1000, 1)
    findings.push({ code: 'spin-beyond-cores', values: { threads: threadsOf(result), cores, worstMs } })
  }
  return findings
}

/** Between the first and the last value of the sweep, where their intervals are apart. */
const sweepFindings = ({ sweep, locks }: Facts): Finding[] => {
  const ascending = sweep ? [...sweep.points].sort((a, b) => a.value - b.value) : []
  const [first, last] = [ascending[0], ascending.at(-1)]
  if (!sweep || !first || !last) return []
  return locks.flatMap(({ lock }): Finding[] => {
    const [a, b] = [first, last].map((point) => point.locks.find((one) => one.lock === lock))
    if (!a?.throughputCi95 || !b?.throughputCi95) return []
    const values = {
      lock,
      from: first.value,
      to: last.value,
      before: rounded(a.throughputPerSecond, 0),
      after: rounded(b.throughputPerSecond, 0),
      waited: percent(b.waitedShare),
    }
    if (b.throughputCi95[0] > a.throughputCi95[1]) return [{ code: `sweep-${sweep.param}-more`, values }]
    if (b.throughputCi95[1] < a.throughputCi95[0]) return [{ code: `sweep-${sweep.param}-less`, values }]
    return [{ code: `sweep-${sweep.param}-same`, values }]
  })
}

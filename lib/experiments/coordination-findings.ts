/** Which sentences a run of `coordination` supports: what a mistake did, who waited for whom, what waking up costs. */
import type { Finding } from '../contract/comparison.ts'
import type { CoordinationParams, CoordinationResult } from './coordination.ts'

const rounded = (value: number, digits = 1): number => Number(value.toFixed(digits))

type Facts = Omit<CoordinationResult, 'findings'>
type Asked = Pick<CoordinationParams, 'scenario' | 'bug' | 'threads' | 'items' | 'watchdogMs'>

/** Of all threads' time, the share they waited. */
export const waitingShare = ({ perThread }: Pick<Facts, 'perThread'>): number => {
  const waiting = perThread.reduce((sum, { waitUs }) => sum + waitUs.total, 0)
  const all = perThread.reduce(
    (sum, { waitUs, holdUs, workUs, otherUs }) => sum + waitUs.total + holdUs + workUs + otherUs,
    0,
  )
  return all > 0 ? waiting / all : 0
}

export const coordinationHeadline = (result: Facts, params: Asked): Finding => {
  const { damage, lostWakeups, consumed, wakeUpUs } = result
  const { scenario, bug, items } = params
  if (bug === 'if-instead-of-while') {
    return damage.takenFromEmpty > 0
      ? {
          code: 'taken-from-empty',
          values: { count: damage.takenFromEmpty, twice: damage.twice, missing: damage.missing, items },
        }
      : { code: 'no-damage-seen', values: { items } }
  }
  if (bug === 'signal-before-wait') {
    return lostWakeups > 0
      ? {
          code: 'signals-lost',
          values: { lost: lostWakeups, watchdogMs: params.watchdogMs, seconds: rounded(result.elapsedMs / 1000) },
        }
      : { code: 'no-signal-lost', values: { items } }
  }
  const waiting = rounded(waitingShare(result) * 100, 0)
  switch (scenario) {
    case 'condition':
      return { code: 'all-consumed', values: { consumed, waiting } }
    case 'event':
      return { code: 'all-heard', values: { consumed, already: result.alreadyThere, waiting } }
    case 'barrier':
      return { code: 'slowest-decides', values: { consumed, waiting } }
    case 'ping-pong':
      return wakeUpUs === null
        ? { code: 'played', values: { consumed } }
        : { code: 'hand-over', values: { consumed, us: rounded(wakeUpUs.p50, 0) } }
  }
}

/**
 * Whoever takes from an empty buffer gets what still lies in the place. Taken before, or nothing: then another item is never taken,
 * so these are as many as are missing. The rest were late, but not lost.
 */
const takenLate = ({ damage }: Facts, headline: Finding): Finding[] => {
  const late = damage.takenFromEmpty - damage.missing
  return headline.code === 'taken-from-empty' && late > 0
    ? [{ code: 'taken-late', values: { late, missing: damage.missing, count: damage.takenFromEmpty } }]
    : []
}

/** With the mutex, as the chart of the threads' time has it; an arrow is about one pair, and only about waits that a signal ended. */
const waitedLongest = ({ perThread }: Facts): Finding[] => {
  const [longest] = perThread.toSorted((a, b) => b.waitUs.total - a.waitUs.total)
  return longest && longest.waitUs.total > 0
    ? [{ code: 'waited-longest', values: { thread: longest.thread, ms: rounded(longest.waitUs.total / 1000) } }]
    : []
}

export const coordinationFindings = (result: Facts, params: Asked): Finding[] => {
  const { spuriousWakeups, wakeUpUs, waitsFor, elapsedMs, modelMs, lostWakeups, alreadyThere, cores } = result
  const { scenario, bug } = params
  const headline = coordinationHeadline(result, params)
  const [most] = waitsFor
  const lostMs = elapsedMs - modelMs
  return [
    headline,
    ...takenLate(result, headline),
    ...(spuriousWakeups > 0
      ? [
          {
            code: bug === 'if-instead-of-while' ? 'woken-in-vain' : 'while-made-harmless',
            values: { count: spuriousWakeups },
          },
        ]
      : []),
    ...(bug === 'if-instead-of-while' && params.threads < 4 ? [{ code: 'one-consumer', values: {} }] : []),
    ...(lostWakeups > 0 && scenario === 'event' ? [{ code: 'pulse-forgets', values: {} }] : []),
    ...(lostWakeups > 0 && scenario === 'condition' ? [{ code: 'condition-forgets', values: {} }] : []),
    ...(scenario === 'event' && bug === 'none' && alreadyThere > 0
      ? [{ code: 'event-remembers', values: { count: alreadyThere } }]
      : []),
    ...waitedLongest(result),
    ...(most ? [{ code: 'waited-most', values: { waiter: most.waiter, for: most.for, ms: rounded(most.ms) } }] : []),
    ...(wakeUpUs && headline.code !== 'hand-over'
      ? [{ code: 'waking-takes', values: { us: rounded(wakeUpUs.p50, 0), p99: rounded(wakeUpUs.p99, 0) } }]
      : []),
    ...(bug === 'none' && lostMs > 0.05 * elapsedMs && modelMs > 0
      ? [
          {
            code: 'beyond-work',
            values: {
              ms: rounded(elapsedMs),
              modelMs: rounded(modelMs),
              percent: rounded((lostMs / elapsedMs) * 100, 0),
            },
          },
        ]
      : []),
    ...(params.threads > cores && scenario === 'barrier'
      ? [{ code: 'more-than-cores', values: { threads: params.threads, cores } }]
      : []),
  ]
}

/**
 * What theory predicts for one stretch: the schedule simulated with ideal work and switches that cost nothing. One event loop
 * is a first-come-first-served queue, in which the long computation is one job or, where it yields, one job per slice that
 * lets those go first who came meanwhile. With a core for each, threads and processes don't meet at all; on one core the
 * answer depends on the system's scheduler, and there is no prediction.
 */
import { nearestRank } from '../statistics/percentiles.ts'
import type { SchedulingKind } from './scheduling-kinds.ts'
import type { StretchPlan } from './scheduling-plan.ts'

export interface StretchWork {
  kind: SchedulingKind
  longMs: number
  shortMs: number
  shortEveryMs: number
  sliceMs: number
  cores: number
}

export interface PredictedStretch {
  /** From scheduled arrival to answer, in order of arrival. */
  latenciesMs: number[]
  /** From the long computation's arrival to its end. */
  longMs: number
}

/** One server: `slices` are the pieces of the long computation, in turn with what has arrived by then. */
const oneLoop = (
  arrivals: readonly number[],
  shortMs: number,
  longAt: number,
  slices: readonly number[],
): PredictedStretch => {
  const latenciesMs: number[] = []
  let now = 0
  let next = 0
  let slice = 0
  let longEnd = longAt
  const serve = (arrival: number): void => {
    now = Math.max(now, arrival) + shortMs
    latenciesMs.push(now - arrival)
    next++
  }
  while (next < arrivals.length || slice < slices.length) {
    const arrival = arrivals[next] ?? Number.POSITIVE_INFINITY
    if (slice === slices.length) {
      serve(arrival)
    } else if (slice === 0 && arrival <= longAt) {
      serve(arrival)
    } else {
      now = Math.max(now, longAt) + (slices[slice] ?? 0)
      slice++
      longEnd = now
      // Those who came during this slice go before the next one; who comes while they are served waits for it.
      const until = now
      for (let at = arrivals[next]; at !== undefined && at <= until && slice < slices.length; at = arrivals[next])
        serve(at)
    }
  }
  return { latenciesMs, longMs: longEnd - longAt }
}

export const predictStretch = (plan: StretchPlan, work: StretchWork): PredictedStretch | null => {
  const { kind, longMs, shortMs, shortEveryMs, sliceMs, cores } = work
  const arrivals = Array.from({ length: plan.shorts }, (_, i) => plan.firstMs + i * shortEveryMs)
  if (kind === 'cooperative') return oneLoop(arrivals, shortMs, plan.longAtMs, [longMs])
  if (kind === 'cooperative-yielding') {
    const whole = Math.floor(longMs / sliceMs)
    const rest = longMs - whole * sliceMs
    const slices = [...new Array<number>(whole).fill(sliceMs), ...(rest > 1e-9 ? [rest] : [])]
    return oneLoop(arrivals, shortMs, plan.longAtMs, slices)
  }
  if (cores < 2) return null
  return { latenciesMs: oneLoop(arrivals, shortMs, 0, []).latenciesMs, longMs }
}

/** The p99 of one stretch in ms, as it is measured; null where there is no prediction. */
export const predictP99Ms = (plan: StretchPlan, work: StretchWork): number | null => {
  const predicted = predictStretch(plan, work)
  return (
    predicted &&
    nearestRank(
      predicted.latenciesMs.toSorted((a, b) => a - b),
      99,
    )
  )
}

/** Which sentences a run of scheduling supports, and which of them stands for it. Without zod: the browser reads results with it. */
import type { Finding } from '../contract/comparison.ts'
import { speedupOf } from '../statistics/speedup.ts'
import type { SchedulingKindResult, SchedulingResult } from './scheduling.ts'
import type { SchedulingKind } from './scheduling-kinds.ts'

const rounded = (value: number): number => Number(value.toPrecision(value >= 100 ? 3 : 2))

const kindOf = (result: SchedulingResult, kind: SchedulingKind): SchedulingKindResult | null =>
  result.kinds.find((one) => one.kind === kind) ?? null

/**
 * The kinds with the smallest and the largest p99, where the stretches tell them apart; else what they leave open. By the
 * comparison's medians of the stretches, as the first chart shows them: pooled requests may order the kinds otherwise.
 */
export const schedulingHeadline = (result: SchedulingResult): Finding | null => {
  const byP99 = [...result.comparison.entries].sort((a, b) => a.medianMs - b.medianMs)
  const [best] = byP99
  const worst = byP99.at(-1)
  if (!best || !worst) return null
  if (best === worst) {
    const maxMs = Math.max(...result.kinds.map(({ latencyMs }) => latencyMs.max))
    return { code: 'only-kind', values: { kind: best.key, ms: rounded(best.medianMs), maxMs: rounded(maxMs) } }
  }
  const values = {
    best: best.key,
    bestMs: rounded(best.medianMs),
    worst: worst.key,
    worstMs: rounded(worst.medianMs),
  }
  const { verdict } = speedupOf(worst.samplesMs, best.samplesMs)
  if (verdict === 'too-few-rounds') {
    return { code: 'p99-unsure', values: { ...values, stretches: result.stretches.count } }
  }
  return { code: verdict === 'faster' ? 'p99-range' : 'p99-same', values }
}

const heldUp = (one: SchedulingKindResult | null): Finding[] =>
  one === null || one.heldUp.requests === 0
    ? []
    : [
        {
          code: 'held-up',
          values: {
            requests: one.heldUp.requests,
            longs: one.long.samplesMs.length,
            each: Math.round(one.heldUp.requests / one.long.samplesMs.length),
            ms: rounded(one.heldUp.longestMs),
          },
        },
      ]

/** Yielding bounded the wait where its stretches' p99 lie below those of the loop that never yields. */
const yieldingBounds = (result: SchedulingResult, sliceMs: number): Finding[] => {
  const never = result.comparison.entries.find(({ key }) => key === 'cooperative')
  const yielding = result.comparison.entries.find(({ key }) => key === 'cooperative-yielding')
  const own = kindOf(result, 'cooperative-yielding')
  if (!never || !yielding || !own || speedupOf(never.samplesMs, yielding.samplesMs).verdict !== 'faster') return []
  return [{ code: 'yielding-bounds', values: { sliceMs, ms: rounded(own.longestWaitMs) } }]
}

const WIDEST_SAME_PERCENT = 25

/** The long computation against the one that never yields; paired by stretch. */
const longCost = (result: SchedulingResult, kind: SchedulingKind, code: string): Finding[] => {
  const [never, other] = [kindOf(result, 'cooperative'), kindOf(result, kind)]
  if (!never || !other) return []
  const { value, verdict, ci95 } = speedupOf(never.long.samplesMs, other.long.samplesMs)
  if (verdict === 'slower')
    return [{ code: `${code}-slower`, values: { kind, percent: rounded((1 / value - 1) * 100) } }]
  if (verdict === 'faster')
    return [{ code: `${code}-faster`, values: { kind, percent: rounded((1 - 1 / value) * 100) } }]
  if (ci95 === null) return []
  // An interval as wide as the thing itself says nothing about what it costs.
  const most = Math.max(Math.abs(1 / ci95[0] - 1), Math.abs(1 / ci95[1] - 1)) * 100
  if (most > WIDEST_SAME_PERCENT) return []
  return [{ code: `${code}-same`, values: { kind, percent: rounded(most) } }]
}

/** What the system did with the long computation's own thread or process. */
const preempted = (result: SchedulingResult, kind: SchedulingKind): Finding[] => {
  const long = kindOf(result, kind)?.lanes.find(({ role }) => role === 'long')
  const forced = long?.contextSwitches?.involuntary
  if (!long || forced === undefined) return []
  if (forced === 0) return [{ code: 'never-preempted', values: { kind, cores: result.cores } }]
  return [
    {
      code: 'preempted',
      values: { kind, forced, longs: result.stretches.count, waitedMs: rounded(long.waitingForCoreMs ?? 0) },
    },
  ]
}

const threadsOrProcesses = ({ comparison }: SchedulingResult): Finding[] => {
  const [threads, processes] = ['preemptive', 'multiprocess'].map((kind) =>
    comparison.entries.find(({ key }) => key === kind),
  )
  if (!threads || !processes) return []
  const { verdict, value } = speedupOf(threads.samplesMs, processes.samplesMs)
  if (verdict === 'too-few-rounds') return []
  if (verdict === 'no-detectable-difference') return [{ code: 'threads-processes-same', values: {} }]
  const code = verdict === 'faster' ? 'processes-sooner' : 'threads-sooner'
  return [{ code, values: { times: rounded(value > 1 ? value : 1 / value) } }]
}

/** A tenth of the shortest p99 is more than a reader would forgive. */
const generatorLate = (result: SchedulingResult): Finding[] => {
  const [latest] = [...result.kinds].sort((a, b) => b.generatorLateMs - a.generatorLateMs)
  if (!latest || latest.generatorLateMs < latest.latencyMs.p99 / 10) return []
  return [{ code: 'generator-late', values: { kind: latest.kind, ms: rounded(latest.generatorLateMs) } }]
}

export interface SchedulingFacts {
  sliceMs: number
  askedRounds: number
  /** With which the rounds asked for would fit. */
  neededMs: number
}

export const schedulingFindings = (result: SchedulingResult, facts: SchedulingFacts): Finding[] => {
  const headline = schedulingHeadline(result)
  return [
    ...(headline ? [headline] : []),
    ...heldUp(kindOf(result, 'cooperative')),
    ...yieldingBounds(result, facts.sliceMs),
    ...longCost(result, 'cooperative-yielding', 'yielding-long'),
    ...longCost(result, 'preemptive', 'threads-long'),
    ...preempted(result, 'preemptive'),
    ...threadsOrProcesses(result),
    ...generatorLate(result),
    ...(result.stretches.count < facts.askedRounds
      ? [
          {
            code: 'fewer-stretches',
            values: { stretches: result.stretches.count, rounds: facts.askedRounds, neededMs: facts.neededMs },
          },
        ]
      : []),
  ]
}

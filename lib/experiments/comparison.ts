/**
 * Makes the comparison object out of what was measured: medians, intervals, speed-ups against the baseline, verdicts, outliers.
 * One function for the handlers and, while a run goes on, for the page; so it takes only types from the contract and no zod
 * reaches the browser through it.
 */
import type { Comparison, Efficiency, Entry } from '../contract/comparison.ts'
import type { Strategy } from '../contract/strategy.ts'
import { median } from '../statistics/median.ts'
import { medianInterval } from '../statistics/median-interval.ts'
import { countOutliers } from '../statistics/outliers.ts'
import { speedupOf } from '../statistics/speedup.ts'

/** One contender's figures. Milliseconds; `samplesMs` are the counted rounds in order, warm-up left out. */
export interface Measured {
  key: string
  strategy?: Strategy
  workers?: number
  samplesMs: readonly number[]
  /** Start-up of threads or processes, which the samples don't contain. */
  startupMs: number
  /** Time on the CPU in a typical round, all workers together. */
  cpuMs: number
  modelMs?: number | null
  efficiency?: Efficiency | null
  checksum?: string | null
  /** What else varies or was counted: 'requests', 'failed', 'threads'. */
  extra?: Readonly<Record<string, unknown>>
}

export interface ComparisonInput {
  /** Left out: 'sequential' where it takes part, else the first. */
  baseline?: string
  seed: number
  /** Warm-up rounds that were run and not counted. */
  warmup: number
  measured: readonly Measured[]
}

/**
 * Contenders that have no sample yet are left out, and don't serve as the baseline, so it can be asked from the first sample
 * on. `rounds` are those that every entry has. Throws a RangeError when nobody has a sample, or when two share a key.
 */
export const buildComparison = (input: ComparisonInput): Comparison => {
  const present = input.measured.filter((one) => one.samplesMs.length > 0)
  const baseline =
    present.find((one) => one.key === input.baseline) ?? present.find((one) => one.key === 'sequential') ?? present[0]
  if (baseline === undefined) throw new RangeError('a comparison needs at least one sample')
  if (new Set(present.map((one) => one.key)).size < present.length) {
    throw new RangeError(`keys of a comparison must differ: ${present.map((one) => one.key).join(', ')}`)
  }
  return {
    baseline: baseline.key,
    rounds: Math.min(...present.map((one) => one.samplesMs.length)),
    warmup: input.warmup,
    seed: input.seed,
    entries: present.map((one) => entryOf(one, baseline)),
  }
}

const entryOf = (measured: Measured, baseline: Measured): Entry => ({
  ...measured.extra,
  key: measured.key,
  ...(measured.strategy && { strategy: measured.strategy }),
  ...(measured.workers && { workers: measured.workers }),
  samplesMs: [...measured.samplesMs],
  medianMs: median(measured.samplesMs),
  ci95Ms: medianInterval(measured.samplesMs),
  startupMs: measured.startupMs,
  cpuMs: measured.cpuMs,
  modelMs: measured.modelMs ?? null,
  speedup: speedupOf(baseline.samplesMs, measured.samplesMs),
  efficiency: measured.efficiency ?? null,
  outliers: countOutliers(measured.samplesMs),
  checksum: measured.checksum ?? null,
})

export interface ChecksumMismatch {
  expected: { key: string; checksum: string }
  actual: { key: string; checksum: string }
}

/** The first two that computed different answers; those without a checksum say nothing. Null when all agree. */
export const findChecksumMismatch = (
  entries: readonly { key: string; checksum?: string | null }[],
): ChecksumMismatch | null => {
  let expected: ChecksumMismatch['expected'] | null = null
  for (const { key, checksum } of entries) {
    if (checksum === null || checksum === undefined) continue
    expected ??= { key, checksum }
    if (checksum !== expected.checksum) return { expected, actual: { key, checksum } }
  }
  return null
}

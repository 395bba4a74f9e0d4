/** One lock in one round, as a measurement: what its threads brought home, put together. */

import type { UncontendedCosts } from '#lib/experiments/lock-contention-model.ts'
import { jainFairness } from '#lib/statistics/jain-fairness.ts'
import { DurationHistogram, type DurationMemory } from '../../measuring/duration-histogram.ts'
import type { Measurement } from '../../measuring/interleaved-rounds.ts'
import type { CrewRun } from '../../threads/thread-crew.ts'
import type { ContentionShare } from './contend.ts'
import type { Effort } from './measure-limit.ts'

/** A lock at the run's own parameters, or at one value of the sweep. */
export interface Variant extends Effort {
  key: string
  value: number | null
  threads: number
  costs: UncontendedCosts
}

const PER_SAMPLE = 1000

export class ContentionRound implements Measurement {
  /** Of 1,000 acquisitions. */
  readonly elapsedMs: number
  readonly fields: NonNullable<Measurement['fields']>
  readonly shares: readonly ContentionShare[]
  readonly usages: readonly CrewRun<ContentionShare>['threads'][number]['usage'][]
  readonly waits: readonly DurationHistogram[]
  readonly holds: readonly DurationHistogram[]
  readonly perSecond: number
  readonly fairness: number
  readonly acquisitions: number
  readonly waited: number
  readonly updates: number
  readonly lostUpdates: number
  /** Of 1,000 acquisitions, all threads together. */
  readonly cpuMs: number

  constructor(
    { threads, value }: Variant,
    shares: readonly ContentionShare[],
    run: CrewRun<ContentionShare>,
    memory: readonly { waits: DurationMemory; holds: DurationMemory }[],
    counted: number,
  ) {
    const sum = (of: (share: ContentionShare) => number): number =>
      shares.reduce((total, share) => total + of(share), 0)
    this.shares = shares
    this.usages = run.threads.map(({ usage }) => usage)
    this.waits = memory.map(({ waits }) => new DurationHistogram(waits))
    this.holds = memory.map(({ holds }) => new DurationHistogram(holds))
    this.acquisitions = sum((share) => share.acquisitions)
    this.waited = sum((share) => share.waited)
    this.updates = sum((share) => share.updates)
    this.lostUpdates = this.updates - counted
    this.fairness = jainFairness(shares.map((share) => share.acquisitions))
    const startUs = Math.min(...shares.map((share) => share.startUs))
    const endUs = Math.max(...shares.map((share) => share.endUs))
    this.perSecond = (this.acquisitions * 1e6) / (endUs - startUs)
    this.elapsedMs = (PER_SAMPLE * 1000) / this.perSecond
    const cpuUs = this.usages.reduce((total, usage) => total + (usage?.cpuUs ?? 0), 0)
    this.cpuMs = ((cpuUs / 1000) * PER_SAMPLE) / this.acquisitions
    this.fields = {
      threads,
      value,
      acquisitions: this.acquisitions,
      waited: this.waited,
      lostUpdates: this.lostUpdates,
      fairness: this.fairness,
    }
  }
}

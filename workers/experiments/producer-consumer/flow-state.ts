/**
 * Everything that one flow consists of, read together at one moment: how many messages are where. Written by those who take part, each in
 * its own memory; read here by the runner's thread, while it goes on and at the end.
 */
import { addLogCounts, LOG_BUCKETS } from '#lib/statistics/log-histogram.ts'
import type { COUNT, ConsumerMemory } from './consumer-memory.ts'
import { countIn } from './consumer-memory.ts'
import { madeIn, type PRODUCED, type ProducerMemory } from './producer-memory.ts'

export interface FlowCounts {
  made: number
  /** Due by now, whether or not the producer has come to it. */
  due: number
  turnedAway: number
  entered: number
  committed: number
  blockedMs: number
  /** Due, but neither let in nor turned away. */
  atTheDoor: number
  /** In consumers' hands. */
  inHand: number
}

export class FlowState {
  readonly producers: ProducerMemory[] = []
  readonly consumers: ConsumerMemory[] = []
  /** Messages that ended in a dead consumer's hands: no longer in anybody's. */
  gone = 0
  startUs = 0
  readonly #dueBefore: number[] = []

  sumMade(name: keyof typeof PRODUCED): number {
    return this.producers.reduce((sum, memory) => sum + madeIn(memory, name), 0)
  }

  sumCount(name: keyof typeof COUNT): number {
    return this.consumers.reduce((sum, memory) => sum + countIn(memory, name), 0)
  }

  largest(name: keyof typeof COUNT): number {
    return this.consumers.reduce((most, memory) => Math.max(most, countIn(memory, name)), 0)
  }

  largestMade(name: keyof typeof PRODUCED): number {
    return this.producers.reduce((most, memory) => Math.max(most, madeIn(memory, name)), 0)
  }

  histogram(): Float64Array {
    const sum = new Float64Array(LOG_BUCKETS)
    for (const { histogram } of this.consumers) addLogCounts(sum, histogram)
    return sum
  }

  counts(nowUs: number): FlowCounts {
    const made = this.sumMade('made')
    const entered = this.sumMade('entered')
    const turnedAway = this.sumMade('dropped') - this.sumMade('droppedOldest') + this.sumMade('rejected')
    const due = Math.max(made, this.#due(nowUs))
    const blockedSince = this.producers.map((memory) => madeIn(memory, 'blockedSinceUs'))
    const blockedNowUs = blockedSince.reduce((sum, since) => sum + (since > 0 ? Math.max(0, nowUs - since) : 0), 0)
    return {
      made,
      due,
      turnedAway,
      entered,
      committed: this.sumCount('committed'),
      blockedMs: (this.sumMade('blockedUs') + blockedNowUs) / 1000,
      atTheDoor: Math.max(0, due - entered - turnedAway),
      inHand: Math.max(0, this.sumCount('taken') - this.sumCount('committed') - this.gone),
    }
  }

  #due(nowUs: number): number {
    let due = 0
    for (const [index, { schedule }] of this.producers.entries()) {
      let at = this.#dueBefore[index] ?? 0
      while (at < schedule.length && this.startUs + (schedule[at] ?? 0) <= nowUs) at++
      this.#dueBefore[index] = at
      due += at
    }
    return due
  }
}

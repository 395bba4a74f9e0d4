/** Threads that meet at a barrier. */
import { Barrier } from './barrier.ts'
import { BrokenBarrierError } from './errors.ts'
import { createRandom, pauseAtRandom } from './random-pauses-fixture.ts'

export interface Meeting {
  barrier: Int32Array
  /** One word for each thread: the round it has come to. */
  rounds: Int32Array
  index: number
  count: number
  seed: number
}

export const barrierScenarios = {
  /** @returns how often another was behind, or more than a round ahead, right after the barrier */
  meet({ barrier: words, rounds, index, count, seed }: Meeting): number {
    const barrier = new Barrier(undefined, words)
    const random = createRandom(seed)
    let astray = 0
    for (let round = 1; round <= count; round++) {
      pauseAtRandom(random)
      rounds[index] = round
      barrier.wait()
      for (const other of rounds) if (other < round || other > round + 1) astray++
    }
    return astray
  },

  /** Waits with little patience until the barrier breaks. @returns in how many rounds it passed before */
  meetImpatiently({ barrier: words, count, seed }: Omit<Meeting, 'rounds' | 'index'>): number {
    const barrier = new Barrier(undefined, words)
    const random = createRandom(seed)
    for (let round = 0; round < count; round++) {
      pauseAtRandom(random)
      try {
        barrier.wait(0.02 + random() * 0.2)
      } catch (error) {
        if (error instanceof BrokenBarrierError) return round
        throw error
      }
    }
    return count
  },
}

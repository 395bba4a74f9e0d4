/** Real A/A comparisons: two pools that do the same thing, compared as two different ones are. How often is a difference seen? */
import { speedupOf } from '#lib/statistics/speedup.ts'
import { createExecutor } from '../executors/create-executor.ts'
import { primesTask, SHORT_FORK_JOIN } from './bench-tasks.ts'
import type { Figure } from './figure.ts'
import { interleaved, timed } from './interleaved.ts'

const COMPARISONS = 20
/** The default of a comparison of strategies. */
const ROUNDS = 10
const WORKERS = 2

/**
 * Five in a hundred are promised at most. Of twenty, more than three are then seen with a probability of 1.6% (binomial), so that
 * many would speak against the promise; fewer can't prove it, which the simulations of lib/statistics do.
 */
const SHARE_SEEN_BY_CHANCE = 3 / COMPARISONS

const sameThing: Figure = {
  name: 'same-thing',
  run: async ({ seed, signal }) => {
    await using one = createExecutor('threads', { workers: WORKERS })
    await using other = createExecutor('threads', { workers: WORKERS })
    await Promise.all([one.start(), other.start()])
    let different = 0
    for (let comparison = 0; comparison < COMPARISONS; comparison++) {
      const samples = await interleaved(
        {
          one: () => timed(() => one.map(primesTask, SHORT_FORK_JOIN)),
          other: () => timed(() => other.map(primesTask, SHORT_FORK_JOIN)),
        },
        { rounds: ROUNDS, seed: seed + comparison, signal },
      )
      const { verdict } = speedupOf(samples.get('one') ?? [], samples.get('other') ?? [])
      if (verdict !== 'no-detectable-difference') different++
    }
    return [
      {
        figure: `${COMPARISONS} comparisons of a thing with itself, ${ROUNDS} rounds each: share that saw a difference (${different})`,
        ours: { value: different / COMPARISONS, ci95: null },
        peers: [],
        target: { atMost: SHARE_SEEN_BY_CHANCE },
      },
    ]
  },
}

export const sameThingFigures: Figure[] = [sameThing]

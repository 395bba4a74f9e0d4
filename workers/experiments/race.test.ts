/** The execution of race by real threads: what must never happen with a right guard, and what does happen without or with a wrong one. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type RaceParams, race } from '#lib/experiments/race.ts'
import { OUTCOME_KINDS, RACE_SCENARIOS } from '#lib/experiments/race-kinds.ts'
import { handler } from './race.ts'
import { runHandler } from './run-handler-fixture.ts'

const run = async (given: Partial<RaceParams>) => {
  const { result, error, ...told } = await runHandler(race, handler, given)
  assert.equal(error, null)
  assert.ok(result)
  return { result, ...told }
}

/** Few and short where nothing may go wrong; where something must, enough for cores that others use, too. */
const short = { iterations: 2_000, trials: 8, warmup: 1 }
const long = { iterations: 20_000, trials: 25, warmup: 1 }

describe('race', { timeout: 120_000 }, () => {
  for (const scenario of RACE_SCENARIOS) {
    for (const guard of ['mutex', 'atomic'] as const) {
      it(`${scenario} with ${guard} has no forbidden outcome`, async () => {
        const { result, params, samples } = await run({ ...short, scenario, guard })
        assert.deepEqual(result.trials, { total: 8, forbidden: 0 })
        assert.ok(result.outcomes.every(({ expect, count }) => expect !== 'forbidden' || count === 0))
        assert.deepEqual(result.lost, new Array(8).fill(0))
        assert.equal(result.firstForbiddenTrial, null)
        assert.equal(result.notObservedBound, 3 / 8)
        assert.ok(!result.interleaving?.broken)
        assert.equal(samples.length, params.trials + params.warmup)
      })
    }

    it(`${scenario} unguarded goes wrong, and shows how`, async () => {
      const { result } = await run({ ...long, scenario, threads: scenario === 'message' ? 2 : 4 })
      assert.ok(result.trials.forbidden > 0)
      assert.ok(result.lost.some((lost) => lost !== 0))
      assert.equal(result.notObservedBound, null)
      assert.ok(result.firstForbiddenTrial !== null && result.firstForbiddenTrial <= result.trials.total)
      assert.deepEqual(
        result.outcomes.map(({ label }) => label),
        OUTCOME_KINDS[scenario].map(({ label }) => label),
      )
      const sum = result.outcomes.reduce((all, { share }) => all + share, 0)
      assert.ok(Math.abs(sum - 1) < 1e-9)
    })
  }

  it('loses increments behind a lock for each thread, and behind a lock around the write only', async () => {
    for (const guard of ['lock-per-thread', 'write-only'] as const) {
      const { result } = await run({ ...long, guard })
      assert.ok(result.trials.forbidden > 0, guard)
      assert.ok(
        result.lost.every((lost) => lost >= 0 && lost <= result.operations),
        guard,
      )
    }
  })

  it('keeps the sum under the right locks that were chosen, and not under wrong ones', async () => {
    const bank = { scenario: 'bank', guard: 'chosen' } as const
    const right = await run({ ...bank, ...short, withdrawLock: 'own', depositLock: 'own' })
    assert.equal(right.result.trials.forbidden, 0)
    const swapped = await run({ ...bank, ...short, accounts: 2, withdrawLock: 'other', depositLock: 'other' })
    assert.equal(swapped.result.trials.forbidden, 0, 'of two accounts the other one’s lock is always the same')
    const wrong = await run({ ...bank, ...long, withdrawLock: 'own', depositLock: 'other' })
    assert.ok(wrong.result.trials.forbidden > 0)
  })

  it('goes wrong also where nothing but the instructions lies between read and write, in thousands of meetings', async () => {
    const { result } = await run({ iterations: 200_000, gapNs: 0, trials: 300, threads: 2 })
    assert.ok(result.trials.forbidden > 0, 'each store of the compiled loop reaches the memory')
  })

  it('draws every counted trial on each thread’s lane, on one clock', async () => {
    const { lanes, spans } = await run({ ...short, trials: 3, threads: 2 })
    const trials = spans.filter(({ lane }) => lane.startsWith('trials/'))
    assert.equal(trials.length, 3 * 2)
    assert.ok(spans.every(({ start, duration }) => start >= 0 && duration >= 0))
    assert.ok(spans.every(({ lane }) => lanes.some(({ id }) => id === lane)))
  })

  it('stops between trials when it is cancelled, and leaves no thread', async () => {
    const { error, samples } = await runHandler(
      race,
      handler,
      { trials: 1_000, guard: 'mutex' },
      (told) => told.samples.length === 5,
    )
    assert.ok(error instanceof Error && error.message === 'cancelled by the test')
    assert.ok(samples.length < 1_000)
  })
})

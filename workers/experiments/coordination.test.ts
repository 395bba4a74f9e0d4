/** The execution of coordination by real threads: everything arrives once, each mistake does its damage, and every run ends. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CoordinationParams, coordination } from '#lib/experiments/coordination.ts'
import { COORDINATION_SCENARIOS } from '#lib/experiments/coordination-kinds.ts'
import { handler } from './coordination.ts'
import { runHandler } from './run-handler-fixture.ts'

const run = async (given: Partial<CoordinationParams>) => {
  const { result, error, ...told } = await runHandler(coordination, handler, given)
  assert.equal(error, null)
  assert.ok(result)
  return { result, ...told }
}

const UNHARMED = { takenFromEmpty: 0, twice: 0, missing: 0 }

describe('coordination', { timeout: 120_000 }, () => {
  for (const scenario of COORDINATION_SCENARIOS) {
    for (const threads of [2, 6]) {
      it(`${scenario} with ${threads} threads lets everything arrive once`, async () => {
        const { result, lanes, spans } = await run({ scenario, threads, items: 101, workUs: 20 })
        assert.equal(result.consumed, 101)
        assert.deepEqual(result.damage, UNHARMED)
        assert.equal(result.lostWakeups, 0)
        assert.equal(result.perThread.length, threads)
        for (const { waitUs, workUs, otherUs, holdUs, waits } of result.perThread) {
          assert.ok(waitUs.total + workUs + otherUs + holdUs <= result.elapsedMs * 1000 + 1)
          assert.ok(waitUs.max <= waitUs.total + 1e-6 || waits === 0)
        }
        const waits = result.perThread.reduce((sum, one) => sum + one.waits, 0)
        const counted = result.waitHistogram.flatMap(({ bins }) => bins).reduce((sum, { count }) => sum + count, 0)
        assert.equal(counted, waits)
        assert.equal(lanes.length, threads)
        assert.ok(spans.some(({ kind }) => kind === 'wait') && spans.some(({ kind }) => kind === 'cpu'))
      })
    }
  }

  it('nobody waits for itself, and at a barrier one of each phase waits for nobody', async () => {
    const { result } = await run({ scenario: 'barrier', threads: 4, items: 50, workUs: 50 })
    assert.ok(result.waitsFor.every((wait) => wait.waiter !== wait.for))
    assert.equal(result.alreadyThere, 50)
    assert.equal(
      result.perThread.reduce((sum, { waits }) => sum + waits, 0),
      50 * 3,
    )
  })

  it('with if instead of while consumers take what is not there, and items are never taken', async () => {
    const { result } = await run({ bug: 'if-instead-of-while', threads: 8, items: 2_000, workUs: 10 })
    const { takenFromEmpty, missing } = result.damage
    assert.ok(takenFromEmpty > 0 && missing > 0)
    assert.equal(result.consumed, 2_000 - missing)
    assert.equal(
      result.perThread.filter(({ role }) => role === 'consumer').reduce((sum, { completed }) => sum + completed, 0),
      2_000,
    )
  })

  it('a consumer that waits without looking sleeps through signals until its watchdog, and nothing is lost but time', async () => {
    const { result } = await run({ bug: 'signal-before-wait', threads: 2, items: 40, workUs: 100, watchdogMs: 10 })
    assert.ok(result.lostWakeups > 0)
    assert.equal(result.consumed, 40)
    assert.deepEqual(result.damage, UNHARMED)
    assert.ok(result.elapsedMs >= 10, 'at least one watchdog')
  })

  it('a pulse is missed by those at work, an event that stays set is not', async () => {
    const given = { scenario: 'event', threads: 6, items: 30, workUs: 200, watchdogMs: 10 } as const
    const pulsed = await run({ ...given, bug: 'signal-before-wait' })
    assert.ok(pulsed.result.lostWakeups > 0)
    assert.equal(pulsed.result.consumed, 30)
    assert.equal((await run(given)).result.lostWakeups, 0)
  })

  it('ends at once when it is cancelled in the middle of a long wait, and leaves no thread', async () => {
    const given = { bug: 'signal-before-wait', threads: 2, items: 100, watchdogMs: 1_000 } as const
    const { error } = await runHandler(coordination, handler, given, (told) => told.lanes.length === 2)
    assert.ok(error instanceof Error && error.message === 'cancelled by the test')
  })
})

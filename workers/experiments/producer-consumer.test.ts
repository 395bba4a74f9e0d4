/** Whole flows with real threads, processes and database files: what they tell, how they end, and what is left behind. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRunning } from '#lib/runs/running-process-fixture.ts'
import { Flow } from './producer-consumer/flow.ts'
import { balances, execute, flowOptionsOf, SMALL, stageOf } from './producer-consumer/flow-fixture.ts'
import { handler } from './producer-consumer.ts'

describe('a flow', { timeout: 60_000 }, () => {
  it('tells that it was over before the moment at which a consumer should be killed', async () => {
    const { result } = await execute({ ...SMALL, killConsumerAtMs: 600_000 })
    assert.deepEqual([result.killNotReached, result.kills], [true, []])
    assert.equal((await execute(SMALL)).result.killNotReached, false)
  })

  it("obeys Little's law, counted from outside and from inside", async () => {
    for (const queue of ['memory', 'sqlite']) {
      const { result } = await execute({
        ...SMALL,
        queue,
        messages: 200,
        capacity: 50,
        batchSize: 2,
        writeLatencyMs: 5,
      })
      const { ratio, samples } = result.littlesLaw
      assert.ok(ratio !== null && ratio > 0.5 && ratio < 2, `${queue}: ${ratio} from ${samples} samples`)
    }
  })

  it('waits as long for the lock as slow transactions of all consumers take', async () => {
    using stage = stageOf({ ...SMALL, messages: 32, consumers: 8, batchSize: 1, writeLatencyMs: 50 })
    await using flow = await Flow.prepare(flowOptionsOf(stage))
    assert.equal(flow.setting.places.lockTimeoutMs, 10_000 + 20 * 8 * 50)
    const { state } = await flow.run()
    assert.equal(state.sumCount('committed'), 32)
  })
})

describe('the end of a flow', { timeout: 60_000 }, () => {
  it('leaves no thread, process or file when it is cancelled, even while a consumer sleeps in a transaction', async () => {
    for (const queue of ['memory', 'sqlite']) {
      using stage = stageOf(
        { ...SMALL, queue, writeLatencyMs: 1_000, batchSize: 1 },
        { progress: () => setImmediate(() => told()) },
      )
      let calls = 0
      const told = (): void => {
        calls++
        if (calls === 4) stage.controller.abort(new Error('cancelled by the test'))
      }
      await assert.rejects(handler(stage.context), /cancelled by the test/)
      for (const { pid } of stage.told.lanes) assert.ok(pid === null || pid === process.pid || !isRunning(pid))
      assert.deepEqual(stage.leftOver(), [])
    }
  })

  it('takes the command that kills a consumer only while it goes on', async () => {
    let known = 0
    using stage = stageOf(
      { ...SMALL, writeLatencyMs: 5 },
      {
        progress: () => {
          if (!stage.commands.has('kill-consumer')) return
          known++
          stage.commands.get('kill-consumer')?.()
        },
      },
    )
    const result = await handler(stage.context)
    balances(result)
    assert.ok(known > 0)
    assert.ok(result.kills.length > 0)
    assert.equal(stage.commands.size, 0)
  })
})

describe('a sweep', { timeout: 60_000 }, () => {
  it('measures every value in every round, and shows the flow that wrote the most a second', async () => {
    const { result, told } = await execute({
      ...SMALL,
      messages: 100,
      rounds: 2,
      sweep: { param: 'batchSize', values: [1, 50] },
    })
    balances(result)
    assert.equal(told.samples.length, 4)
    assert.deepEqual(
      result.sweep?.points.map(({ value }) => value),
      [1, 50],
    )
    const most = Math.max(...told.samples.map(({ outPerSecond }) => Number(outPerSecond)))
    assert.equal(result.throughputPerSecond.out, most)
    assert.equal(new Set(told.lanes.map(({ group }) => group)).size, 2)
  })
})

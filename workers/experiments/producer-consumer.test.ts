/** Whole flows with real threads, processes and database files: what becomes of messages, whatever happens to those who carry them. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ProducerConsumerResult } from '#lib/experiments/producer-consumer-result.ts'
import { Flow } from './producer-consumer/flow.ts'
import { execute, flowOptionsOf, stageOf } from './producer-consumer/flow-fixture.ts'
import { handler } from './producer-consumer.ts'

const SMALL = { messages: 400, ratePerSecond: 0, durability: 'normal', batchSize: 20, capacity: 100 }
/** More comes than is written: the queue has to be full. */
const TOO_MUCH = { ...SMALL, batchSize: 1, capacity: 8, writeLatencyMs: 1 }

/** At once, and alone: no other can empty the queue before it has a batch. */
const KILLED = { consumers: 1, killConsumerAtMs: 0, writeLatencyMs: 2 }

const balances = (result: ProducerConsumerResult): void => {
  const { produced, written, dropped, rejected, lost, duplicated } = result
  assert.equal(produced, written + dropped + rejected + lost)
  assert.equal(duplicated, 0)
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('a queue in memory', { timeout: 60_000 }, () => {
  it('carries every message to the database once, whatever the arrivals', async () => {
    for (const arrivals of ['steady', 'bursts', 'poisson']) {
      const { result } = await execute({ ...SMALL, arrivals, ratePerSecond: 2_000, burstSize: 150 })
      balances(result)
      assert.equal(result.written, 400)
      assert.ok(result.latencyMs.p50 <= result.latencyMs.p99 && result.latencyMs.p99 <= result.latencyMs.max)
      assert.equal(
        result.histogram.reduce((sum, bin) => sum + bin.count, 0),
        400,
      )
    }
  })

  it('blocks producers while it is full, loses nothing, and counts the wait as latency', async () => {
    const { result } = await execute({ ...TOO_MUCH, messages: 100 })
    balances(result)
    assert.equal(result.written, 100)
    assert.ok(result.blockedMs > 0)
    assert.equal(result.maxDepth, 8)
    // The last message could not be written before all others were.
    assert.ok(result.latencyMs.max >= 8)
  })

  it('drops or rejects exactly what the policy says, and nobody is blocked', async () => {
    for (const overflow of ['drop-newest', 'drop-oldest', 'reject']) {
      const { result } = await execute({ ...TOO_MUCH, overflow })
      balances(result)
      const counted = overflow === 'reject' ? result.rejected : result.dropped
      assert.ok(counted > 0, overflow)
      assert.equal(result.written + counted, 400)
      assert.equal(result.blockedMs, 0)
    }
  })

  it('loses what a killed consumer held, not one message more, and tells which consumer it was', async () => {
    const { result, told } = await execute({ ...SMALL, ...KILLED })
    balances(result)
    const [kill] = result.kills
    assert.ok(kill?.onRequest)
    assert.ok(kill.held > 0 && kill.held <= 20)
    assert.equal(result.lost, kill.held)
    assert.equal(kill.lost, kill.held)
    const consumers = new Set(told.lanes.flatMap(({ group, id }) => (group === 'consumers' ? [id] : [])))
    assert.equal(consumers.size, 2, 'another took its place')
    assert.equal(result.killNotReached, false)
  })

  it('loses nothing with a consumer that is killed after its commit', async () => {
    const { result } = await execute({ ...SMALL, ...KILLED, killMoment: 'after-commit' })
    balances(result)
    assert.equal(result.kills.length, 1)
    assert.equal(result.written, 400)
  })

  it('tells depth, rates and latency as counters, commits as spans, and follows messages to their commit', async () => {
    const { told, result } = await execute(SMALL)
    const names = new Set(told.counters.map(({ name }) => name))
    for (const name of ['queue-depth', 'producers-blocked', 'latency']) assert.ok(names.has(name), name)
    const commits = told.spans.filter(({ kind }) => kind === 'commit')
    assert.equal(commits.length, result.transactions.count)
    assert.equal(told.arrows.length, 400)
    const lanes = new Set(told.lanes.map(({ id }) => id))
    for (const { lane } of told.spans) assert.ok(lanes.has(lane), lane)
    for (const { from, to } of told.arrows) {
      assert.ok(lanes.has(from.lane) && lanes.has(to.lane))
      assert.ok(to.at >= from.at)
    }
    for (const { times, values } of told.counters) {
      assert.equal(times.length, values.length)
      assert.ok(times.every((at, i) => at >= (times[i - 1] ?? 0)))
    }
  })
})

describe('a durable queue', { timeout: 60_000 }, () => {
  const DURABLE = { ...SMALL, queue: 'sqlite', messages: 300 }

  it('carries every message to the database once, in processes of their own', async () => {
    const { result, told } = await execute(DURABLE)
    balances(result)
    assert.equal(result.written, 300)
    const pids = told.lanes.flatMap(({ kind, pid }) => (kind === 'process' && pid !== null ? [pid] : []))
    assert.equal(new Set(pids).size, 2)
    assert.ok(!pids.includes(process.pid))
  })

  it('never holds more than its capacity, and drops what the policy says', async () => {
    const { result } = await execute({
      ...DURABLE,
      capacity: 10,
      batchSize: 2,
      overflow: 'drop-oldest',
      writeLatencyMs: 2,
    })
    balances(result)
    assert.ok(result.dropped > 0)
    assert.ok(result.maxDepth <= 10)
  })

  it('delivers again what a consumer held that was killed in the middle of its batch', async () => {
    const { result } = await execute({ ...DURABLE, ...KILLED })
    balances(result)
    assert.equal(result.written, 300)
    const [kill] = result.kills
    assert.ok(kill && kill.held > 0)
    assert.equal(kill.redelivered, kill.held)
    assert.equal(result.redelivered, kill.held)
    assert.equal(result.alreadyWritten, 0, 'half of a transaction leaves no row')
  })

  it('writes nothing twice when a consumer dies between its commit and its acknowledgement', async () => {
    const { result } = await execute({ ...DURABLE, ...KILLED, killMoment: 'after-commit' })
    balances(result)
    assert.equal(result.written, 300)
    assert.ok(result.redelivered > 0)
    assert.equal(result.alreadyWritten, result.redelivered)
  })

  it('loses nothing when somebody else kills a consumer with SIGKILL at any moment', async () => {
    let killed = 0
    using stage = stageOf(
      { ...DURABLE, writeLatencyMs: 5 },
      {
        lane: ({ kind, pid }) => {
          if (kind !== 'process' || pid === null || killed > 0) return
          killed = pid
          process.kill(pid, 'SIGKILL')
        },
      },
    )
    const result = await handler(stage.context)
    balances(result)
    assert.equal(result.written, 300)
    assert.equal(result.kills.length, 1)
    assert.equal(result.kills[0]?.onRequest, false)
    assert.ok(!isAlive(killed))
  })

  it('counts the rows whose latency nobody could tell any more', async () => {
    using stage = stageOf(
      // So many slow batches that the consumer is still at work when the first of them is told.
      { ...DURABLE, messages: 1_500, batchSize: 10, consumers: 1, writeLatencyMs: 20 },
      {
        // A process reports when it is done and now and then before; this one is killed as soon as anything was committed.
        progress: () => {
          const lane = stage.told.lanes.findLast(({ kind, pid }) => kind === 'process' && pid !== null)
          if (killed || !lane?.pid || !stage.told.counters.some(({ name }) => name === 'latency')) return
          killed = true
          process.kill(lane.pid, 'SIGKILL')
        },
      },
    )
    let killed = false
    const result = await handler(stage.context)
    balances(result)
    const told = result.histogram.reduce((sum, bin) => sum + bin.count, 0)
    assert.equal(told + (result.latencyMissing ?? 0), result.written)
  })
})

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
      for (const { pid } of stage.told.lanes) assert.ok(pid === null || pid === process.pid || !isAlive(pid))
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

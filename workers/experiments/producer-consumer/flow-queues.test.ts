/** Whole flows over each kind of queue, with real threads and processes: what becomes of messages, whatever happens to those who carry them. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRunning } from '#lib/runs/running-process-fixture.ts'
import { handler } from '../producer-consumer.ts'
import { balances, execute, SMALL, stageOf } from './flow-fixture.ts'

/** More comes than is written: the queue has to be full. */
const TOO_MUCH = { ...SMALL, batchSize: 1, capacity: 8, writeLatencyMs: 1 }

/** At once, and alone: no other can empty the queue before it has a batch. */
const KILLED = { consumers: 1, killConsumerAtMs: 0, writeLatencyMs: 2 }

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
    assert.ok(!isRunning(killed))
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

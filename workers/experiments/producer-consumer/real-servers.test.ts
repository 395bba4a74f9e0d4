/** Flows over a real Redis and a real PostgreSQL, of the tests' own (scripts/ensure-servers.js); skipped with a word where there are none. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ProducerConsumerResult } from '#lib/experiments/producer-consumer.ts'
import { handler } from '../producer-consumer.ts'
import { RunFailure } from '../run-context.ts'
import { execute, stageOf } from './flow-fixture.ts'
import { openPostgres } from './postgres-database.ts'
import { openRedis } from './redis-connection.ts'
import { testServers } from './servers-fixture.ts'

const servers = testServers(1)
const SMALL = { messages: 400, ratePerSecond: 0, batchSize: 20, capacity: 100, queue: 'redis', database: 'postgres' }

const balances = (result: ProducerConsumerResult): void => {
  const { produced, written, dropped, rejected, lost } = result
  assert.equal(produced, written + dropped + rejected + lost)
}

const postgresPlace = () => ({
  url: servers.databaseUrl,
  schema: 'public',
  durability: 'full' as const,
  timeoutMs: 5_000,
})

describe('Redis Streams and PostgreSQL', { skip: servers.skip, timeout: 120_000 }, () => {
  it('carry every message once, by each pair of queue and database, and leave nothing behind', async () => {
    for (const [queue, database] of [
      ['redis', 'postgres'],
      ['redis', 'sqlite'],
      ['memory', 'postgres'],
      ['sqlite', 'postgres'],
    ]) {
      const { result } = await execute({ ...SMALL, queue, database })
      balances(result)
      assert.equal(result.written, 400)
    }
    using redis = await openRedis(servers.redisUrl)
    assert.deepEqual(await redis.command('KEYS', 'interleave:*'), [])
    const client = await openPostgres(postgresPlace())
    const { rows } = await client.query("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'interleave%'")
    await client.end()
    assert.deepEqual(rows, [])
  })

  it('keep to the capacity by the length of the stream, and to the policy', async () => {
    for (const overflow of ['block', 'drop-newest', 'drop-oldest', 'reject']) {
      const { result } = await execute({
        ...SMALL,
        overflow,
        capacity: 10,
        batchSize: 2,
        writeLatencyMs: 2,
        consumers: 1,
      })
      balances(result)
      assert.ok(result.maxDepth <= 10)
      const turnedAway = result.dropped + result.rejected
      assert.equal(turnedAway > 0, overflow !== 'block')
    }
  })

  it('deliver again what a killed consumer held, at each moment of its work, and write nothing twice', async () => {
    for (const killMoment of ['mid-batch', 'after-commit']) {
      const { result } = await execute({ ...SMALL, killConsumerAtMs: 0, killMoment, writeLatencyMs: 2 })
      balances(result)
      assert.equal(result.written, 400)
      assert.equal(result.kills.length, 1)
      assert.ok(result.redelivered > 0)
      assert.equal(result.alreadyWritten, killMoment === 'after-commit' ? result.redelivered : 0)
    }
  })

  it('keep the order of one producer with one consumer', async () => {
    const { result } = await execute({ ...SMALL, consumers: 1 })
    assert.equal(result.written, 400)
  })

  it('tell what is safe when PostgreSQL ends the connections in the middle', async () => {
    using stage = stageOf({ ...SMALL, messages: 3_000, batchSize: 5, writeLatencyMs: 5 })
    const failing = handler(stage.context).then(
      () => assert.fail('the flow succeeded'),
      (error: unknown) => error,
    )
    const client = await openPostgres(postgresPlace())
    const query = `SELECT count(pg_terminate_backend(pid)) AS ended FROM pg_stat_activity
      WHERE application_name = 'interleave' AND pid <> pg_backend_pid()`
    while (!stage.told.counters.some(({ name }) => name === 'latency'))
      await new Promise((resolve) => setTimeout(resolve, 5))
    await client.query(query)
    await client.end()
    const error = await failing
    assert.ok(error instanceof RunFailure)
    assert.equal(error.code, 'database')
    assert.match(error.message, /PostgreSQL: .+ of [\d,]+ messages are safe in the database; [\d,]+ wait safely/)
    assert.ok(!error.message.includes(servers.databaseUrl))
  })

  it('tell that Redis refuses authentication, without the address', async () => {
    const url = new URL(servers.redisUrl)
    url.password = 'wrong-password'
    const known = process.env.REDIS_URL
    process.env.REDIS_URL = url.href
    try {
      await assert.rejects(execute(SMALL), (error) => {
        assert.ok(error instanceof RunFailure)
        assert.equal(error.code, 'queue')
        assert.match(error.message, /WRONGPASS/)
        assert.ok(!error.message.includes('wrong-password'))
        return true
      })
    } finally {
      process.env.REDIS_URL = known
    }
  })
})

describe('without servers', { timeout: 30_000 }, () => {
  it('nobody waits for one that is not there', async () => {
    const known = process.env.REDIS_URL
    process.env.REDIS_URL = 'redis://127.0.0.1:9'
    try {
      await assert.rejects(execute({ ...SMALL, database: 'sqlite' }), { code: 'queue', message: /ECONNREFUSED/ })
    } finally {
      if (known === undefined) delete process.env.REDIS_URL
      else process.env.REDIS_URL = known
    }
  })
})

/** Flows over a real Redis and a real PostgreSQL, of the tests' own (scripts/ensure-servers.js); skipped with a word where there are none. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { ProducerConsumerResult } from '#lib/experiments/producer-consumer-result.ts'
import { handler } from '../producer-consumer.ts'
import { RunFailure } from '../run-context.ts'
import { execute, type Stage, stageOf } from './flow-fixture.ts'
import { openPostgres } from './postgres-database.ts'
import { openRedis } from './redis-connection.ts'
import { RedisQueueControl } from './redis-queue.ts'
import { testServers } from './servers-fixture.ts'

const servers = await testServers(1)
const real = { skip: servers.skip }
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

/** Keys and schemas of flows. */
const leftBehind = async (): Promise<string[]> => {
  using redis = await openRedis(servers.redisUrl)
  const keys = await redis.script("return redis.call('KEYS', 'interleave:*')", [], [])
  const client = await openPostgres(postgresPlace())
  const { rows } = await client.query("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'interleave%'")
  await client.end()
  // How a flow stands with other machines changes while it goes on.
  return [...keys.map(String).filter((key) => !/:(joined|reports)$/.test(key)), ...rows.map(({ nspname }) => nspname)]
}

const failureOf = (stage: Stage): Promise<unknown> =>
  handler(stage.context).then(
    () => assert.fail('the flow succeeded'),
    (error: unknown) => error,
  )

const untilWritten = async ({ told }: Stage): Promise<void> => {
  while (!told.counters.some(({ name }) => name === 'latency')) await pause(5)
}

const withRedis = async (url: string, work: () => Promise<void>): Promise<void> => {
  const known = process.env.REDIS_URL
  process.env.REDIS_URL = url
  try {
    await work()
  } finally {
    if (known === undefined) delete process.env.REDIS_URL
    else process.env.REDIS_URL = known
  }
}

describe('Redis Streams and PostgreSQL', { timeout: 120_000 }, () => {
  it('carry every message once, by each pair of queue and database, and leave nothing behind', real, async () => {
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
    assert.deepEqual(await leftBehind(), [])
  })

  it('keep to the capacity by the length of the stream, and to the policy', real, async () => {
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

  it(
    'deliver again what a killed consumer held, at each moment of its work, and write nothing twice',
    real,
    async () => {
      for (const killMoment of ['mid-batch', 'after-commit']) {
        const { result } = await execute({ ...SMALL, consumers: 1, killConsumerAtMs: 0, killMoment, writeLatencyMs: 2 })
        balances(result)
        assert.equal(result.written, 400)
        assert.equal(result.kills.length, 1)
        assert.ok(result.redelivered > 0)
        assert.equal(result.alreadyWritten, killMoment === 'after-commit' ? result.redelivered : 0)
      }
    },
  )

  it('keep the order of one producer with one consumer', real, async () => {
    const { result } = await execute({ ...SMALL, consumers: 1 })
    assert.equal(result.written, 400)
  })

  it('tell what is safe when PostgreSQL ends the connections in the middle', real, async () => {
    using stage = stageOf({ ...SMALL, messages: 3_000, batchSize: 5, writeLatencyMs: 5 })
    const failing = failureOf(stage)
    const client = await openPostgres(postgresPlace())
    const query = `SELECT count(pg_terminate_backend(pid)) AS ended FROM pg_stat_activity
      WHERE application_name = 'interleave' AND datname = current_database() AND pid <> pg_backend_pid()`
    await untilWritten(stage)
    await client.query(query)
    await client.end()
    const error = await failing
    assert.ok(error instanceof RunFailure)
    assert.equal(error.code, 'database')
    assert.match(
      error.message,
      /PostgreSQL: .+ of [\d,]+ messages were safe in the database when it failed; [\d,]+ waited safely/,
    )
    assert.ok(!error.message.includes(servers.databaseUrl))
  })

  it('tell that Redis refuses authentication, without the address', real, async () => {
    const url = new URL(servers.redisUrl)
    url.password = 'wrong-password'
    await withRedis(url.href, () =>
      assert.rejects(execute(SMALL), (error) => {
        assert.ok(error instanceof RunFailure)
        assert.equal(error.code, 'queue')
        assert.match(error.message, /WRONGPASS/)
        assert.ok(!error.message.includes('wrong-password'))
        return true
      }),
    )
  })

  it('tell that Redis wants a password and got none', real, async () => {
    const url = new URL(servers.redisUrl)
    url.username = ''
    url.password = ''
    await withRedis(url.href, () =>
      assert.rejects(execute(SMALL), { name: 'RunFailure', code: 'queue', message: /NOAUTH.*No message had been/ }),
    )
    // PostgreSQL was there already.
    assert.deepEqual(await leftBehind(), [])
  })

  it('tell what is safe when Redis ends the connections in the middle', real, async () => {
    using stage = stageOf({ ...SMALL, messages: 3_000, batchSize: 5, writeLatencyMs: 5 })
    const failing = failureOf(stage)
    await untilWritten(stage)
    using redis = await openRedis(servers.redisUrl)
    for (const client of String(await redis.command('CLIENT', 'LIST', 'TYPE', 'NORMAL')).split('\n')) {
      // Of this file's database alone, and not the one that asks.
      const id = / db=1 .* cmd=(?!client)/.test(client) ? /^id=(\d+)/.exec(client)?.[1] : undefined
      if (id) await redis.command('CLIENT', 'KILL', 'ID', id)
    }
    const error = await failing
    assert.ok(error instanceof RunFailure, String(error))
    assert.equal(error.code, 'queue')
    assert.match(error.message, /Redis: .+ of [\d,]+ messages were safe in the database when it failed/)
    assert.deepEqual(await leftBehind(), [], 'cleared away over another connection')
  })

  it('have nothing left of a run that is cancelled', real, async () => {
    using stage = stageOf({ ...SMALL, messages: 3_000, batchSize: 5, writeLatencyMs: 5 })
    const failing = failureOf(stage)
    await untilWritten(stage)
    assert.notDeepEqual(await leftBehind(), [])
    stage.controller.abort(new Error('cancelled by the test'))
    assert.match(String(await failing), /cancelled by the test/)
    assert.deepEqual(await leftBehind(), [])
  })

  it('are cleared by the next flow of what a killed server left behind, but not of what goes on', real, async () => {
    const dead = '0'.repeat(32)
    using redis = await openRedis(servers.redisUrl)
    const client = await openPostgres(postgresPlace())
    await client.query(`CREATE SCHEMA interleave_${dead}; CREATE TABLE interleave_${dead}.message (key INTEGER)`)
    await redis.command('SADD', 'interleave:flows', `interleave:${dead}`)
    for (const ending of ['', ':closed', ':open', ':joined', ':reports']) {
      await redis.command('SET', `interleave:${dead}${ending}`, '1')
    }
    using stage = stageOf({ ...SMALL, messages: 3_000, batchSize: 5, writeLatencyMs: 5 })
    const going = failureOf(stage)
    await untilWritten(stage)
    const left = await leftBehind()
    assert.ok(!left.some((name) => name.includes(dead)), left.join())
    // Another one begins and ends beside it, and leaves it alone.
    assert.equal((await execute(SMALL)).result.written, 400)
    assert.deepEqual(new Set(await leftBehind()), new Set(left))
    stage.controller.abort(new Error('cancelled by the test'))
    await going
    await client.end()
  })

  it('do not wait for a machine that vanished in the middle of a transaction', real, async () => {
    const vanished = await openPostgres({ ...postgresPlace(), timeoutMs: 100 })
    await vanished.query('BEGIN')
    // It says nothing more; the server ends it.
    await assert.rejects(once(vanished, 'end'), /idle-in-transaction timeout/)
    await assert.rejects(vanished.query('COMMIT'))
  })

  it('leave no connection where opening one fails', real, async () => {
    const { databaseUrl } = servers
    await assert.rejects(openPostgres({ ...postgresPlace(), url: databaseUrl, schema: 'no schema; at all' }), {
      code: 'database',
    })
    using redis = await openRedis(servers.redisUrl)
    await redis.command('SET', 'interleave:taken', '1')
    await assert.rejects(RedisQueueControl.create(servers.redisUrl, 'interleave:taken'), { code: 'queue' })
    await redis.command('DEL', 'interleave:taken', 'interleave:taken:alive', 'interleave:flows')
    const clients = String(await redis.command('CLIENT', 'LIST'))
      .trim()
      .split('\n')
    assert.equal(clients.filter((client) => client.includes(' db=1 ')).length, 1)
    const client = await openPostgres(postgresPlace())
    const { rows } = await client.query(`SELECT count(*)::integer AS others FROM pg_stat_activity
      WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`)
    await client.end()
    assert.deepEqual(rows, [{ others: 0 }])
  })
})

describe('without servers', { timeout: 30_000 }, () => {
  it('nobody waits for one that is not there', async () => {
    await withRedis('redis://127.0.0.1:9', () =>
      assert.rejects(execute({ ...SMALL, database: 'sqlite' }), { code: 'queue', message: /ECONNREFUSED/ }),
    )
  })
})

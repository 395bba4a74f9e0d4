/** What consumers of other machines write about a flow in Redis goes when the flow goes, however late they write it. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openRedis } from './redis-connection.ts'
import { DAY_S, enterFlow, joinedKey, leaveFlow, reportsKey, reportToFlow, takeNumber } from './redis-flows.ts'
import { testServers } from './servers-fixture.ts'

const servers = await testServers(3)
const real = { skip: servers.skip }
const STREAM = `interleave:${'7'.repeat(32)}`

describe('a flow in Redis', { timeout: 30_000 }, () => {
  it('numbers who joins from 1, and keeps what they report for a day at the most', real, async () => {
    using redis = await openRedis(servers.redisUrl)
    await enterFlow(redis, STREAM)
    assert.deepEqual([await takeNumber(redis, STREAM), await takeNumber(redis, STREAM)], [1, 2])
    await reportToFlow(redis, STREAM, 2, '{"written":5}')
    assert.equal(await redis.command('HGET', reportsKey(STREAM), '2'), '{"written":5}')
    for (const key of [joinedKey(STREAM), reportsKey(STREAM)]) {
      const seconds = Number(await redis.command('TTL', key))
      assert.ok(seconds > 0 && seconds <= DAY_S, `${key}: ${seconds} s`)
    }
    await leaveFlow(redis, STREAM)
  })

  it('keeps nothing that is reported after it is over', real, async () => {
    using redis = await openRedis(servers.redisUrl)
    await enterFlow(redis, STREAM)
    await reportToFlow(redis, STREAM, 1, '{}')
    await leaveFlow(redis, STREAM)
    await reportToFlow(redis, STREAM, 1, '{}')
    assert.deepEqual(await redis.script("return redis.call('KEYS', ARGV[1])", [], [`${STREAM}*`]), [])
  })
})

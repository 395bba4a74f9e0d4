/** The proof after a flow: whatever is missing, added, changed, delivered twice or out of order fails the run with the numbers. */
import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'node:test'
import { RunFailure } from '../run-context.ts'
import { consume } from './consume.ts'
import { countIn, createConsumerMemory } from './consumer-memory.ts'
import { Flow } from './flow.ts'
import { figuresOf } from './flow-figures.ts'
import { flowOptionsOf, stageOf } from './flow-fixture.ts'
import { queueOf } from './queue-fixture.ts'
import { SqliteDatabase } from './sqlite-database.ts'
import { verifySqlite } from './verify-rows.ts'

const SMALL = { messages: 100, ratePerSecond: 0, durability: 'normal', batchSize: 5, capacity: 100 }

describe('the proof', { timeout: 60_000 }, () => {
  it('fails the run with the numbers when a row is missing, added, or changed', async () => {
    const tampering = [
      { sql: 'DELETE FROM message WHERE key = 3', says: /produced 100, written 99/ },
      { sql: 'INSERT INTO message VALUES (99999, 1, 1, 1, 1, 1)', says: /produced 100, written 101/ },
      { sql: 'UPDATE message SET value = value + 1 WHERE key = 3', says: /1 rows don't match their checksum/ },
      { sql: 'UPDATE message SET position = -1 WHERE key = 7', says: /1 rows are out of order/ },
    ]
    using stage = stageOf({ ...SMALL, consumers: 1, producers: 1 })
    await using flow = await Flow.prepare(flowOptionsOf(stage))
    const outcome = await flow.run()
    const { database } = outcome.places
    assert.ok(database.kind === 'sqlite')
    const prove = () =>
      figuresOf(stage.context.params, outcome, verifySqlite(database.file, { database, ordered: true, keys: [] }))
    assert.equal(prove().written, 100)
    for (const { sql, says } of tampering) {
      using other = new DatabaseSync(database.file)
      other.exec('CREATE TEMP TABLE kept AS SELECT * FROM message')
      other.exec(sql)
      assert.throws(
        prove,
        (error) => error instanceof RunFailure && error.code === 'verification' && says.test(error.message),
      )
      other.exec('DELETE FROM message; INSERT INTO message SELECT * FROM kept')
    }
    assert.equal(prove().written, 100)
  })

  it('fails the run when a message is there twice, although the numbers balance', async () => {
    using stage = stageOf(SMALL)
    await using flow = await Flow.prepare(flowOptionsOf(stage))
    const outcome = await flow.run()
    const { database } = outcome.places
    assert.ok(database.kind === 'sqlite')
    using other = new DatabaseSync(database.file)
    other.exec(`CREATE TABLE without_key AS SELECT * FROM message WHERE key <> 3;
      INSERT INTO without_key SELECT * FROM message WHERE key = 4;
      DROP TABLE message; ALTER TABLE without_key RENAME TO message`)
    const verification = verifySqlite(database.file, { database, ordered: false, keys: [] })
    assert.throws(() => figuresOf(stage.context.params, outcome, verification), {
      code: 'verification',
      message: '1 rows are there twice',
    })
  })

  it('fails the run when the queue delivered a message to two consumers, or out of order, although the key hid it', async () => {
    const delivered = [
      { keys: [50], says: '1 messages were delivered twice by the queue' },
      { keys: [50, 49], says: /2 messages were delivered twice by the queue; 1 messages came out of the queue before/ },
    ]
    for (const queueKind of ['memory', 'sqlite']) {
      for (const { keys, says } of delivered) {
        using stage = stageOf({ ...SMALL, queue: queueKind, producers: 1 })
        await using flow = await Flow.prepare(flowOptionsOf(stage))
        const outcome = await flow.run()
        const { places, state } = outcome
        assert.ok(places.database.kind === 'sqlite')
        const { file } = places.database
        const shared = { durability: 'normal', lockTimeoutMs: 1_000, cancelled: () => false } as const
        await using database = new SqliteDatabase({ file, consumer: 9, ...shared })
        // One more consumer, to whom the queue gives what another has written already.
        const memory = createConsumerMemory(10, 10, 10)
        state.consumers.push(memory)
        const settings = { consumer: 9, originNs: 0n, places, batchSize: 10, writeLatencyMs: 0, sampleEvery: 1 }
        await consume({
          settings: { ...settings, spanCapacity: 10 },
          queue: queueOf([keys]),
          database,
          memory,
          nowUs: stage.context.clock.nowUs,
          cancelled: () => false,
          breathe: () => null,
          stop: async () => undefined,
        })
        assert.equal(countIn(memory, 'latencies'), 0, 'the latency of a message counts once')
        const verification = verifySqlite(file, { database: places.database, ordered: false, keys: [] })
        assert.equal(verification.rows, 100)
        assert.throws(() => figuresOf(stage.context.params, outcome, verification), {
          code: 'verification',
          message: says,
        })
      }
    }
  })
})

/** What goes wrong outside the program: a clear failure that tells how many messages are safe and where, and never a hang. */
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { runOnFullDisk } from '../full-disk.ts'
import { RunFailure } from '../run-context.ts'
import { executeFlow } from './execute-flow.ts'
import { Flow } from './flow.ts'
import { figuresOf } from './flow-figures.ts'
import { type Stage, stageOf } from './flow-fixture.ts'
import type { FlowOptions } from './flow-setting.ts'
import { verifySqlite } from './verify-rows.ts'

const SLOW = { messages: 2_000, ratePerSecond: 0, durability: 'normal', batchSize: 5, capacity: 100, writeLatencyMs: 3 }

const optionsOf = ({ context }: Stage, more: Partial<FlowOptions> = {}): FlowOptions => ({
  ...context,
  group: 'run',
  round: null,
  expectedMs: 1_000,
  folder: path.join(context.folder, 'flow'),
  tellsProgress: true,
  ...more,
})

/**
 * Takes the write lock of a file that others write to all the time: attempts without a pause meet the short gap between two of their
 * transactions, however busy the machine is, where SQLite's own waiting sleeps past it.
 */
const lock = (file: string): Disposable => {
  const other = new DatabaseSync(file, { timeout: 0 })
  const deadline = performance.now() + 30_000
  for (;;) {
    try {
      other.exec('BEGIN IMMEDIATE')
      return { [Symbol.dispose]: () => other.close() }
    } catch (error) {
      if (performance.now() < deadline) continue
      other.close()
      throw error
    }
  }
}

/** Does something to the flow's database once messages are being written, and answers how the flow failed. */
const failureOf = async (
  params: object,
  disturb: (file: string) => Disposable | null,
  more: Partial<FlowOptions> = {},
): Promise<RunFailure> => {
  using stage = stageOf(params)
  using held = new DisposableStack()
  const options = optionsOf(stage, more)
  const file = path.join(options.folder, 'messages.sqlite')
  let over = false
  const failing = executeFlow(options)
    .then(
      () => assert.fail('the flow succeeded'),
      (error: unknown) => error,
    )
    .finally(() => {
      over = true
    })
  while (!over && !stage.told.counters.some(({ name }) => name === 'latency')) await pause(1)
  const holding = disturb(file)
  if (holding) held.use(holding)
  const error = await failing
  assert.ok(error instanceof RunFailure, String(error))
  assert.deepEqual(stage.leftOver(), [])
  return error
}

describe('a database that fails in the middle', { timeout: 60_000 }, () => {
  it('is told with what is safe when somebody else keeps it locked', async () => {
    for (const [queue, where] of [
      ['memory', 'in memory, is gone'],
      ['sqlite', 'wait safely in the durable queue'],
    ]) {
      // So many that the flow still goes on when the other has got its lock, however busy the machine is.
      const { code, message } = await failureOf({ ...SLOW, messages: 20_000, queue }, lock, { lockTimeoutMs: 100 })
      assert.equal(code, 'database')
      assert.match(message, /stayed locked for 100 ms/)
      assert.match(message, /[1-9][\d,]* of [\d,]+ messages are safe in the database/)
      assert.ok(message.includes(where ?? ''), message)
    }
  })

  it('is told when its table is gone', async () => {
    const { code, message } = await failureOf(SLOW, (file) => {
      using other = new DatabaseSync(file, { timeout: 5_000 })
      other.exec('DROP TABLE message')
      return null
    })
    assert.equal(code, 'database')
    assert.match(message, /no such table: message/)
    assert.match(message, /had been committed to the database, which can't be read now/)
  })

  it('is told when its file is gone, although writing to it went on', async () => {
    const { code, message } = await failureOf({ ...SLOW, messages: 300 }, (file) => {
      for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`)
      return null
    })
    assert.equal(code, 'database')
    assert.match(message, /unable to open database file/)
  })

  it('is told when the disk is full', { skip: process.platform === 'win32' && 'no limits on file sizes' }, () => {
    const { code, message } = runOnFullDisk(path.join(import.meta.dirname, 'full-disk-fixture.ts'))
    assert.equal(code, 'database')
    assert.match(message, /disk is full|disk I\/O error/)
    assert.match(message, /[1-9][\d,]* of [\d,]+ messages are safe in the database/)
  })
})

describe('the proof', { timeout: 60_000 }, () => {
  it('fails the run with the numbers when a row is missing, added, or changed', async () => {
    const tampering = [
      { sql: 'DELETE FROM message WHERE key = 3', says: /produced 100, written 99/ },
      { sql: 'INSERT INTO message VALUES (99999, 1, 1, 1, 1, 1)', says: /produced 100, written 101/ },
      { sql: 'UPDATE message SET value = value + 1 WHERE key = 3', says: /1 rows don't match their checksum/ },
      { sql: 'UPDATE message SET position = -1 WHERE key = 7', says: /1 rows are out of order/ },
    ]
    using stage = stageOf({ ...SLOW, messages: 100, consumers: 1, producers: 1, writeLatencyMs: 0 })
    await using flow = await Flow.prepare(optionsOf(stage))
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
})

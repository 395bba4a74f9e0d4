/** What goes wrong outside the program: a clear failure that tells how many messages are safe and where, and never a hang. */
import assert from 'node:assert/strict'
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { runOnFullDisk } from '../full-disk.ts'
import { RunFailure } from '../run-context.ts'
import { executeFlow } from './execute-flow.ts'
import { flowOptionsOf, stageOf } from './flow-fixture.ts'
import type { FlowOptions } from './flow-setting.ts'

const SLOW = { messages: 2_000, ratePerSecond: 0, durability: 'normal', batchSize: 5, capacity: 100, writeLatencyMs: 3 }

/** Longer than the parties of a flow ever keep each other waiting, on a machine that does much else as well. */
const LOCKED_LONG = { lockTimeoutMs: 1_500 }

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
  disturb: (file: string, queueFile: string) => Disposable | null,
  more: Partial<FlowOptions> = {},
): Promise<RunFailure> => {
  using stage = stageOf(params)
  using held = new DisposableStack()
  const options = flowOptionsOf(stage, more)
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
  const holding = disturb(file, path.join(options.folder, 'queue.sqlite'))
  if (holding) held.use(holding)
  const error = await failing
  assert.ok(error instanceof RunFailure, String(error))
  assert.deepEqual(stage.leftOver(), [])
  return error
}

const NO_LIMITS = process.platform === 'win32' && 'no limits on file sizes'

const onFullDisk = (params: object, blocks?: number) =>
  runOnFullDisk(path.join(import.meta.dirname, 'full-disk-fixture.ts'), { args: [JSON.stringify(params)], blocks })

describe('a database that fails in the middle', { timeout: 60_000 }, () => {
  it('is told with what is safe when somebody else keeps it locked', async () => {
    for (const [queue, where] of [
      ['memory', 'in memory, is gone'],
      ['sqlite', 'waited safely in the durable queue'],
    ]) {
      // So many that the flow still goes on when the other has got its lock, however busy the machine is.
      const { code, message } = await failureOf({ ...SLOW, messages: 20_000, queue }, lock, LOCKED_LONG)
      assert.equal(code, 'database')
      assert.match(message, /stayed locked for 1500 ms/)
      assert.match(message, /[1-9][\d,]* of [\d,]+ messages were safe in the database when it failed/)
      assert.ok(message.includes(where ?? ''), message)
      assert.match(message, /are of this run alone and are removed with it/)
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

  it('is told when the disk is full', { skip: NO_LIMITS }, () => {
    const { code, message } = onFullDisk({ durability: 'normal', batchSize: 100, consumers: 1 })
    assert.equal(code, 'database')
    assert.match(message, /disk is full|disk I\/O error/)
    assert.match(message, /[1-9][\d,]* of [\d,]+ messages were safe in the database when it failed/)
  })
})

describe('a durable queue that fails in the middle', { timeout: 60_000 }, () => {
  it('is told when somebody else keeps it locked', async () => {
    // One consumer: the database, which nobody else writes to, can't be what is locked.
    const params = { ...SLOW, messages: 20_000, queue: 'sqlite', consumers: 1 }
    const { code, message } = await failureOf(params, (_, queueFile) => lock(queueFile), LOCKED_LONG)
    assert.equal(code, 'queue')
    assert.match(message, /stayed locked for 1500 ms/)
    assert.match(message, /[\d,]+ waited safely in the durable queue/)
  })

  it('is told when its table is gone', async () => {
    const { code, message } = await failureOf({ ...SLOW, queue: 'sqlite' }, (_, queueFile) => {
      using other = new DatabaseSync(queueFile, { timeout: 5_000 })
      other.exec('DROP TABLE state')
      return null
    })
    assert.equal(code, 'queue')
    assert.match(message, /no such table: state/)
    assert.match(message, /how many waited in the durable queue can't be read now/)
  })

  it('is told when the disk is full', { skip: NO_LIMITS }, () => {
    // The database is written so slowly that it is the queue that grows.
    const slow = { queue: 'sqlite', durability: 'normal', batchSize: 1, writeLatencyMs: 1_000, capacity: 50_000 }
    const { code, message } = onFullDisk(slow)
    assert.equal(code, 'queue')
    assert.match(message, /disk is full|disk I\/O error/)
    assert.match(message, /waited safely in the durable queue|can't be read now/)
  })
})

describe('a place that can not be used from the start', { timeout: 60_000 }, () => {
  it('is told, and that nothing had been produced, when the disk is full', { skip: NO_LIMITS }, () => {
    const { code, message } = onFullDisk({ durability: 'full' }, 8)
    assert.equal(code, 'database')
    assert.match(message, /No message had been produced yet/)
  })

  it('is told when somebody keeps the file locked', async () => {
    for (const [file, place] of [
      ['messages.sqlite', 'database'],
      ['queue.sqlite', 'queue'],
    ] as const) {
      using stage = stageOf({ ...SLOW, queue: 'sqlite' })
      const options = flowOptionsOf(stage, { lockTimeoutMs: 20 })
      mkdirSync(options.folder)
      using other = new DatabaseSync(path.join(options.folder, file))
      other.exec('BEGIN EXCLUSIVE')
      await assert.rejects(executeFlow(options), {
        name: 'RunFailure',
        code: place,
        message: /locked.*No message had been produced yet/,
      })
    }
  })
})

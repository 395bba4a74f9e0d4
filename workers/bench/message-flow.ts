/** Durable writing: group commit against single commits, and the whole producer-consumer experiment against a bare loop of inserts. */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { producerConsumer } from '#lib/experiments/producer-consumer.ts'
import { silentEmitter } from '../experiments/derive-emitter.ts'
import { executeFlow } from '../experiments/producer-consumer/execute-flow.ts'
import { keyOf, MESSAGE_WORDS, writeMessage } from '../experiments/producer-consumer/message.ts'
import { createMessageTable, SqliteDatabase } from '../experiments/producer-consumer/sqlite-database.ts'
import { createRunClock } from '../measuring/run-clock.ts'
import type { Figure } from './figure.ts'
import { interleaved, ratio } from './interleaved.ts'

const folderFor = (): Disposable & { path: string } => {
  const folder = mkdtempSync(path.join(tmpdir(), 'interleave-bench-'))
  return { path: folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}

const GROUP = 100
/** Enough commits for a stable mean; rows one by one are scaled to the same number. */
const GROUPS = 50
const SINGLES = 200

/** Milliseconds for so many rows in transactions of `size`, through the experiment's own database, forced to the disk. */
const writeDurably = async (rows: number, size: number): Promise<number> => {
  using folder = folderFor()
  const file = path.join(folder.path, 'messages.sqlite')
  const options = { file, durability: 'full' as const, consumer: 0, lockTimeoutMs: 1_000, cancelled: () => false }
  createMessageTable(options)
  await using database = new SqliteDatabase(options)
  const batch = new Int32Array(MESSAGE_WORDS * size)
  const from = performance.now()
  for (let first = 0; first < rows; first += size) {
    for (let i = 0; i < size; i++) writeMessage(batch, i, keyOf(0, first + i), 1)
    database.begin()
    database.insert(batch, 0, size)
    database.commit()
  }
  return performance.now() - from
}

const groupCommit: Figure = {
  name: 'group-commit',
  run: async (options) => {
    const samples = await interleaved(
      {
        single: () => writeDurably(SINGLES, 1),
        grouped: () => writeDurably(GROUPS * GROUP, GROUP),
      },
      options,
    )
    const rowsRatio = (GROUPS * GROUP) / SINGLES
    return [
      {
        figure: 'durable rows a second, groups of 100 ÷ one by one (SQLite, synchronous=FULL)',
        ours: ratio(samples, 'single', 'grouped', rowsRatio),
        peers: [],
        target: { atLeast: 50 },
      },
    ]
  },
}

const MESSAGES = 1_000_000
const BATCH = 1_000

/** What one can write at once: the same rows in the same batches, by a prepared statement in a loop. */
const bareLoop = async (): Promise<number> => {
  using folder = folderFor()
  const file = path.join(folder.path, 'messages.sqlite')
  createMessageTable({ file, durability: 'normal', lockTimeoutMs: 1_000 })
  using database = new DatabaseSync(file)
  database.exec('PRAGMA synchronous = NORMAL')
  const insert = database.prepare('INSERT INTO message VALUES (?, ?, ?, ?, ?, ?)')
  const from = performance.now()
  for (let key = 0; key < MESSAGES; ) {
    database.exec('BEGIN')
    for (const end = key + BATCH; key < end; key++) insert.run(key, 1_000_000, key & 16_383, 12_345_678, 0, key)
    database.exec('COMMIT')
  }
  return performance.now() - from
}

/** From the first message to the last commit, as the experiment tells it, every row proved afterwards. */
const wholeExperiment = async (signal: AbortSignal): Promise<number> => {
  using folder = folderFor()
  const params = producerConsumer.params.parse({
    messages: MESSAGES,
    ratePerSecond: 0,
    capacity: 100_000,
    batchSize: BATCH,
    consumers: 1,
    durability: 'normal',
  })
  const { elapsedMs } = await executeFlow({
    params,
    group: 'run',
    round: null,
    expectedMs: producerConsumer.estimateMs(params, {
      cpus: availableParallelism(),
      model: '',
      memoryBytes: 1,
      os: '',
      node: '',
    }),
    clock: createRunClock(),
    emit: silentEmitter,
    signal,
    folder: path.join(folder.path, 'flow'),
    tellsProgress: true,
  })
  return elapsedMs
}

const millionMessages: Figure = {
  name: 'million-messages',
  run: async (options) => {
    const samples = await interleaved({ bare: bareLoop, experiment: () => wholeExperiment(options.signal) }, options)
    return [
      {
        figure: '1,000,000 messages through the queue into SQLite ÷ a bare loop of node:sqlite inserts, rows a second',
        ours: ratio(samples, 'bare', 'experiment'),
        peers: [],
        target: { atLeast: 0.7 },
      },
    ]
  },
}

export const messageFlowFigures: readonly Figure[] = [groupCommit, millionMessages]

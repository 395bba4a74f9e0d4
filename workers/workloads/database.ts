/**
 * Durable SQLite transactions (WAL, synchronous=FULL) in a file per worker, so that no worker waits for another's lock. The
 * driver's calls are synchronous: a worker's whole thread waits for the disk, which is why one event loop gains nothing here.
 */
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { threadId } from 'node:worker_threads'
import { defineTask, type TaskContext } from '../executors/executor.ts'
import { checksumOfText } from './checksum.ts'
import { storageFailureOf } from './storage-failure.ts'
import type { Cut, CutOptions, Joined, Workload, WorkloadSize } from './workload.ts'

export interface DatabaseArgs {
  folder: string
  index: number
  transactions: number
  seed: number
}

export interface DatabasePart {
  rows: number
  sum: number
}

const TRANSACTIONS: Record<WorkloadSize, number> = { small: 4, medium: 16, large: 64 }
const ROWS_PER_TRANSACTION = 5

const openDatabase = (file: string): DatabaseSync => {
  const database = new DatabaseSync(file)
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE IF NOT EXISTS entry (task INTEGER, value INTEGER)',
  )
  return database
}

type Context = Pick<TaskContext, 'cancelled' | 'resource'>

export const database = (args: DatabaseArgs, context: Context): DatabasePart => {
  try {
    return write(args, context)
  } catch (error) {
    throw storageFailureOf(error) ?? error
  }
}

const write = ({ folder, index, transactions, seed }: DatabaseArgs, context: Context): DatabasePart => {
  // Process and thread together name a worker: no two of them ever open one file.
  const db = context.resource('database', () =>
    openDatabase(path.join(folder, `database-${process.pid}-${threadId}.sqlite`)),
  )
  const insert = db.prepare('INSERT INTO entry (task, value) VALUES (?, ?)')
  // A task may run again in a later round on the same file: its former rows go first.
  db.prepare('DELETE FROM entry WHERE task = ?').run(index)
  for (let transaction = 0; transaction < transactions; transaction++) {
    if (context.cancelled()) throw new Error('cancelled')
    db.exec('BEGIN IMMEDIATE')
    try {
      for (let row = 0; row < ROWS_PER_TRANSACTION; row++) {
        insert.run(index, (seed * 31 + index * 7 + transaction * ROWS_PER_TRANSACTION + row) % 1_000_003)
      }
      db.exec('COMMIT')
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
  }
  const row = db.prepare('SELECT count(*) AS rows, coalesce(sum(value), 0) AS sum FROM entry WHERE task = ?').get(index)
  return { rows: Number(row?.rows), sum: Number(row?.sum) }
}

export const joinDatabase = ({ parts }: { parts: DatabasePart[] }): Joined => ({
  checksum: checksumOfText(JSON.stringify(parts)),
  artefact: { rows: parts.reduce((sum, part) => sum + part.rows, 0) },
})

const databaseTask = defineTask<DatabaseArgs, DatabasePart>(import.meta.url, 'database')
const joinTask = defineTask<{ parts: DatabasePart[] }, Joined>(import.meta.url, 'joinDatabase')

export const createDatabaseWorkload = (folder: string): Workload<DatabaseArgs, DatabasePart> => ({
  id: 'database',
  kind: 'io',
  cut({ size, tasks, seed }: CutOptions): Cut<DatabaseArgs, DatabasePart> {
    return {
      task: databaseTask,
      argsList: Array.from({ length: tasks }, (_, index) => ({
        folder,
        index,
        transactions: TRANSACTIONS[size],
        seed,
      })),
      joinTask,
      joinArgs: {},
      copiedBytes: { toWorkers: 0, fromWorkers: 0 },
    }
  },
})

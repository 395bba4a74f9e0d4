/**
 * The proof after the end: rows are counted where they lie, their checksums computed again by the database, their order compared, and
 * it is looked up which of the messages that a killed consumer held are there.
 */
import { DatabaseSync } from 'node:sqlite'
import { CHECKSUM_SQL, producerOf } from './message.ts'

export interface Verification {
  rows: number
  /** Rows whose checksum isn't that of their columns. */
  damaged: number
  /** Rows of a message that is there already. */
  duplicated: number
  /** Rows before which one with a larger sequence number of the same producer was written; null where no order is promised. */
  outOfOrder: number | null
  /** Of the keys asked for, those without a row. */
  missing: number[]
}

export interface VerificationRequest {
  database: { kind: 'sqlite'; file: string } | { kind: 'postgres'; schema: string }
  /** One consumer wrote everything, so rows of one producer are in order. */
  ordered: boolean
  keys: number[]
}

/** Both databases understand these. */
export const COUNT_SQL = `SELECT count(*) AS rows, coalesce(sum(CASE WHEN checksum = ${CHECKSUM_SQL} THEN 0 ELSE 1 END), 0) AS damaged FROM message`

/** The primary key should leave none; it is counted, not believed. */
export const DUPLICATED_SQL = `SELECT coalesce(sum(copies - 1), 0) AS duplicated
  FROM (SELECT count(*) AS copies FROM message GROUP BY key HAVING count(*) > 1) AS several`

/** How often a row of the same producer has a position that is no larger than the one before it, in the order of keys. */
const countDisorder = (database: DatabaseSync): number => {
  // A function of ours: SQLite's own window functions take several times as long for a million rows.
  let before = { key: -1, position: -1 }
  database.aggregate('disorder', {
    start: 0,
    step: (wrong, key, position) => {
      const row = { key: Number(key), position: Number(position) }
      const disordered = producerOf(row.key) === producerOf(before.key) && row.position <= before.position
      before = row
      return Number(wrong) + (disordered ? 1 : 0)
    },
  })
  return Number(database.prepare('SELECT disorder(key, position ORDER BY key) AS wrong FROM message').get()?.wrong)
}

export const verifySqlite = (file: string, { ordered, keys }: VerificationRequest): Verification => {
  // Not created anew where it is gone.
  using database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 })
  const counted = database.prepare(COUNT_SQL).get()
  const copies = database.prepare(DUPLICATED_SQL).get()
  const wrong = ordered ? countDisorder(database) : null
  const find = database.prepare('SELECT 1 FROM message WHERE key = ?')
  return {
    rows: Number(counted?.rows),
    damaged: Number(counted?.damaged),
    duplicated: Number(copies?.duplicated),
    outOfOrder: wrong,
    missing: keys.filter((key) => find.get(key) === undefined),
  }
}

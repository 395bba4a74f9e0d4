/**
 * The database's schema as numbered steps: step n leads from version n to n + 1, and `user_version` remembers how far a file
 * is. A step that has been released is never changed; a new one is added.
 */
import type { DatabaseSync } from 'node:sqlite'

export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE runs (
     number INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE,
     experiment TEXT NOT NULL,
     status TEXT NOT NULL,
     created_at TEXT NOT NULL,
     started_at TEXT,
     finished_at TEXT,
     params TEXT NOT NULL,
     prediction TEXT,
     progress TEXT NOT NULL,
     result TEXT,
     headline TEXT,
     error TEXT,
     machine TEXT NOT NULL,
     searches INTEGER NOT NULL DEFAULT 0
   ) STRICT;
   CREATE TABLE run_traces (
     run_id TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
     body BLOB NOT NULL
   ) STRICT, WITHOUT ROWID;`,
  `CREATE INDEX runs_by_experiment ON runs (experiment, number);
   CREATE INDEX runs_by_status ON runs (status, number);`,
  // The name is a hash that SQL can't make: the store gives it to the rows that have none.
  `ALTER TABLE runs ADD COLUMN set_up TEXT;
   CREATE INDEX runs_by_set_up ON runs (experiment, set_up, number);`,
  `ALTER TABLE runs ADD COLUMN other_cpu_share REAL;`,
]

export const versionOf = (database: DatabaseSync): number =>
  Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0)

/** Brings a database to the newest version. All steps or none; throws when the file is newer than this program. */
export const migrate = (database: DatabaseSync): void => {
  database.exec('BEGIN IMMEDIATE') // before reading the version: two servers that start together must not both migrate
  try {
    const version = versionOf(database)
    if (version > MIGRATIONS.length) {
      throw new Error(
        `The database is of version ${version}, this program knows ${MIGRATIONS.length}: update Interleave.`,
      )
    }
    for (const step of MIGRATIONS.slice(version)) database.exec(step)
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`)
    database.exec('COMMIT')
  } catch (error) {
    // A full disk has rolled back by itself; doing it again would hide what happened.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

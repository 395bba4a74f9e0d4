/**
 * The runs of this server in SQLite: one row a run, its trace and samples compressed in a table of their own. The only owner
 * of past runs. Calls are synchronous and small; compressing happens off the thread, before `saveTrace` is called.
 */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite'
import type { Run, RunError, RunList, RunStatus, RunSummary } from '../contract/run.ts'
import { migrate } from './migrations.ts'
import { setUpKey } from './set-up-key.ts'

type Row = Record<string, SQLOutputValue>
type Headline = RunSummary['headline']

export interface RunQuery {
  experiment?: string
  status?: RunStatus
  /** Only runs of this set-up, or only those of others. */
  setUp?: { key: string; match: 'same' | 'different' }
  limit: number
  /** From the list before: continue below it. */
  cursor?: string
}

const SUMMARY_COLUMNS =
  'number, id, experiment, status, created_at, started_at, finished_at, params, prediction, progress, headline, error, machine, searches, other_cpu_share'

const textOrNull = (value: SQLOutputValue | undefined): string | null => (value == null ? null : String(value))
// What is read here was written here, as JSON of the type that the caller expects.
const json = (value: SQLOutputValue | undefined) => (value == null ? null : JSON.parse(String(value)))
const toJson = (value: unknown): string | null => (value == null ? null : JSON.stringify(value))

const toSummary = (row: Row): RunSummary => ({
  id: String(row.id),
  experiment: String(row.experiment),
  params: json(row.params),
  prediction: json(row.prediction),
  status: String(row.status) as RunStatus,
  position: 0,
  createdAt: String(row.created_at),
  startedAt: textOrNull(row.started_at),
  finishedAt: textOrNull(row.finished_at),
  progress: json(row.progress),
  error: json(row.error),
  machine: json(row.machine),
  interference: {
    searches: Number(row.searches),
    otherCpuShare: row.other_cpu_share === null ? null : Number(row.other_cpu_share),
  },
  commands: [],
  headline: json(row.headline),
})

export class RunStore implements Disposable {
  readonly #database: DatabaseSync

  /** Opens or creates the file and brings it up to date. ':memory:' is accepted. */
  constructor(file: string) {
    if (file !== ':memory:') mkdirSync(path.dirname(file), { recursive: true })
    this.#database = new DatabaseSync(file, { timeout: 5_000, enableForeignKeyConstraints: true })
    this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
    migrate(this.#database)
    this.#nameSetUps()
  }

  /** Runs that were stored before set-ups had names. */
  #nameSetUps(): void {
    const unnamed = this.#database.prepare('SELECT id, params FROM runs WHERE set_up IS NULL').all()
    const name = this.#database.prepare('UPDATE runs SET set_up = ? WHERE id = ?')
    for (const { id, params } of unnamed) name.run(setUpKey(json(params)), String(id))
  }

  /** Runs that were going when their server died can't go on: they have failed. Answers how many. */
  interruptUnfinished(now: string): number {
    const error: RunError = { code: 'interrupted', message: 'The server ended while this run was waiting or going.' }
    const { changes } = this.#database
      .prepare(`UPDATE runs SET status = 'failed', finished_at = ?, error = ? WHERE status IN ('queued', 'running')`)
      .run(now, JSON.stringify(error))
    return Number(changes)
  }

  insert(run: Run): void {
    this.#database
      .prepare(
        `INSERT INTO runs (id, experiment, status, created_at, params, set_up, prediction, progress, machine)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        run.id,
        run.experiment,
        run.status,
        run.createdAt,
        JSON.stringify(run.params),
        setUpKey(run.params),
        toJson(run.prediction),
        JSON.stringify(run.progress),
        JSON.stringify(run.machine),
      )
  }

  update(run: Run, headline: Headline = null): void {
    this.#database
      .prepare(
        `UPDATE runs SET status = ?, started_at = ?, finished_at = ?, progress = ?, result = ?, headline = ?, error = ?,
         searches = ?, other_cpu_share = ? WHERE id = ?`,
      )
      .run(
        run.status,
        run.startedAt,
        run.finishedAt,
        JSON.stringify(run.progress),
        toJson(run.result),
        toJson(headline),
        toJson(run.error),
        run.interference.searches,
        run.interference.otherCpuShare,
        run.id,
      )
  }

  /** The end of a run and its compressed trace, both or neither. */
  finish(run: Run, headline: Headline, traceBody: Uint8Array): void {
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      this.update(run, headline)
      this.#database
        .prepare('INSERT OR REPLACE INTO run_traces (run_id, body) SELECT id, ? FROM runs WHERE id = ?')
        .run(traceBody, run.id)
      this.#database.exec('COMMIT')
    } catch (error) {
      // A full disk has rolled back by itself; doing it again would hide what happened.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      throw error
    }
  }

  get(id: string): Run | null {
    const row = this.#database.prepare(`SELECT ${SUMMARY_COLUMNS}, result FROM runs WHERE id = ?`).get(id)
    if (row === undefined) return null
    const { headline: _, ...run } = toSummary(row)
    return { ...run, result: json(row.result) }
  }

  /** Compressed as it was given to `finish`; null when there is none. */
  traceBody(id: string): Uint8Array | null {
    const body = this.#database.prepare('SELECT body FROM run_traces WHERE run_id = ?').get(id)?.body
    return body instanceof Uint8Array ? body : null
  }

  /** Newest first. The cursor is a number of the order of creation, so runs added meanwhile shift nothing. */
  list({ experiment, status, setUp, limit, cursor }: RunQuery): RunList {
    const conditions: string[] = []
    const values: SQLInputValue[] = []
    const where = (condition: string, value: SQLInputValue | undefined): void => {
      if (value === undefined) return
      conditions.push(condition)
      values.push(value)
    }
    where('experiment = ?', experiment)
    where('status = ?', status)
    where(setUp?.match === 'different' ? 'set_up <> ?' : 'set_up = ?', setUp?.key)
    where('number < ?', cursor === undefined ? undefined : Number(cursor))
    const filter = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''
    const rows = this.#database
      .prepare(`SELECT ${SUMMARY_COLUMNS} FROM runs ${filter} ORDER BY number DESC LIMIT ?`)
      .all(...values, limit + 1) // one more tells whether there is a next page
    const page = rows.slice(0, limit)
    return {
      runs: page.map(toSummary),
      nextCursor: rows.length > limit ? String(page.at(-1)?.number) : null,
    }
  }

  /** Its trace goes with it. */
  delete(id: string): void {
    this.#database.prepare('DELETE FROM runs WHERE id = ?').run(id)
  }

  /** Throws when the database can't be read. */
  check(): void {
    this.#database.prepare('SELECT count(*) FROM runs').get()
  }

  [Symbol.dispose](): void {
    this.#database.close()
  }
}

/**
 * The folder where a server keeps its runs, held by one server at a time: a second one would mark the runs of the first as
 * interrupted and remove their folders. The hold is a lock of the operating system, taken through SQLite, so it ends with
 * the process however that ends, and no stale file is left to be judged.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { RunStore } from './store.ts'

/** One level after the other: where the system refuses the first one, as under /proc, a recursive mkdir asks for ever. */
const makeFolder = (folder: string): void => {
  if (existsSync(folder)) return
  makeFolder(path.dirname(folder))
  mkdirSync(folder)
}

/** A server that is just ending has let go by then. */
const PATIENCE_MS = 2_000
const SQLITE_BUSY = 5

/** What is wrong with the folder and what to do, ready to be printed. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError'
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY

const hold = (file: string, patienceMs: number): DatabaseSync => {
  const database = new DatabaseSync(file, { timeout: patienceMs })
  try {
    database.exec('BEGIN IMMEDIATE') // never committed: nothing is written, the lock is all
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

export interface DataFolderOptions {
  /** How long to wait for another server to let go. Milliseconds. */
  patienceMs?: number
}

export class DataFolder implements Disposable {
  readonly store: RunStore
  /** Runs get their folders in here; nothing is in it at first. */
  readonly temporaryFolder: string
  readonly #held: DatabaseSync

  /** Throws DataFolderError where the folder is held by another server, or can't be made, written or read. */
  constructor(folder: string, { patienceMs = PATIENCE_MS }: DataFolderOptions = {}) {
    using opened = new DisposableStack()
    try {
      makeFolder(path.resolve(folder))
      this.#held = hold(path.join(folder, 'server.lock'), patienceMs)
      opened.defer(() => this.#held.close())
      this.temporaryFolder = path.join(folder, 'tmp')
      rmSync(this.temporaryFolder, { recursive: true, force: true }) // folders of runs whose server was killed
      this.store = opened.use(new RunStore(path.join(folder, 'runs.sqlite')))
      this.store.interruptUnfinished(new Date().toISOString())
    } catch (error) {
      const reason = isBusy(error)
        ? 'another Interleave server is using it. End that one'
        : `${error instanceof Error ? error.message : error}. Make it a folder that can be written and has space`
      throw new DataFolderError(
        `The data folder ${folder} can't be used: ${reason}, or choose another folder with INTERLEAVE_DATA_DIR.`,
        { cause: error },
      )
    }
    opened.move()
  }

  [Symbol.dispose](): void {
    this.store[Symbol.dispose]()
    this.#held.close()
  }
}

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import test, { type TestContext } from 'node:test'
import type { Run } from '../contract/run.ts'
import { MIGRATIONS, migrate, versionOf } from './migrations.ts'
import { setUpKey } from './set-up-key.ts'
import { RunStore } from './store.ts'

const temporaryFile = (t: TestContext): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'interleave-store-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return path.join(folder, 'nested', 'runs.sqlite')
}

const runOf = (id: string, more: Partial<Run> = {}): Run => ({
  id,
  experiment: 'movie-search',
  params: { query: 'star "wars" — ★' },
  prediction: { question: 'fastest', answer: 'threads' },
  status: 'queued',
  position: 0,
  createdAt: '2026-01-01T00:00:00.000Z',
  startedAt: null,
  finishedAt: null,
  progress: { done: 0, total: 0, label: 'waiting', remainingMs: null },
  result: null,
  error: null,
  machine: { cpus: 2, model: 'test', memoryBytes: 1, os: 'test', node: 'v26' },
  interference: { searches: 0, otherCpuShare: null },
  commands: [],
  ...more,
})

test('a run comes back as it was stored, with its trace, from a file opened again', (t) => {
  const file = temporaryFile(t)
  const ended = runOf('aaaaaaaaaaaa', {
    status: 'succeeded',
    startedAt: '2026-01-01T00:00:01.000Z',
    finishedAt: '2026-01-01T00:00:02.000Z',
    result: { comparison: { entries: [1, 2.5] } },
    interference: { searches: 3, otherCpuShare: 0.25 },
  })
  const headline = { code: 'faster', values: { key: 'threads', times: 3.1 } }
  {
    using store = new RunStore(file)
    store.insert(runOf('aaaaaaaaaaaa'))
    store.finish(ended, headline, new Uint8Array([1, 2, 3]))
  }
  using store = new RunStore(file)
  assert.deepEqual(store.get('aaaaaaaaaaaa'), ended)
  assert.deepEqual(store.traceBody('aaaaaaaaaaaa'), new Uint8Array([1, 2, 3]))
  const [summary] = store.list({ limit: 10 }).runs
  assert.deepEqual(summary?.headline, headline)
  assert.equal(summary !== undefined && 'result' in summary, false)
  assert.equal(store.get('bbbbbbbbbbbb'), null)
  assert.equal(store.traceBody('bbbbbbbbbbbb'), null)
})

test('every older version of the database is brought to the newest, with its runs', (t) => {
  for (let version = 1; version <= MIGRATIONS.length; version++) {
    const file = `${temporaryFile(t)}-${version}`
    new RunStore(file)[Symbol.dispose]() // makes the folder
    rmSync(file)
    {
      using old = new DatabaseSync(file)
      for (const step of MIGRATIONS.slice(0, version)) old.exec(step)
      old.exec(`PRAGMA user_version = ${version}`)
      old.exec(`INSERT INTO runs (id, experiment, status, created_at, params, progress, machine)
                VALUES ('old', 'movie-search', 'succeeded', '2026-01-01T00:00:00.000Z', '{}', '{}', '{}')`)
    }
    using store = new RunStore(file)
    assert.equal(store.get('old')?.status, 'succeeded')
    const found = store.list({ limit: 10, setUp: { key: setUpKey({}), match: 'same' } })
    assert.deepEqual(
      found.runs.map(({ id }) => id),
      ['old'],
    )
    using opened = new DatabaseSync(file)
    assert.equal(versionOf(opened), MIGRATIONS.length)
  }
})

test('a database of a newer program is refused and left as it is', () => {
  using database = new DatabaseSync(':memory:')
  database.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`)
  assert.throws(() => migrate(database), /update Interleave/)
  assert.equal(versionOf(database), MIGRATIONS.length + 1)
  assert.equal(database.isTransaction, false)
})

test('runs that were waiting or going when their server died have failed as interrupted; others are untouched', (t) => {
  using store = new RunStore(temporaryFile(t))
  for (const id of ['q', 'r', 's', 'c']) store.insert(runOf(id))
  store.update(runOf('r', { status: 'running', startedAt: '2026-01-01T00:00:01.000Z' }))
  store.update(runOf('s', { status: 'succeeded', finishedAt: '2026-01-01T00:00:02.000Z', result: {} }))
  store.update(runOf('c', { status: 'cancelled', finishedAt: '2026-01-01T00:00:02.000Z' }))
  assert.equal(store.interruptUnfinished('2026-01-02T00:00:00.000Z'), 2)
  for (const id of ['q', 'r']) {
    const run = store.get(id)
    assert.equal(run?.status, 'failed')
    assert.equal(run?.error?.code, 'interrupted')
    assert.equal(run?.finishedAt, '2026-01-02T00:00:00.000Z')
  }
  assert.equal(store.get('s')?.status, 'succeeded')
  assert.equal(store.get('c')?.status, 'cancelled')
})

test('lists go newest first, filtered, page by page, with none twice and none left out while runs are added', (t) => {
  using store = new RunStore(temporaryFile(t))
  const ids = Array.from({ length: 25 }, (_, index) => `run-${index}`)
  for (const [index, id] of ids.entries()) {
    const experiment = index % 2 === 0 ? 'movie-search' : 'race'
    store.insert(runOf(id, { experiment }))
    if (index % 5 === 0) store.update(runOf(id, { experiment, status: 'failed' }))
  }
  const pages = (query: { experiment?: string; status?: 'failed' }): string[] => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const { runs, nextCursor } = store.list({ ...query, limit: 4, cursor })
      seen.push(...runs.map(({ id }) => id))
      store.insert(runOf(`late-${seen.length}-${query.experiment}-${query.status}`))
      cursor = nextCursor ?? undefined
    } while (cursor !== undefined)
    return seen
  }
  assert.deepEqual(pages({ experiment: 'race' }), ids.filter((_, index) => index % 2 === 1).reverse())
  assert.deepEqual(pages({ status: 'failed' }), ids.filter((_, index) => index % 5 === 0).reverse())
  assert.deepEqual(
    pages({}).filter((id) => id.startsWith('run-')),
    [...ids].reverse(),
  )
  assert.equal(store.list({ limit: 100, experiment: 'none' }).nextCursor, null)
})

test('a deleted run takes its trace with it', (t) => {
  using store = new RunStore(temporaryFile(t))
  store.insert(runOf('gone'))
  store.finish(runOf('gone', { status: 'succeeded', result: {} }), null, new Uint8Array([1]))
  store.delete('gone')
  assert.equal(store.get('gone'), null)
  assert.equal(store.traceBody('gone'), null)
})

/** Ends a run whose trace does not fit any more, then uses the store again. */
const FULL_DISK = `
  const { RunStore } = await import(process.argv[1])
  const [run, another] = JSON.parse(process.argv[3])
  using store = new RunStore(process.argv[2])
  store.insert(run)
  try {
    store.finish(run, null, new Uint8Array(4_000_000))
  } catch (error) {
    process.stdout.write(error.message)
  }
  store.insert(another)
  process.stdout.write('; ' + store.list({ limit: 10 }).runs.length + ' runs')
`

test('a disk that is full is what is told, not that there is nothing left to roll back, and the store goes on', {
  skip: process.platform === 'win32' && 'no limits on file sizes',
}, (t) => {
  // A real limit of the system: no file of this process may grow beyond 2,000 blocks of 512 bytes.
  const limited = spawnSync(
    'sh',
    [
      '-c',
      `trap '' XFSZ; ulimit -f 2000; exec "$0" --input-type=module --eval "$1" "$2" "$3" "$4"`,
      process.execPath,
      FULL_DISK,
      path.join(import.meta.dirname, 'store.ts'),
      temporaryFile(t),
      JSON.stringify([runOf('aaaaaaaaaaaa'), runOf('bbbbbbbbbbbb')]),
    ],
    { encoding: 'utf8', env: { ...process.env, NODE_COMPILE_CACHE: '', NODE_DISABLE_COMPILE_CACHE: '1' } },
  )
  assert.match(limited.stdout, /^(disk I\/O error|database or disk is full); 2 runs$/)
})

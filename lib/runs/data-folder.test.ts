import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import test, { type TestContext } from 'node:test'
import { DataFolder, DataFolderError } from './data-folder.ts'

const temporaryFolder = (t: TestContext): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'interleave-data-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const IN_USE = /another Interleave server is using it.*INTERLEAVE_DATA_DIR/

test('one server holds a data folder; the next gets it when that one lets go, with the runs that were left cleared', (t) => {
  const folder = temporaryFolder(t)
  {
    using first = new DataFolder(folder)
    mkdirSync(path.join(first.temporaryFolder, 'arun'), { recursive: true })
    assert.throws(() => new DataFolder(folder, { patienceMs: 0 }), IN_USE)
    assert.ok(existsSync(path.join(first.temporaryFolder, 'arun')), 'the second must not touch what the first needs')
  }
  using second = new DataFolder(folder, { patienceMs: 0 })
  assert.equal(existsSync(second.temporaryFolder), false)
})

test('a server that is killed no longer holds its folder', async (t) => {
  const folder = temporaryFolder(t)
  const program = path.join(folder, 'holder.ts')
  const module = path.join(import.meta.dirname, 'data-folder.ts')
  writeFileSync(
    program,
    `import { DataFolder } from ${JSON.stringify(module)}
     const held = new DataFolder(${JSON.stringify(folder)})
     process.send('held')
     process.on('message', () => console.log(held))`,
  )
  const holder = fork(program, { execArgv: [] })
  t.after(() => holder.kill('SIGKILL'))
  await once(holder, 'message')
  assert.throws(() => new DataFolder(folder, { patienceMs: 0 }), IN_USE)
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  using free = new DataFolder(folder, { patienceMs: 0 })
  assert.deepEqual(free.store.list({ limit: 1 }).runs, [])
})

test('a folder that can not be used is named, with the reason and the setting', (t) => {
  const folder = temporaryFolder(t)
  writeFileSync(path.join(folder, 'file'), '')
  writeFileSync(path.join(folder, 'runs.sqlite'), 'this is no database, only a text of some length')
  for (const [unusable, reason] of [
    [path.join(folder, 'file', 'below'), /ENOTDIR/],
    [folder, /not a database/],
  ] as const) {
    assert.throws(
      () => new DataFolder(unusable),
      (error) =>
        error instanceof DataFolderError &&
        error.message.includes(unusable) &&
        reason.test(error.message) &&
        error.message.includes('INTERLEAVE_DATA_DIR'),
    )
  }
  // The failed attempts have let go of what they had taken.
  rmSync(path.join(folder, 'runs.sqlite'))
  using usable = new DataFolder(folder, { patienceMs: 0 })
  assert.deepEqual(usable.store.list({ limit: 1 }).runs, [])
})

test('a folder where the system makes none is refused at once', { skip: process.platform !== 'linux' }, () => {
  assert.throws(() => new DataFolder('/proc/nope/deeper', { patienceMs: 0 }), DataFolderError)
})

test('a folder is made with those above it', (t) => {
  const folder = path.join(temporaryFolder(t), 'a', 'b', 'c')
  using _ = new DataFolder(folder)
  assert.ok(existsSync(folder))
})

import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { isStorageFailure, StorageFailure, storageFailureOf } from './storage-failure.ts'

const systemError = (code: string) => Object.assign(new Error(`${code}: of the system`), { code })

test('the system’s codes for a disk that is full, missing or forbidden are storage failures, whatever their text', () => {
  for (const code of ['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EACCES', 'EPERM', 'ENOENT', 'ENOTDIR', 'EIO']) {
    const failure = storageFailureOf(systemError(code))
    assert.ok(failure && isStorageFailure(failure), code)
    assert.equal(failure.message, `${code}: of the system`)
  }
})

test('SQLite’s codes are too, extended ones among them', () => {
  assert.throws(
    () => new DatabaseSync('/nowhere/at/all.sqlite'),
    (error) => storageFailureOf(error) !== null,
  )
  const IOERR_WRITE = 778
  assert.ok(storageFailureOf(Object.assign(new Error('disk I/O error'), { errcode: IOERR_WRITE })))
})

test('other failures are not, though their text speaks of disks', () => {
  using database = new DatabaseSync(':memory:')
  assert.throws(
    () => database.exec('SELECT readonly FROM disk_is_full'),
    (error) => storageFailureOf(error) === null,
  )
  for (const other of [systemError('ECONNREFUSED'), new Error('ENOSPC'), 'disk is full', null]) {
    assert.equal(storageFailureOf(other), null)
  }
})

test('a storage failure stays one', () => {
  assert.equal(storageFailureOf(new StorageFailure('came back changed'))?.message, 'came back changed')
})

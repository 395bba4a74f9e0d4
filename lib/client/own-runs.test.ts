/** Runs of this browser are known again; those of others never are, whatever the storage holds. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOwnRun, rememberOwnRun } from './own-runs.ts'
import { memoryStorage } from './storage-in-tests.ts'

test('a run started here is known again by a later page, and by no other browser', () => {
  const storage = memoryStorage()
  storage.setItem('interleave.own-runs', '["of-an-earlier-page"]')
  rememberOwnRun(storage, 'mine')
  assert.ok(isOwnRun(storage, 'mine'))
  assert.ok(isOwnRun(storage, 'of-an-earlier-page'))
  assert.ok(!isOwnRun(storage, 'of-somebody-else'))
  assert.deepEqual(JSON.parse(storage.getItem('interleave.own-runs') ?? ''), ['of-an-earlier-page', 'mine'])
})

test('where storage is refused or damaged, the page still knows what it started itself', () => {
  for (const storage of [
    null,
    memoryStorage({ 'interleave.own-runs': '{' }),
    memoryStorage({ 'interleave.own-runs': '7' }),
  ]) {
    assert.ok(!isOwnRun(storage, 'unknown'))
    rememberOwnRun(storage, 'started-without-storage')
    assert.ok(isOwnRun(storage, 'started-without-storage'))
  }
})

test('the newest five hundred are kept', () => {
  const storage = memoryStorage()
  for (let index = 0; index < 510; index++) rememberOwnRun(storage, `run${index}`)
  const kept: string[] = JSON.parse(storage.getItem('interleave.own-runs') ?? '[]')
  assert.equal(kept.length, 500)
  assert.equal(kept.at(-1), 'run509')
})

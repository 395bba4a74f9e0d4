/** The durable queue's table: what is promised to producers, to consumers, and after a consumer's death. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import { keyAt, keyOf, MESSAGE_WORDS, writeMessage } from './message.ts'
import { createQueueTable, SqliteQueueControl, SqliteQueueInput, SqliteQueueOutput } from './sqlite-queue.ts'

const setUp = (t: TestContext, capacity = 10) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'interleave-queue-'))
  const options = {
    file: path.join(folder, 'q.sqlite'),
    durability: 'normal' as const,
    lockTimeoutMs: 1_000,
    cancelled: () => false,
    leaseMs: 30_000,
  }
  createQueueTable(options)
  let nowUs = 1_000
  const input = new SqliteQueueInput(options, capacity)
  const control = new SqliteQueueControl(options)
  const outputs = [0, 1].map((consumer) => new SqliteQueueOutput(options, consumer, () => nowUs))
  t.after(async () => {
    await Promise.all([input, ...outputs].map((each) => each[Symbol.asyncDispose]()))
    await control[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true })
  })
  const [a, b] = outputs
  assert.ok(a && b)
  const pass = (us: number): void => {
    nowUs += us
  }
  return { input, control, a, b, pass, options, file: options.file }
}

const messages = (count: number, from = 0): Int32Array => {
  const words = new Int32Array(MESSAGE_WORDS * count)
  for (let i = 0; i < count; i++) writeMessage(words, i, keyOf(0, from + i), 500)
  return words
}

const into = new Int32Array(MESSAGE_WORDS * 100)
const keys = (count: number): number[] => Array.from({ length: count }, (_, i) => keyAt(into, i))

test('takes in no more than its capacity, and a claimed message keeps its place until it is acknowledged', (t) => {
  const { input, a, control } = setUp(t, 3)
  assert.equal(input.offer(messages(5), 0, 5), 3)
  assert.equal(input.offer(messages(5), 3, 2), 0)
  assert.deepEqual(a.take(into, 2), { count: 2, redelivered: 0 })
  assert.equal(input.offer(messages(5), 3, 2), 0)
  a.acknowledge()
  assert.equal(control.depth(), 1)
  assert.equal(input.offer(messages(5), 3, 2), 2)
})

test('hands out in the order of arrival, nothing to two consumers', (t) => {
  const { input, a, b } = setUp(t)
  input.offer(messages(6), 0, 6)
  a.take(into, 2)
  assert.deepEqual(keys(2), [0, 1])
  b.take(into, 10)
  assert.deepEqual(keys(4), [2, 3, 4, 5])
  assert.deepEqual(a.take(into, 1), { count: 0, redelivered: 0 })
})

test('delivers again what a dead consumer had claimed, and counts that it does', async (t) => {
  const { input, a, b, control } = setUp(t)
  input.offer(messages(4), 0, 4)
  a.take(into, 3)
  assert.equal(await control.releaseClaims(0), 3)
  assert.deepEqual(b.take(into, 10), { count: 4, redelivered: 3 })
  assert.deepEqual(keys(4), [0, 1, 2, 3])
  assert.equal(await control.releaseClaims(0), 0)
})

test('delivers again after the lease, and an acknowledgement that comes too late removes nothing', (t) => {
  const { input, a, b, control, pass } = setUp(t)
  input.offer(messages(1), 0, 1)
  a.take(into, 1)
  pass(60_000_000)
  assert.deepEqual(b.take(into, 1), { count: 1, redelivered: 1 })
  a.acknowledge()
  assert.equal(control.depth(), 1)
  b.acknowledge()
  assert.equal(control.depth(), 0)
})

test('drops the oldest of those that nobody has claimed, with the time they had waited', (t) => {
  const { input, a, control } = setUp(t, 4)
  input.offer(messages(4), 0, 4)
  a.take(into, 1)
  assert.deepEqual(
    input.dropOldest(2, () => 1_500),
    { dropped: 2, sojournUs: 2_000 },
  )
  assert.equal(control.depth(), 2)
  a.acknowledge()
  a.take(into, 10)
  assert.deepEqual(keys(1), [3])
  assert.equal(input.dropOldest(5, () => 1_500).dropped, 0)
})

test('ends only when it is closed and everything in it was acknowledged', async (t) => {
  const { input, a, b, control } = setUp(t)
  input.offer(messages(1), 0, 1)
  a.take(into, 1)
  await control.close()
  assert.deepEqual(b.take(into, 1), { count: 0, redelivered: 0 })
  a.acknowledge()
  assert.equal(b.take(into, 1), null)
})

test('lets its organiser wait for the lock without blocking the thread, and read the depth meanwhile', async (t) => {
  const { input, control, file } = setUp(t)
  input.offer(messages(2), 0, 2)
  using other = new DatabaseSync(file)
  other.exec('BEGIN IMMEDIATE')
  const closing = control.close()
  // Both go on while it waits; only this thread can give the lock back.
  assert.equal(control.depth(), 2)
  await new Promise((resolve) => setImmediate(resolve))
  other.exec('COMMIT')
  await closing
})

test('fails as the queue when its file stays locked, is no database, or has lost its table', async (t) => {
  const { control, options, input } = setUp(t)
  {
    using other = new DatabaseSync(options.file)
    other.exec('BEGIN IMMEDIATE')
    const hurried = new SqliteQueueControl({ ...options, lockTimeoutMs: 20 })
    await assert.rejects(hurried.close(), { name: 'PartyFailure', code: 'queue', message: /stayed locked for 20 ms/ })
    await hurried[Symbol.asyncDispose]()
  }
  writeFileSync(`${options.file}-no`, 'no database '.repeat(100))
  const broken = { ...options, file: `${options.file}-no` }
  for (const open of [() => createQueueTable(broken), () => new SqliteQueueInput(broken, 1)]) {
    assert.throws(open, { name: 'PartyFailure', code: 'queue', message: /not a database/ })
  }
  {
    using other = new DatabaseSync(options.file)
    other.exec('DROP TABLE state')
  }
  assert.throws(() => control.depth(), { name: 'PartyFailure', code: 'queue', message: /no such table/ })
  assert.throws(() => input.offer(messages(1), 0, 1), { name: 'PartyFailure', code: 'queue' })
})

import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { NotHeldError } from './errors.ts'
import { ReadWriteLock } from './read-write-lock.ts'
import { stressed } from './stress-fixture.ts'
import { TestThreads } from './threads-fixture.ts'

const threads = new TestThreads(6)
after(() => threads[Symbol.asyncDispose]())

describe('ReadWriteLock', { timeout: stressed(30_000) }, () => {
  test('lets readers in together, a writer alone', () => {
    const lock = new ReadWriteLock()
    lock.read.acquire()
    assert.ok(lock.read.tryAcquire())
    assert.equal(lock.inside, 2)
    assert.equal(lock.write.tryAcquire(), false)
    lock.read.release()
    assert.equal(lock.write.tryAcquire(1), false)
    lock.read.release()
    assert.ok(lock.write.tryAcquire())
    assert.equal(lock.inside, -1)
    assert.equal(lock.read.tryAcquire(), false)
    assert.equal(lock.write.tryAcquire(1), false)
    lock.write.release()
  })

  test('shows readers nothing half written, with 2 writers and 4 readers whose time-outs race with wake-ups', async () => {
    const lock = new ReadWriteLock()
    const shared = new Int32Array(new SharedArrayBuffer(8))
    const rounds = stressed(15_000)
    const torn = await threads.run(
      'readAndWrite',
      threads.all.map((_, index) => ({ lock: lock.words, shared, rounds, writes: index < 2, seed: index + 1 })),
    )
    assert.deepEqual(torn, Array(6).fill(0))
    assert.deepEqual(Array.from(shared), [2 * rounds, 2 * rounds])
    assert.equal(lock.inside, 0)
  })

  test('does so for tasks of event loops beside threads that block, with waits that are cancelled', async () => {
    const lock = new ReadWriteLock()
    const shared = new Int32Array(new SharedArrayBuffer(8))
    const rounds = stressed(1_000)
    const torn = await Promise.all(
      threads.all.map((thread, index) => {
        const data = { lock: lock.words, shared, rounds, writes: index % 3 === 0, seed: index * 10 + 1 }
        return thread.run(index < 3 ? 'readAndWriteAsync' : 'readAndWrite', data)
      }),
    )
    assert.deepEqual(torn, Array(6).fill(0))
    // One writer of three tasks, and one of one.
    assert.deepEqual(Array.from(shared), [4 * rounds, 4 * rounds])
    assert.equal(lock.inside, 0)
    assert.ok(lock.write.tryAcquire())
  })

  test('lets a writer in again and again although readers never stop coming', async () => {
    const lock = new ReadWriteLock()
    const shared = new Int32Array(new SharedArrayBuffer(12))
    const reading = threads.all.slice(1).map((thread) => thread.run('readOn', { lock: lock.words, shared }))
    const times = stressed(2_000)
    // The readers stop only when it has written: one that starved would never end.
    const written = await threads.all[0]?.run('writeAmongReaders', { lock: lock.words, shared, times })
    assert.equal(written, times)
    await Promise.all(reading)
    assert.equal(lock.inside, 0)
  })

  test('keeps new readers out while a writer waits, so that it does not starve', async () => {
    const lock = new ReadWriteLock()
    lock.read.acquire()
    const writing = lock.write.acquireAsync()
    assert.equal(lock.read.tryAcquire(), false)
    lock.read.release()
    await writing
    assert.equal(lock.inside, -1)
    lock.write.release()
    assert.ok(lock.read.tryAcquire())
  })

  test('lets the readers in that a writer kept out when that writer gives up', async () => {
    const lock = new ReadWriteLock()
    lock.read.acquire()
    const controller = new AbortController()
    const writing = lock.write.acquireAsync({ signal: controller.signal })
    const reading = lock.read.acquireAsync()
    controller.abort()
    await assert.rejects(writing)
    await reading
    assert.equal(lock.inside, 2)
  })

  test('refuses a release on the side where nobody is', () => {
    const lock = new ReadWriteLock()
    assert.throws(() => lock.read.release(), NotHeldError)
    assert.throws(() => lock.write.release(), NotHeldError)
    lock.read.acquire()
    assert.throws(() => lock.write.release(), NotHeldError)
    lock.read.release()
    lock.write.acquire()
    assert.throws(() => lock.read.release(), NotHeldError)
  })

  test('is new after reset, whoever died inside or waiting', () => {
    const lock = new ReadWriteLock()
    lock.read.acquire()
    // A writer that dies waiting leaves itself counted.
    lock.words[1] = 1
    assert.equal(lock.read.tryAcquire(1), false)
    lock.reset()
    assert.ok(lock.write.tryAcquire())
    lock.write.release()
    assert.ok(lock.read.tryAcquire())
  })
})

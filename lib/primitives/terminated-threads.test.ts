/** What becomes of each primitive when a thread that uses it is terminated: asleep, inside, or on its way in or out. */
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { type AcquirableName, newAcquirableWords, openAcquirable } from './acquirables-fixture.ts'
import { Barrier } from './barrier.ts'
import { ConditionVariable } from './condition-variable.ts'
import { BrokenBarrierError } from './errors.ts'
import { Event } from './event.ts'
import { Lock } from './lock.ts'
import { Mutex } from './mutex.ts'
import { ReadWriteLock } from './read-write-lock.ts'
import { Semaphore } from './semaphore.ts'
import { reached, TestThread, TestThreads } from './threads-fixture.ts'
import { TicketLock } from './ticket-lock.ts'

const threads = new TestThreads(3)
after(() => threads[Symbol.asyncDispose]())

const newShared = (): Int32Array => new Int32Array(new SharedArrayBuffer(12))
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Wakes all who sleep on any of the words. @returns how many */
const wakeAll = (words: Int32Array): number =>
  Array.from(words.keys()).reduce((woken, word) => woken + Atomics.notify(words, word), 0)

/** A thread that has fallen asleep: until then it is woken again and again, which it must stand. */
const asleepOn = async (words: Int32Array): Promise<void> => {
  while (wakeAll(words) === 0) await nextTurn()
  // Woken just now; it looks again, finds nothing, and sleeps.
  while (wakeAll(words) === 0) await nextTurn()
}

const recovering: { name: AcquirableName; recover(words: Int32Array): void }[] = [
  { name: 'Lock', recover: (words) => new Lock(words).recover() },
  { name: 'TicketLock', recover: (words) => new TicketLock(words).recover() },
  { name: 'Semaphore of 1', recover: (words) => new Semaphore(undefined, words).recover() },
  { name: 'write side of ReadWriteLock', recover: (words) => new ReadWriteLock(words).recover() },
]

for (const { name, recover } of recovering) {
  describe(`${name} after the death of a thread`, { timeout: 60_000 }, () => {
    test('goes on when threads are terminated at any moment, and it is recovered and released where they held it', async () => {
      for (let seed = 1; seed <= 6; seed++) {
        const words = newAcquirableWords(name)
        const mine = openAcquirable(name, words, 9)
        const shared = newShared()
        let unfinished = threads.all.length
        const running = threads.all.map(async (thread, index) => {
          await thread.run('contend', { name, words, shared, participant: index + 1, seed: seed * 10 + index })
          unfinished--
        })
        await using victim = new TestThread()
        const began = newShared()
        victim.run('contend', { name, words, shared, participant: 8, seed, began }).catch(() => undefined)
        Atomics.store(shared, 1, 1)
        Atomics.notify(shared, 1)
        await reached(began)
        await victim.terminate()
        Atomics.store(shared, 2, 1)
        recover(words)
        while (unfinished > 0) {
          const free = mine.tryAcquire()
          if (free) mine.release()
          // Who is left sleeps, so nobody alive holds it: the dead one does. Had one held it when we tried, it would have
          // finished meanwhile instead of falling asleep.
          else if (wakeAll(words) === unfinished) mine.release()
          await nextTurn()
        }
        await Promise.all(running)
        // Free, or held by the dead with nobody left to notice: released either way.
        mine.tryAcquire()
        mine.release()
        assert.ok(mine.tryAcquire(), 'it is free afterwards')
      }
    })

    test('forgets a waiter that was terminated in its sleep, or has only its turn released', async () => {
      const words = newAcquirableWords(name)
      const mine = openAcquirable(name, words, 9)
      mine.acquire()
      await using sleeper = new TestThread()
      sleeper.run('acquireOnce', { name, words, shared: newShared(), participant: 8 }).catch(() => undefined)
      await asleepOn(words)
      await sleeper.terminate()
      recover(words)
      mine.release()
      // A ticket is kept by the dead: its turn comes, and must be passed on.
      if (name === 'TicketLock') mine.release()
      assert.ok(mine.tryAcquire())
      const waiting = openAcquirable(name, words, 10).acquireAsync()
      mine.release()
      await waiting
    })
  })
}

describe('a wake-up that died with its thread', { timeout: 30_000 }, () => {
  test('leaves others asleep at a free Lock, whoever comes and goes, until it is recovered', async () => {
    const lock = new Lock()
    lock.acquire()
    let had = false
    const waiting = lock.acquireAsync().then(() => (had = true))
    // As if the one who released it had died before the notify.
    Atomics.store(lock.words, 0, 0)
    lock.acquire()
    lock.release()
    await nextTurn()
    assert.equal(had, false)
    lock.recover()
    await waiting
    assert.ok(lock.held)
  })

  test('leaves others asleep at a Semaphore with permits, until it is recovered', async () => {
    const semaphore = new Semaphore(0)
    const waiting = Promise.all([semaphore.acquireAsync(), semaphore.acquireAsync()])
    Atomics.store(semaphore.words, 0, 2)
    semaphore.recover()
    await waiting
    assert.equal(semaphore.permits, 0)
  })

  for (const side of ['read', 'write'] as const) {
    test(`leaves those asleep who want to ${side}, until the ReadWriteLock is recovered`, async () => {
      const lock = new ReadWriteLock()
      lock.write.acquire()
      const waiting = lock[side].acquireAsync()
      Atomics.store(lock.words, 0, 0)
      lock.recover()
      await waiting
      assert.equal(lock.inside, side === 'read' ? 1 : -1)
    })
  }

  test('leaves the next one of a TicketLock asleep in its turn, until it is recovered', async () => {
    const lock = new TicketLock()
    lock.acquire()
    const waiting = lock.acquireAsync()
    Atomics.add(lock.words, 1, 1)
    lock.recover()
    await waiting
    lock.release()
    assert.equal(lock.held, false)
  })

  test('leaves those asleep who wait for an Event, until it is set again', async () => {
    const event = new Event()
    const waiting = event.waitAsync()
    Atomics.add(event.words, 0, 1)
    event.set()
    assert.ok(await waiting)
    assert.ok(event.isSet)
  })
})

describe('a thread that is terminated', { timeout: 30_000 }, () => {
  test('while it reads stays inside: writers time out until it is released in its stead, readers do not', async () => {
    const lock = new ReadWriteLock()
    await using reader = new TestThread()
    const shared = newShared()
    const data = { name: 'read side of ReadWriteLock', words: lock.words, shared, participant: 1 } as const
    reader.run('holdForEver', data).catch(() => undefined)
    while (lock.inside !== 1) await nextTurn()
    await reader.terminate()
    assert.equal(lock.write.tryAcquire(1), false)
    assert.ok(lock.read.tryAcquire(1))
    lock.read.release()
    lock.read.release()
    assert.ok(lock.write.tryAcquire())
  })

  test('while it waits to write keeps readers out until reset, and writers not', async () => {
    const lock = new ReadWriteLock()
    lock.read.acquire()
    await using writer = new TestThread()
    const data = {
      name: 'write side of ReadWriteLock',
      words: lock.words,
      shared: newShared(),
      participant: 1,
    } as const
    writer.run('acquireOnce', data).catch(() => undefined)
    await asleepOn(lock.words)
    await writer.terminate()
    assert.equal(lock.read.tryAcquire(1), false)
    lock.read.release()
    assert.ok(lock.write.tryAcquire(1))
    lock.write.release()
    lock.reset()
    assert.ok(lock.read.tryAcquire())
  })

  test('at an Event is missed by nobody', async () => {
    const event = new Event()
    await using waiter = new TestThread()
    waiter.run('waitOnce', { event: event.words, shared: newShared() }).catch(() => undefined)
    await asleepOn(event.words)
    const waiting = event.waitAsync()
    await waiter.terminate()
    event.set()
    assert.ok(await waiting)
  })

  test('at a ConditionVariable stays counted, and others are woken by notifyAll', async () => {
    const [mutex, condition] = [new Mutex(), new ConditionVariable()]
    await using waiter = new TestThread()
    waiter.run('waitOnce', { condition: condition.words, shared: newShared() }).catch(() => undefined)
    await asleepOn(condition.words)
    await waiter.terminate()
    mutex.acquire()
    const waiting = condition.waitAsync(mutex)
    condition.notifyAll()
    assert.ok(await waiting)
    assert.equal(condition.waiting, 1)
  })

  test('at a Barrier counts as having come, and on its way there breaks it when the time of another is up', async () => {
    const barrier = new Barrier(2)
    await using waiter = new TestThread()
    waiter.run('waitOnce', { barrier: barrier.words, shared: newShared() }).catch(() => undefined)
    await asleepOn(barrier.words)
    await waiter.terminate()
    assert.equal(barrier.wait(1), 1)
    // The dead one does not come to the next round.
    assert.throws(() => barrier.wait(1), BrokenBarrierError)
  })
})

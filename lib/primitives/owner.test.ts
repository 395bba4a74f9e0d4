/** The owner contract: what Mutex and ReentrantMutex know that the other locks don't. */
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { Cancellation } from './cancellation.ts'
import { AlreadyOwnedError, NotOwnerError } from './errors.ts'
import { Mutex } from './mutex.ts'
import { ReentrantMutex } from './reentrant-mutex.ts'
import { reached, TestThread, TestThreads } from './threads-fixture.ts'

const threads = new TestThreads(3)
after(() => threads[Symbol.asyncDispose]())

const newShared = (): Int32Array => new Int32Array(new SharedArrayBuffer(12))

/** Blocks this thread, as only a test may, until another has set the word. */
const blockUntilSet = (words: Int32Array): void => {
  Atomics.wait(words, 0, 0)
}

for (const [name, Owned] of Object.entries({ Mutex, ReentrantMutex }) as [
  'Mutex' | 'ReentrantMutex',
  typeof Mutex | typeof ReentrantMutex,
][]) {
  describe(`${name} knows its owner`, { timeout: 60_000 }, () => {
    const newWords = () => new Int32Array(new SharedArrayBuffer(4 * Owned.WORDS))

    test('refuses to be released by another, and stays held', () => {
      const words = newWords()
      const [mine, other] = [new Owned(words), new Owned(words)]
      mine.acquire()
      assert.throws(() => other.release(), NotOwnerError)
      assert.throws(() => other.release(), { name: 'NotOwnerError' })
      assert.equal(mine.heldBy, mine.owner)
      mine.release()
      assert.throws(() => mine.release(), NotOwnerError)
      assert.equal(mine.heldBy, null)
    })

    test('refuses it also while others sleep', async () => {
      const words = newWords()
      const [mine, other] = [new Owned(words), new Owned(words)]
      mine.acquire()
      const sleeper = other.acquireAsync()
      assert.throws(() => other.release(), NotOwnerError)
      mine.release()
      await sleeper
      other.release()
    })

    test('gives each handle a number of its own, apart from those that a program chooses', () => {
      const words = newWords()
      const owners = [new Owned(words).owner, new Owned(words).owner, new Owned(words, 65_535).owner]
      assert.equal(new Set(owners).size, 3)
      for (const owner of [0, -1, 1.5, 2 ** 29 + 1]) assert.throws(() => new Owned(words, owner), RangeError)
      const last = new Owned(words, 2 ** 29)
      last.acquire()
      assert.equal(last.heldBy, 2 ** 29)
      last.release()
    })

    test('is recovered after its holder was terminated, which wakes who waits; only once, and from that owner only', async () => {
      const words = newWords()
      await using holder = new TestThread()
      const waiter = threads.all[0]
      const [inside, waiting] = [newShared(), newShared()]
      holder.run('holdForEver', { name, words, shared: inside, participant: 7 }).catch(() => undefined)
      blockUntilSet(inside)
      const acquired = waiter?.run('acquireOnce', { name, words, shared: waiting, participant: 8 })
      blockUntilSet(waiting)
      await holder.terminate()
      const mine = new Owned(words, 9)
      assert.equal(mine.recover(8), false)
      assert.equal(mine.recover(7), true)
      assert.equal(await acquired, 'acquired')
      mine.acquire()
      assert.equal(mine.recover(7), false, 'it belongs to a living one now')
      assert.equal(mine.heldBy, 9)
      mine.release()
      assert.equal(mine.recover(0), false)
      assert.equal(mine.heldBy, null)
    })

    test('goes on when threads are terminated at any moment and recovered', async () => {
      const words = newWords()
      const shared = newShared()
      const survivors = threads.run(
        'contend',
        [1, 2, 3].map((participant) => ({ name, words, shared, participant, seed: participant })),
      )
      Atomics.store(shared, 1, 1)
      Atomics.notify(shared, 1)
      for (let victim = 10; victim < 22; victim++) {
        await using thread = new TestThread()
        const began = newShared()
        thread.run('contend', { name, words, shared, participant: victim, seed: victim, began }).catch(() => undefined)
        // When exactly it dies after it was inside is left to chance.
        await reached(began)
        await thread.terminate()
        new Owned(words).recover(victim)
      }
      Atomics.store(shared, 2, 1)
      // A mutex or a wake-up that died with its thread would leave one of them asleep for ever.
      await survivors
      assert.equal(new Owned(words).heldBy, null)
    })
  })
}

test('a mutex acquired again by its owner throws instead of waiting for itself', async () => {
  const mutex = new Mutex()
  mutex.acquire()
  assert.throws(() => mutex.acquire(), AlreadyOwnedError)
  assert.throws(() => mutex.tryAcquire(), AlreadyOwnedError)
  assert.throws(() => mutex.tryAcquire(10), AlreadyOwnedError)
  await assert.rejects(mutex.acquireAsync(), AlreadyOwnedError)
  assert.equal(mutex.heldBy, mutex.owner)
  mutex.release()
})

test('a reentrant mutex is free after as many releases as acquisitions', async () => {
  const words = new Int32Array(new SharedArrayBuffer(4 * ReentrantMutex.WORDS))
  const [mine, other] = [new ReentrantMutex(words), new ReentrantMutex(words)]
  mine.acquire()
  assert.ok(mine.tryAcquire())
  await mine.acquireAsync()
  {
    using _ = mine.hold()
    assert.equal(other.tryAcquire(), false)
  }
  for (let depth = 3; depth > 0; depth--) {
    assert.equal(other.tryAcquire(), false)
    mine.release()
  }
  assert.ok(other.tryAcquire())
  other.release()
})

test('a sleeper that was overtaken and gives up leaves the mark that others are asleep', {
  timeout: 60_000,
}, async () => {
  const [first, second] = threads.all
  const mine = new Mutex(undefined, 1)
  const { words } = mine
  for (let round = 0; round < 20; round++) {
    mine.acquire()
    const [firstHere, secondHere] = [newShared(), newShared()]
    const cancellation = new Cancellation()
    const gaveUp = first?.run('acquireOnce', {
      ...{ name: 'Mutex', words, shared: firstHere, participant: 7, cancellation: cancellation.words },
    })
    blockUntilSet(firstHere)
    const patient = second?.run('acquireOnce', { name: 'Mutex', words, shared: secondHere, participant: 8 })
    blockUntilSet(secondHere)
    // Both on their way to sleep, if not there: whoever is woken finds itself overtaken by us, again and again.
    for (let overtaken = 0; overtaken < 50; overtaken++) {
      mine.release()
      if (!mine.tryAcquire()) break
    }
    cancellation.cancel()
    // Held by us until it has given up, unless it had the mutex after all.
    if (mine.heldBy === mine.owner) {
      await gaveUp
      mine.release()
    }
    assert.equal(await patient, 'acquired', 'woken by the release, though the one who was woken before it has gone')
    await gaveUp
    assert.equal(mine.heldBy, null)
  }
})

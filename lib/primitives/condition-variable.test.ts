import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { Cancellation } from './cancellation.ts'
import { ConditionVariable } from './condition-variable.ts'
import { CancelledError, NotOwnerError } from './errors.ts'
import { Lock } from './lock.ts'
import { Mutex } from './mutex.ts'
import { ReentrantMutex } from './reentrant-mutex.ts'
import { stressed } from './stress-fixture.ts'
import { TestThreads } from './threads-fixture.ts'

const threads = new TestThreads(8)
after(() => threads[Symbol.asyncDispose]())

describe('ConditionVariable', { timeout: stressed(30_000) }, () => {
  for (const [producers, consumers, capacity] of [
    [1, 1, 1],
    [1, 2, 1],
    [4, 4, 1],
    [3, 5, 7],
  ] as const) {
    test(`passes every item through a buffer of ${capacity} from ${producers} to ${consumers} threads, losing no wake-up to time-outs and cancellations`, async () => {
      const items = stressed(12_000)
      const shared = new Int32Array(new SharedArrayBuffer(12))
      const hallway = {
        mutex: new Mutex().words,
        notEmpty: new ConditionVariable().words,
        notFull: new ConditionVariable().words,
        shared,
        capacity,
        items,
        cancellations: new Int32Array(new SharedArrayBuffer(4 * (threads.all.length + 1))),
      }
      const moved = await Promise.all(
        threads.all.slice(0, producers + consumers).map((thread, index) => {
          const data = { ...hallway, participant: index + 1, seed: index + 1 }
          return thread.run(index < producers ? 'putIn' : 'takeOut', data)
        }),
      )
      const sum = (numbers: number[]): number => numbers.reduce((total, own) => total + own, 0)
      assert.equal(sum(moved.slice(0, producers)), items)
      assert.equal(sum(moved.slice(producers)), items)
      assert.deepEqual(Array.from(shared), [0, items, items])
      assert.equal(new ConditionVariable(hallway.notEmpty).waiting, 0)
    })
  }

  for (const mutex of [new Mutex(), new Lock(), new ReentrantMutex()]) {
    test(`holds the ${mutex.constructor.name} again however its wait ends`, async () => {
      const condition = new ConditionVariable()
      const cancellation = new Cancellation()
      cancellation.cancel()
      mutex.acquire()
      assert.equal(condition.wait(mutex, 1), false)
      assert.equal(await condition.waitAsync(mutex, 1), false)
      assert.throws(() => condition.wait(mutex, 1000, { cancellation }), CancelledError)
      await assert.rejects(condition.waitAsync(mutex, 1000, { signal: AbortSignal.abort() }), CancelledError)
      assert.equal(
        condition.waitFor(mutex, () => false, 1),
        false,
      )
      assert.equal(await condition.waitForAsync(mutex, () => false, 1), false)
      assert.equal(condition.waiting, 0)
      mutex.release()
    })
  }

  test('throws what the mutex throws when it is not held, and counts nobody as waiting', () => {
    const condition = new ConditionVariable()
    assert.throws(() => condition.wait(new Mutex(), 1), NotOwnerError)
    assert.equal(condition.waiting, 0)
  })

  test('remembers no notify that nobody waited for', () => {
    const [mutex, condition] = [new Mutex(), new ConditionVariable()]
    condition.notifyAll()
    mutex.acquire()
    assert.equal(condition.wait(mutex, 1), false)
  })

  test('wakes one, or all, of those who wait', async () => {
    const words = new Mutex().words
    const condition = new ConditionVariable()
    let woken = 0
    const waiters = [1, 2, 3].map(async (owner) => {
      const mutex = new Mutex(words, owner)
      await mutex.acquireAsync()
      await condition.waitAsync(mutex)
      woken++
      mutex.release()
    })
    while (condition.waiting < 3) await new Promise(setImmediate)
    condition.notify()
    await Promise.race(waiters)
    assert.equal(woken, 1)
    condition.notifyAll()
    await Promise.all(waiters)
    assert.equal(woken, 3)
  })

  test('looks at the predicate before waiting at all', async () => {
    const mutex = new Mutex()
    mutex.acquire()
    assert.ok(new ConditionVariable().waitFor(mutex, () => true, 0))
    assert.ok(await new ConditionVariable().waitForAsync(mutex, () => true, 0))
  })
})

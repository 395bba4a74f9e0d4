import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { OverReleaseError } from './errors.ts'
import { BoundedSemaphore, Semaphore } from './semaphore.ts'
import { stressed } from './stress-fixture.ts'
import { TestThreads } from './threads-fixture.ts'

const threads = new TestThreads(8)
after(() => threads[Symbol.asyncDispose]())

for (const [name, Counting] of Object.entries({ Semaphore, BoundedSemaphore })) {
  describe(name, { timeout: stressed(30_000) }, () => {
    test('lets as many in as it has permits', async () => {
      const semaphore = new Counting(3)
      for (let i = 0; i < 3; i++) assert.ok(semaphore.tryAcquire())
      assert.equal(semaphore.permits, 0)
      assert.equal(semaphore.tryAcquire(1), false)
      assert.equal(await semaphore.tryAcquireAsync(1), false)
      semaphore.release(2)
      assert.equal(semaphore.permits, 2)
      assert.ok(semaphore.tryAcquire())
      assert.ok(await semaphore.tryAcquireAsync())
      assert.equal(semaphore.tryAcquire(), false)
    })

    test('never has more inside than permits, under 8 threads whose time-outs race with wake-ups', async () => {
      for (const permits of [1, 2, 3]) {
        const semaphore = new Counting(permits)
        const shared = new Int32Array(new SharedArrayBuffer(4))
        const most = await threads.run(
          'shareSemaphore',
          threads.all.map((_, seed) => ({
            semaphore: semaphore.words,
            shared,
            rounds: stressed(8000),
            seed: seed + 1,
          })),
        )
        assert.ok(Math.max(...most) <= permits)
        assert.equal(semaphore.permits, permits)
      }
    })

    test('wakes as many as were released at once', async () => {
      const semaphore = new Counting(4)
      for (let i = 0; i < 4; i++) semaphore.acquire()
      const waiting = Promise.all([1, 2, 3, 4].map(() => semaphore.acquireAsync()))
      semaphore.release(4)
      await waiting
      assert.equal(semaphore.permits, 0)
    })

    test('refuses a number of permits that it cannot have, and releasing none', () => {
      for (const permits of [-1, 0.5, Number.NaN, 2 ** 31]) assert.throws(() => new Counting(permits), RangeError)
      for (const count of [0, -1, 0.5, Number.NaN]) assert.throws(() => new Counting(1).release(count), RangeError)
    })

    test('gets the permit of a dead holder back when another releases in its stead', () => {
      const semaphore = new Counting(1)
      semaphore.acquire()
      const heir = new Counting(undefined, semaphore.words)
      assert.equal(heir.tryAcquire(1), false)
      heir.release()
      assert.ok(heir.tryAcquire())
    })
  })
}

test('a semaphore grows when it is released by one who never acquired', () => {
  const semaphore = new Semaphore(1)
  semaphore.release()
  assert.equal(semaphore.permits, 2)
})

test('a semaphore refuses to grow beyond what its word can hold', () => {
  const semaphore = new Semaphore(2 ** 31 - 1)
  assert.throws(() => semaphore.release(), OverReleaseError)
  assert.equal(semaphore.permits, 2 ** 31 - 1)
})

test('a bounded semaphore refuses to be released beyond its permits, and stays as it was', () => {
  const semaphore = new BoundedSemaphore(2)
  assert.throws(() => semaphore.release(), { name: 'OverReleaseError' })
  semaphore.acquire()
  assert.throws(() => semaphore.release(2), OverReleaseError)
  assert.equal(semaphore.permits, 1)
  // Opened by another thread it knows the bound all the same.
  const other = new BoundedSemaphore(undefined, semaphore.words)
  other.release()
  assert.throws(() => other.release(), OverReleaseError)
})

test('two semaphores carry a ball to and fro without losing it', { timeout: stressed(30_000) }, async () => {
  const [ping, pong] = [new Semaphore(1), new Semaphore(0)]
  const rounds = stressed(4000)
  await threads.run('pingPong', [
    { mine: ping.words, theirs: pong.words, rounds },
    { mine: pong.words, theirs: ping.words, rounds },
  ])
  assert.deepEqual([ping.permits, pong.permits], [1, 0])
})

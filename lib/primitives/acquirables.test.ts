import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Acquirable } from './acquirable.ts'
import { acquirableContract, MOST_THREADS } from './acquirable-contract.ts'
import { acquirableNames } from './acquirables-fixture.ts'
import { TestThreads } from './threads-fixture.ts'

const threads = new TestThreads(MOST_THREADS)
after(() => threads[Symbol.asyncDispose]())

for (const name of acquirableNames) acquirableContract(name, threads)

/** Comes back from its wait without it, twice. */
class Hesitant extends Acquirable {
  attempts = 0

  tryAcquire(): boolean {
    return ++this.attempts > 2
  }

  async tryAcquireAsync(): Promise<boolean> {
    return this.tryAcquire()
  }

  release(): void {
    this.attempts = 0
  }
}

test('acquire never returns without having acquired', async () => {
  const lock = new Hesitant()
  lock.acquire()
  assert.equal(lock.attempts, 3)
  lock.release()
  await lock.acquireAsync()
  assert.equal(lock.attempts, 3)
})

import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { Cancellation } from './cancellation.ts'
import { CancelledError } from './errors.ts'
import { Event } from './event.ts'
import { createRandom, pauseAtRandom } from './random-pauses-fixture.ts'
import { stressed } from './stress-fixture.ts'
import { TestThreads } from './threads-fixture.ts'

const threads = new TestThreads(4)
after(() => threads[Symbol.asyncDispose]())

describe('Event', { timeout: stressed(30_000) }, () => {
  test('lets through once it is set, until it is cleared', async () => {
    const event = new Event()
    assert.equal(event.isSet, false)
    assert.equal(event.wait(1), false)
    assert.equal(await event.waitAsync(1), false)
    event.set()
    event.set()
    assert.ok(event.isSet)
    assert.ok(event.wait())
    assert.ok(await event.waitAsync(0))
    event.clear()
    event.clear()
    assert.equal(event.isSet, false)
    assert.equal(event.wait(0), false)
  })

  test('lets everyone through who waited when it was set, though it is cleared at once', async () => {
    const event = new Event()
    const waiting = Promise.all([event.waitAsync(), event.waitAsync(), event.waitAsync()])
    event.set()
    event.clear()
    assert.deepEqual(await waiting, [true, true, true])
    assert.equal(event.isSet, false)
  })

  for (const impatient of [false, true]) {
    test(`wakes all of 4 threads in each of many rounds${impatient ? ', whose time-outs race with it being set' : ''}`, async () => {
      const event = new Event()
      const shared = new Int32Array(new SharedArrayBuffer(8))
      const rounds = stressed(500)
      const running = threads.run(
        'awaitEvents',
        threads.all.map((_, i) => ({ event: event.words, shared, rounds, ...(impatient && { seed: i + 1 }) })),
      )
      const random = createRandom(7)
      for (let round = 1; round <= rounds; round++) {
        if (impatient) pauseAtRandom(random)
        event.set()
        const all = round * threads.all.length
        // Whoever missed it would never answer.
        for (let seen = Atomics.load(shared, 0); seen < all; seen = Atomics.load(shared, 0))
          Atomics.wait(shared, 0, seen)
        event.clear()
        Atomics.store(shared, 1, round)
        Atomics.notify(shared, 1)
      }
      const timeouts = (await running).reduce((sum, own) => sum + own, 0)
      assert.equal(shared[0], rounds * threads.all.length)
      if (!impatient) assert.equal(timeouts, 0)
    })
  }

  test('ends its wait when it is cancelled', async () => {
    const cancellation = new Cancellation()
    cancellation.cancel()
    const controller = new AbortController()
    assert.throws(() => new Event().wait(1000, { cancellation }), CancelledError)
    const waiting = new Event().waitAsync(Number.POSITIVE_INFINITY, { signal: controller.signal })
    controller.abort()
    await assert.rejects(waiting, CancelledError)
  })

  test('goes on counting where its word wraps', () => {
    const words = new Int32Array(new SharedArrayBuffer(4)).fill(-1)
    const event = new Event(words)
    assert.ok(event.isSet)
    event.clear()
    assert.equal(event.isSet, false)
    event.set()
    assert.ok(event.wait(0))
  })
})

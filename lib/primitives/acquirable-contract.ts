/**
 * What everything that can be acquired promises, as tests: run over each implementation by acquirables.test.ts. Where it lets
 * several in at once, as readers, "the other" is what it excludes.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  type AcquirableName,
  excludesItself,
  newAcquirableWords,
  openAcquirable,
  openOther,
} from './acquirables-fixture.ts'
import { Cancellation } from './cancellation.ts'
import { CancelledError } from './errors.ts'
import { stressed } from './stress-fixture.ts'
import { reached, TestThread, type TestThreads } from './threads-fixture.ts'

/** Of each implementation, so that over all of them it is millions. */
const TIMES_INSIDE = stressed(200_000)
const TIMES_INSIDE_ASYNC = stressed(60_000)
export const MOST_THREADS = 8

const newShared = (): Int32Array => new Int32Array(new SharedArrayBuffer(12))

export const acquirableContract = (name: AcquirableName, threads: TestThreads): void => {
  describe(name, { timeout: stressed(60_000) }, () => {
    const two = () => {
      const words = newAcquirableWords(name)
      return [openOther(name, words, 1), openAcquirable(name, words, 2), words] as const
    }

    /** Until somebody was inside `times` times. */
    const letLoose = async (
      scenarios: readonly ('contend' | 'contendAsync')[],
      times: number,
      seed: number,
    ): Promise<number> => {
      const words = newAcquirableWords(name)
      const shared = newShared()
      const running = Promise.all(
        scenarios.map((scenario, index) => {
          const data = { name, words, shared, participant: index + 1, seed: seed * 100 + index * 7 + 1, times }
          return threads.all[index]?.run(scenario, data) ?? 0
        }),
      )
      Atomics.store(shared, 1, 1)
      Atomics.notify(shared, 1)
      // Should a wake-up have been lost, a thread sleeps on when nobody releases any more, and this never ends.
      const inside = (await running).reduce((sum, own) => sum + own, 0)
      assert.equal(shared[0], inside)
      assert.ok(openAcquirable(name, words, 99).tryAcquire(), 'it is free afterwards')
      return inside
    }

    // What those see who are let in together is tested where they differ: read-write-lock.test.ts.
    if (excludesItself(name)) {
      test('lets one in at a time and loses no wake-up, with 2 to 8 threads', async (t) => {
        const crews = [2, 8, 3, 4, 2, 6, 4, 8]
        let inside = 0
        for (const [round, count] of crews.entries()) {
          inside += await letLoose(Array(count).fill('contend'), TIMES_INSIDE / crews.length, round + 1)
        }
        assert.ok(inside >= TIMES_INSIDE)
        t.diagnostic(`${inside} times inside`)
      })

      test('does so for tasks of event loops beside threads that block', async (t) => {
        let inside = 0
        for (let round = 1; round <= 3; round++) {
          inside += await letLoose(['contendAsync', 'contend', 'contendAsync'], TIMES_INSIDE_ASYNC / 6, round)
          inside += await letLoose(['contendAsync', 'contendAsync'], TIMES_INSIDE_ASYNC / 6, round + 10)
        }
        assert.ok(inside >= TIMES_INSIDE_ASYNC)
        t.diagnostic(`${inside} times inside`)
      })
    }

    test('gives up when the time is up, and can be had afterwards', async () => {
      const [mine, other] = two()
      mine.acquire()
      for (const timeoutMs of [0, -1, 5]) {
        const from = performance.now()
        assert.equal(other.tryAcquire(timeoutMs), false)
        assert.equal(await other.tryAcquireAsync(timeoutMs), false)
        assert.ok(performance.now() - from >= 2 * timeoutMs)
      }
      mine.release()
      assert.ok(other.tryAcquire(5))
      other.release()
      assert.ok(await mine.tryAcquireAsync())
      mine.release()
    })

    test('refuses a time that is no number', async () => {
      const [mine, other] = two()
      mine.acquire()
      assert.throws(() => other.tryAcquire(Number.NaN), RangeError)
      await assert.rejects(other.tryAcquireAsync(Number.NaN), RangeError)
    })

    test('stands any number of time-outs in a row while it is held', () => {
      const [mine, other] = two()
      mine.acquire()
      for (let i = 0; i < 200; i++) assert.equal(other.tryAcquire(0.01), false)
      mine.release()
      other.acquire()
      other.release()
    })

    test('ends a wait that is cancelled from another thread, having acquired nothing', async () => {
      const [mine, , words] = two()
      const [shared, cancellation] = [newShared(), new Cancellation()]
      mine.acquire()
      const waiting = threads.all[0]?.run('acquireOnce', {
        name,
        words,
        shared,
        participant: 3,
        cancellation: cancellation.words,
      })
      await reached(shared)
      cancellation.cancel()
      assert.equal(await waiting, 'cancelled')
      mine.release()
      assert.ok(mine.tryAcquire())
      mine.release()
    })

    test('ends an awaited wait when its signal is aborted, with the reason as cause', async () => {
      const [mine, other] = two()
      mine.acquire()
      const controller = new AbortController()
      const waiting = other.acquireAsync({ signal: controller.signal })
      const reason = new Error('enough')
      setImmediate(() => controller.abort(reason))
      await assert.rejects(waiting, (error) => error instanceof CancelledError && error.cause === reason)
      await assert.rejects(other.acquireAsync({ signal: AbortSignal.abort() }), CancelledError)
      mine.release()
      assert.ok(other.tryAcquire())
      other.release()
    })

    test('is had after the wait of a thread, and of an event loop', async () => {
      const [mine, other, words] = two()
      const shared = newShared()
      mine.acquire()
      const inThread = threads.all[0]?.run('acquireOnce', { name, words, shared, participant: 3 })
      const here = other.acquireAsync().then(() => other.release())
      await reached(shared)
      mine.release()
      assert.equal(await inThread, 'acquired')
      await here
    })

    test('is released by its guard however the block ends, and once', async () => {
      const [mine, other] = two()
      for (const one of [mine, other]) {
        assert.throws(() => {
          using _ = one.hold()
          throw new Error('out')
        }, /out/)
        {
          using guard = await one.holdAsync()
          guard[Symbol.dispose]()
        }
      }
      assert.ok(mine.tryAcquire())
      mine.release()
    })

    test('stays held when its holder is terminated: others time out', async () => {
      const [mine, , words] = two()
      await using holder = new TestThread()
      const shared = newShared()
      holder.run('holdForEver', { name, words, shared, participant: 3 }).catch(() => undefined)
      await reached(shared)
      await holder.terminate()
      assert.equal(mine.tryAcquire(), false)
      assert.equal(mine.tryAcquire(3), false)
      assert.equal(await mine.tryAcquireAsync(3), false)
    })
  })
}

import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { Barrier } from './barrier.ts'
import { Cancellation } from './cancellation.ts'
import { BrokenBarrierError, CancelledError } from './errors.ts'
import { stressed } from './stress-fixture.ts'
import { TestThreads } from './threads-fixture.ts'

const threads = new TestThreads(8)
after(() => threads[Symbol.asyncDispose]())

describe('Barrier', { timeout: stressed(30_000) }, () => {
  for (const parties of [2, 3, 8]) {
    test(`keeps ${parties} threads in step, its generations wrapping`, async () => {
      const barrier = new Barrier(parties)
      // 1000 generations before the 20 bits wrap.
      barrier.words[0] = -1000 << 12
      const rounds = new Int32Array(new SharedArrayBuffer(4 * parties))
      const astray = await threads.run(
        'meet',
        Array.from({ length: parties }, (_, index) => ({
          barrier: barrier.words,
          rounds,
          index,
          count: stressed(2000),
          seed: index + 1,
        })),
      )
      assert.deepEqual(astray, Array(parties).fill(0))
      assert.equal(barrier.waiting, 0)
    })
  }

  test('never lets one through a round that another found broken, though time-outs race with the last to come', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const barrier = new Barrier(3)
      const passed = await threads.run(
        'meetImpatiently',
        [0, 1, 2].map((index) => ({ barrier: barrier.words, count: 200, seed: seed * 10 + index })),
      )
      assert.equal(new Set(passed).size, 1, `rounds passed: ${passed}`)
    }
  })

  test('gives each the order in which it came', async () => {
    const barrier = new Barrier(3)
    assert.deepEqual(await Promise.all([barrier.waitAsync(), barrier.waitAsync(), barrier.waitAsync()]), [0, 1, 2])
    assert.equal(new Barrier(1).wait(), 0)
  })

  test('is broken by one who gives up, for all who wait and come, until it is reset', async () => {
    const barrier = new Barrier(3)
    const waiting = barrier.waitAsync()
    assert.throws(() => barrier.wait(1), BrokenBarrierError)
    await assert.rejects(waiting, BrokenBarrierError)
    assert.ok(barrier.broken)
    assert.throws(() => barrier.wait(), BrokenBarrierError)
    barrier.reset()
    assert.equal(barrier.broken, false)
    assert.deepEqual(
      (await Promise.all([barrier.waitAsync(), barrier.waitAsync(), barrier.waitAsync()])).toSorted(),
      [0, 1, 2],
    )
  })

  test('is broken by one who is cancelled, and by abort', async () => {
    const cancellation = new Cancellation()
    cancellation.cancel()
    const barrier = new Barrier(2)
    assert.throws(() => barrier.wait(1000, { cancellation }), CancelledError)
    assert.throws(() => barrier.wait(), BrokenBarrierError)
    barrier.reset()
    const controller = new AbortController()
    const aborted = barrier.waitAsync(Number.POSITIVE_INFINITY, { signal: controller.signal })
    controller.abort()
    await assert.rejects(aborted, CancelledError)
    barrier.reset()
    const waiting = barrier.waitAsync()
    barrier.abort()
    await assert.rejects(waiting, BrokenBarrierError)
  })

  test('refuses a number of parties that it cannot have', () => {
    for (const parties of [0, -1, 1.5, 2048]) assert.throws(() => new Barrier(parties), RangeError)
    assert.equal(new Barrier(2047).parties, 2047)
  })
})

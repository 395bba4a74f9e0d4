/**
 * The bounded queue in one thread, at its edges: bytes, lengths and handles, what it refuses, and how its waits end. Every call
 * in every order is bounded-queue-model.test.ts; several threads are bounded-queue-threads.test.ts.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { BoundedQueue } from './bounded-queue.ts'
import { Cancellation } from './cancellation.ts'
import { CancelledError, ClosedError } from './errors.ts'

const newQueue = (capacity: number, messageBytes: number): BoundedQueue =>
  new BoundedQueue(BoundedQueue.allocate({ capacity, messageBytes }))

describe('BoundedQueue', { timeout: 30_000 }, () => {
  test('keeps every bit of a message, whatever it would mean as a number', () => {
    const queue = newQueue(4, 16)
    const signallingNaN = new Uint8Array([1, 0, 0, 0, 0, 0, 0xf4, 0x7f, 0xff, 0xff, 0xff, 0xff, 1, 2, 0xf0, 0xff])
    const into = new Uint8Array(16)
    for (let i = 0; i < 3; i++) {
      queue.push(signallingNaN)
      queue.pop(into)
      assert.deepEqual(into, signallingNaN)
    }
  })

  test('leaves what lies behind the message in the receiving array alone', () => {
    const queue = newQueue(2, 8)
    const into = new Uint8Array(16).fill(7)
    for (let i = 0; i < 3; i++) {
      queue.push(Uint8Array.of(1, 2, 3, 4))
      assert.equal(queue.pop(into), 4)
      assert.deepEqual(Array.from(into), [1, 2, 3, 4, ...Array(12).fill(7)])
    }
  })

  test('sees at once what another handle of the same memory did', () => {
    const one = newQueue(3, 4)
    const two = new BoundedQueue(one.buffer)
    assert.notEqual(one.participant, two.participant)
    one.push(Uint8Array.of(1))
    two.push(Uint8Array.of(2))
    const into = new Uint8Array(4)
    assert.equal(two.pop(into), 1)
    assert.equal(into[0], 1)
    assert.equal(one.size, 1)
    assert.equal(one.pop(into), 1)
    assert.equal(into[0], 2)
  })

  test('refuses what it cannot take', () => {
    for (const capacity of [0, -1, 1.5, 2 ** 20 + 1]) {
      assert.throws(() => BoundedQueue.allocate({ capacity, messageBytes: 4 }), RangeError)
    }
    for (const messageBytes of [-1, 0.5]) {
      assert.throws(() => BoundedQueue.allocate({ capacity: 1, messageBytes }), RangeError)
    }
    const queue = newQueue(2, 4)
    assert.throws(() => queue.tryPush(new Uint8Array(5)), RangeError)
    assert.throws(() => queue.push(new Uint8Array(5), 1), RangeError)
    assert.throws(() => queue.tryPushMany(new Uint8Array(7), 2), RangeError)
    assert.throws(() => queue.pop(new Uint8Array(3)), RangeError)
    assert.throws(() => queue.popMany(new Uint8Array(7), 2), RangeError)
    for (const count of [0, -1, 0.5, Number.NaN]) {
      assert.throws(() => queue.popMany(new Uint8Array(8), count), RangeError)
      assert.throws(() => queue.pushMany(new Uint8Array(8), count), RangeError)
    }
    assert.throws(() => queue.pop(new Uint8Array(4), Number.NaN), RangeError)
    for (const participant of [0, 256, 1.5]) {
      assert.throws(() => new BoundedQueue(queue.buffer, participant), RangeError)
    }
    assert.equal(queue.size, 0)
  })

  test('times out while it is full, and while it is empty', async () => {
    const queue = newQueue(1, 4)
    const message = new Uint8Array(4)
    assert.equal(queue.pop(message, 2), -1)
    assert.equal(await queue.popAsync(message, 2), -1)
    assert.equal(queue.popMany(message, 1, undefined, 2), 0)
    queue.push(message)
    assert.equal(queue.push(message, 2), false)
    assert.equal(await queue.pushAsync(message, 2), false)
    assert.equal(queue.pushMany(message, 1, 2), 0)
  })

  test('tells how many of a batch went in before the time was up', () => {
    const queue = newQueue(3, 4)
    assert.equal(queue.pushMany(new Uint8Array(20), 5, 2), 3)
    const cancellation = new Cancellation()
    cancellation.cancel()
    assert.throws(() => queue.pushMany(new Uint8Array(20), 5, 1000, { cancellation }), CancelledError)
    queue.pop(new Uint8Array(4))
    assert.equal(queue.pushMany(new Uint8Array(20), 5, 1000, { cancellation }), 1)
  })

  test('ends its waits when they are cancelled', async () => {
    const queue = newQueue(1, 4)
    const message = new Uint8Array(4)
    const cancellation = new Cancellation()
    cancellation.cancel()
    assert.throws(() => queue.pop(message, 1000, { cancellation }), CancelledError)
    const controller = new AbortController()
    const popping = queue.popAsync(message, Number.POSITIVE_INFINITY, { signal: controller.signal })
    controller.abort()
    await assert.rejects(popping, CancelledError)
    queue.push(message)
    assert.throws(() => queue.push(message, 1000, { cancellation }), CancelledError)
    await assert.rejects(
      queue.pushAsync(message, Number.POSITIVE_INFINITY, { signal: AbortSignal.abort() }),
      CancelledError,
    )
  })

  test('is emptied after it was closed, and then says so to everyone who waits', async () => {
    const queue = newQueue(2, 4)
    const into = new Uint8Array(4)
    queue.push(Uint8Array.of(1))
    queue.close()
    queue.close()
    assert.throws(() => queue.push(into), ClosedError)
    await assert.rejects(queue.pushAsync(into), ClosedError)
    assert.equal(queue.pop(into), 1)
    assert.throws(() => queue.pop(into), ClosedError)
    await assert.rejects(queue.popAsync(into), ClosedError)
    assert.equal(queue.tryPop(into), -1)

    const [empty, full] = [newQueue(1, 4), newQueue(1, 4)]
    full.push(into)
    const waiting = Promise.allSettled([empty.popAsync(into), full.pushAsync(into)])
    empty.close()
    full.close()
    assert.deepEqual(
      (await waiting).map((end) => end.status === 'rejected' && end.reason instanceof ClosedError),
      [true, true],
    )
  })
})

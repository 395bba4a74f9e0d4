/** The bounded queue in one thread: against a model for every call, round the wrap of its cursors, and at its edges. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { BoundedQueue } from './bounded-queue.ts'
import { Cancellation } from './cancellation.ts'
import { CancelledError, ClosedError } from './errors.ts'
import { stateBeforeWrap } from './queue-state.ts'

const newQueue = (capacity: number, messageBytes: number): BoundedQueue =>
  new BoundedQueue(BoundedQueue.allocate({ capacity, messageBytes }))

/** Both ends so many messages before their counts wrap. */
const startBeforeWrap = (buffer: SharedArrayBuffer, messages: number): void => {
  const words = new Int32Array(buffer, 0, 32)
  // Of each end its own state, and what it saw of the other's.
  for (const index of [0, 2, 16, 18]) words[index] = stateBeforeWrap(messages)
}

type Call =
  | { kind: 'push' | 'pushTimed'; message: Uint8Array; view: boolean }
  | { kind: 'pushMany' | 'pushManyTimed'; messages: Uint8Array[] }
  | { kind: 'pop' | 'popTimed' }
  | { kind: 'popMany' | 'popManyTimed'; count: number }
  | { kind: 'close' }

const callsFor = (messageBytes: number): fc.Arbitrary<Call[]> => {
  const message = fc.uint8Array({ maxLength: messageBytes })
  const whole = fc.uint8Array({ minLength: messageBytes, maxLength: messageBytes })
  const call: fc.Arbitrary<Call> = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({ kind: fc.constantFrom('push', 'pushTimed'), message, view: fc.boolean() }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constantFrom('pushMany', 'pushManyTimed'),
        messages: fc.array(whole, { minLength: 1, maxLength: 12 }),
      }),
    },
    { weight: 8, arbitrary: fc.record({ kind: fc.constantFrom('pop', 'popTimed') }) },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constantFrom('popMany', 'popManyTimed'),
        count: fc.integer({ min: 1, max: 12 }),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ kind: 'close' } as const) },
  )
  return fc.array(call, { maxLength: 60 })
}

const scenario = fc
  .record({
    capacity: fc.integer({ min: 1, max: 9 }),
    messageBytes: fc.oneof(fc.constantFrom(0, 4, 8, 64, 256, 260), fc.integer({ min: 0, max: 70 })),
    beforeWrap: fc.integer({ min: 0, max: 20 }),
  })
  .chain((shape) => callsFor(shape.messageBytes).map((calls) => ({ ...shape, calls })))

/** Does one call on the queue and on the model, and compares. */
const check = (queue: BoundedQueue, model: { inside: Uint8Array[]; closed: boolean }, call: Call): void => {
  const { capacity, messageBytes } = queue
  const free = capacity - model.inside.length
  const into = new Uint8Array(12 * messageBytes)
  switch (call.kind) {
    case 'push':
    case 'pushTimed': {
      // Also as a view into the middle of something, which may begin on no word.
      const message = call.view ? Uint8Array.of(0, ...call.message, 0).subarray(1, -1) : call.message
      const push = () => (call.kind === 'push' ? queue.tryPush(message) : queue.push(message, 0))
      if (model.closed) {
        assert.throws(push, ClosedError)
        return
      }
      assert.equal(push(), free > 0)
      if (free > 0) model.inside.push(message)
      return
    }
    case 'pushMany':
    case 'pushManyTimed': {
      const packed = Uint8Array.from(call.messages.flatMap((message) => Array.from(message)))
      const count = call.messages.length
      const push = () =>
        call.kind === 'pushMany' ? queue.tryPushMany(packed, count) : queue.pushMany(packed, count, 0)
      if (model.closed) {
        assert.throws(push, ClosedError)
        return
      }
      const expected = Math.min(free, count)
      assert.equal(push(), expected)
      model.inside.push(...call.messages.slice(0, expected))
      return
    }
    case 'pop':
    case 'popTimed': {
      const ended = model.closed && model.inside.length === 0
      if (call.kind === 'popTimed' && ended) {
        assert.throws(() => queue.pop(into.subarray(0, messageBytes), 0), ClosedError)
        return
      }
      const target = into.subarray(0, messageBytes)
      const length = call.kind === 'pop' ? queue.tryPop(target) : queue.pop(target, 0)
      const expected = model.inside.shift()
      assert.equal(length, expected?.length ?? -1)
      if (expected) assert.deepEqual(target.subarray(0, length), Uint8Array.from(expected))
      return
    }
    case 'popMany':
    case 'popManyTimed': {
      const lengths = new Int32Array(call.count)
      const ended = model.closed && model.inside.length === 0
      if (call.kind === 'popManyTimed' && ended) {
        assert.throws(() => queue.popMany(into, call.count, lengths, 0), ClosedError)
        return
      }
      const taken =
        call.kind === 'popMany'
          ? queue.tryPopMany(into, call.count, lengths)
          : queue.popMany(into, call.count, lengths, 0)
      const expected = model.inside.splice(0, call.count)
      assert.equal(taken, expected.length)
      for (const [index, message] of expected.entries()) {
        assert.equal(lengths[index], message.length)
        const at = index * messageBytes
        assert.deepEqual(into.subarray(at, at + message.length), Uint8Array.from(message))
      }
      return
    }
    case 'close':
      queue.close()
      model.closed = true
  }
}

describe('BoundedQueue', { timeout: 30_000 }, () => {
  test('does what an array with a limit does, call by call, also where its positions wrap', () => {
    fc.assert(
      fc.property(scenario, ({ capacity, messageBytes, beforeWrap, calls }) => {
        const buffer = BoundedQueue.allocate({ capacity, messageBytes })
        startBeforeWrap(buffer, beforeWrap)
        const queue = new BoundedQueue(buffer)
        const model = { inside: [] as Uint8Array[], closed: false }
        for (const call of calls) {
          check(queue, model, call)
          assert.equal(queue.size, model.inside.length)
          assert.equal(queue.closed, model.closed)
        }
      }),
      { numRuns: 1500 },
    )
  })

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

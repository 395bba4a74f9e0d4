/**
 * The bounded queue against a model, an array with a limit: any calls in any order have the same outcome on both, wherever the
 * counts of its ends stand before they wrap.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { BoundedQueue } from './bounded-queue.ts'
import { ClosedError } from './errors.ts'
import { stateBeforeWrap } from './queue-state.ts'

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
})

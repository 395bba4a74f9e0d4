/** The bounded queue between threads: nothing lost, nothing twice, each producer's order kept, whatever happens to whom. */
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { BoundedQueue } from './bounded-queue.ts'
import { QueueEnd } from './queue-end.ts'
import { stateBeforeWrap } from './queue-state.ts'
import { stressed } from './stress-fixture.ts'
import { reached, TestThread, TestThreads } from './threads-fixture.ts'

const threads = new TestThreads(8)
after(() => threads[Symbol.asyncDispose]())

const MESSAGE_BYTES = 20

/** A byte for each message of each producer: how often it was taken out. */
const newSeen = (producers: number, messages: number): Uint8Array =>
  new Uint8Array(new SharedArrayBuffer(producers * messages))

const tally = (seen: Uint8Array): { none: number; once: number; more: number } => {
  const result = { none: 0, once: 0, more: 0 }
  for (const times of seen) result[times === 0 ? 'none' : times === 1 ? 'once' : 'more']++
  return result
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, own) => total + own, 0)

const thread = (index: number): TestThread => {
  const found = threads.all[index]
  if (!found) throw new RangeError(`no thread ${index}`)
  return found
}

const ENDS = { producers: 0, consumers: QueueEnd.WORDS }

const newWord = (): Int32Array => new Int32Array(new SharedArrayBuffer(4))

describe('BoundedQueue between threads', { timeout: stressed(60_000) }, () => {
  for (const [producers, consumers, capacity] of [
    [1, 1, 1],
    [1, 1, 64],
    [2, 2, 3],
    [4, 4, 1],
    [4, 4, 100],
    [1, 7, 5],
    [7, 1, 5],
  ] as const) {
    test(`passes all on, in each producer's order: ${producers} to ${consumers}, capacity ${capacity}`, async () => {
      const messages = stressed(15_000)
      const buffer = BoundedQueue.allocate({ capacity, messageBytes: MESSAGE_BYTES })
      // Round the wrap of the counts.
      const words = new Int32Array(buffer, 0, 32)
      for (const index of [0, 2, 16, 18]) words[index] = stateBeforeWrap(1000)
      const queue = new BoundedQueue(buffer)
      const seen = newSeen(producers, messages)
      const consuming = Array.from({ length: consumers }, (_, index) => {
        const participant = producers + index + 1
        return thread(producers + index).run('consume', {
          buffer,
          participant,
          seed: participant,
          seen,
          messages,
          producers,
        })
      })
      const produced = await threads.run(
        'produce',
        Array.from({ length: producers }, (_, producer) => ({
          buffer,
          participant: producer + 1,
          seed: producer + 1,
          producer,
          messages,
        })),
      )
      queue.close()
      assert.deepEqual(await Promise.all(consuming), Array(consumers).fill(0))
      assert.deepEqual(produced, Array(producers).fill(messages))
      assert.deepEqual(tally(seen), { none: 0, once: producers * messages, more: 0 })
      assert.equal(queue.size, 0)
    })
  }

  test('delivers exactly those whose push returned when it is closed in the middle', async () => {
    const [producers, consumers, messages] = [3, 3, 1_000_000]
    for (let round = 0; round < 10; round++) {
      const buffer = BoundedQueue.allocate({ capacity: 5, messageBytes: MESSAGE_BYTES })
      const queue = new BoundedQueue(buffer)
      const seen = newSeen(producers, messages)
      const consuming = Array.from({ length: consumers }, (_, index) => {
        const participant = producers + index + 1
        const data = { buffer, participant, seed: round * 10 + participant, seen, messages, producers }
        return thread(producers + index).run('consume', data)
      })
      const producing = threads.run(
        'produce',
        Array.from({ length: producers }, (_, producer) => ({
          buffer,
          participant: producer + 1,
          seed: round * 10 + producer + 1,
          producer,
          messages,
        })),
      )
      while (queue.size === 0) await new Promise(setImmediate)
      queue.close()
      const accepted = sum(await producing)
      await Promise.all(consuming)
      const { once, more } = tally(seen)
      assert.deepEqual({ once, more }, { once: accepted, more: 0 })
    }
  })

  test('passes all on between event loops', async () => {
    const [producers, messages] = [2, 3000]
    const buffer = BoundedQueue.allocate({ capacity: 4, messageBytes: MESSAGE_BYTES })
    const seen = newSeen(producers, messages)
    const consuming = [2, 3].map((index) =>
      thread(index).run('consumeAsync', { buffer, participant: index + 1, seen, messages }),
    )
    await Promise.all(
      [0, 1].map((producer) =>
        thread(producer).run('produceAsync', { buffer, participant: producer + 1, producer, messages }),
      ),
    )
    new BoundedQueue(buffer).close()
    assert.equal(sum(await Promise.all(consuming)), producers * messages)
    assert.deepEqual(tally(seen), { none: 0, once: producers * messages, more: 0 })
  })

  test('loses at most one message for each consumer that is terminated, delivers none twice, and goes on', async () => {
    const [producers, messages, deaths] = [2, 8_000_000, 12]
    const buffer = BoundedQueue.allocate({ capacity: 8, messageBytes: MESSAGE_BYTES })
    const queue = new BoundedQueue(buffer)
    const seen = newSeen(producers, messages)
    const survivor = thread(2).run('consumeGreedily', { buffer, participant: 3, seen, messages })
    const producing = [0, 1].map((producer) =>
      thread(producer).run('produce', { buffer, participant: producer + 1, seed: producer + 1, producer, messages }),
    )
    for (let participant = 10; participant < 10 + deaths; participant++) {
      await using victim = new TestThread()
      const began = newWord()
      victim.run('consumeGreedily', { buffer, participant, seen, messages, began }).catch(() => undefined)
      await reached(began)
      await victim.terminate()
      queue.recover(participant)
    }
    queue.close()
    const accepted = sum(await Promise.all(producing))
    await survivor
    const { once, more } = tally(seen)
    assert.equal(more, 0)
    assert.ok(once <= accepted)
    assert.ok(accepted - once <= deaths, `${accepted - once} lost by ${deaths} deaths`)
  })

  test('goes on when producers are terminated, with exactly what they had put in', async () => {
    const [messages, deaths] = [1_000_000, 8]
    const buffer = BoundedQueue.allocate({ capacity: 8, messageBytes: MESSAGE_BYTES })
    const queue = new BoundedQueue(buffer)
    const seen = newSeen(deaths, messages)
    const consuming = [0, 1].map((index) =>
      thread(index).run('consume', {
        buffer,
        participant: index + 1,
        seed: index + 1,
        seen,
        messages,
        producers: deaths,
      }),
    )
    for (let producer = 0; producer < deaths; producer++) {
      const participant = 10 + producer
      await using victim = new TestThread()
      const began = newWord()
      victim
        .run('produce', { buffer, participant, seed: participant, producer, messages, began })
        .catch(() => undefined)
      await reached(began)
      await victim.terminate()
      queue.recover(participant)
    }
    queue.close()
    assert.deepEqual(await Promise.all(consuming), [0, 0])
    assert.equal(tally(seen).more, 0)
    // Without gaps: what a producer put in before its death is a run from its first message on.
    for (let producer = 0; producer < deaths; producer++) {
      const own = seen.subarray(producer * messages, (producer + 1) * messages)
      const until = own.indexOf(0)
      assert.ok(own.subarray(until).every((times) => times === 0))
    }
  })

  for (const [end, participant] of [
    ['producers', 5],
    ['consumers', 6],
  ] as const) {
    test(`times out behind one who died among its ${end}, and goes on after recovery`, async () => {
      const buffer = BoundedQueue.allocate({ capacity: 2, messageBytes: 4 })
      const queue = new BoundedQueue(buffer, 1)
      const message = Uint8Array.of(1, 2, 3, 4)
      const into = new Uint8Array(4)
      queue.push(message)
      // What a thread leaves behind that dies inside.
      const words = new Int32Array(buffer, 0, 32)
      const other = end === 'producers' ? ENDS.consumers : ENDS.producers
      assert.ok(new QueueEnd(words, ENDS[end], other, participant).enter(Number.POSITIVE_INFINITY))
      const attempt = (timeoutMs: number) =>
        end === 'producers' ? queue.push(message, timeoutMs) : queue.pop(into, timeoutMs) >= 0
      const attemptAsync = async (timeoutMs: number) =>
        end === 'producers' ? queue.pushAsync(message, timeoutMs) : (await queue.popAsync(into, timeoutMs)) >= 0
      assert.equal(attempt(3), false)
      assert.equal(await attemptAsync(3), false)
      assert.equal(queue.recover(99), false)
      const waiting = attemptAsync(Number.POSITIVE_INFINITY)
      // The event loop turns while it waits for the dead.
      await new Promise(setImmediate)
      assert.equal(queue.recover(participant), true)
      assert.equal(await waiting, true)
      assert.equal(queue.recover(participant), false)
      assert.equal(queue.size, end === 'producers' ? 2 : 0)
    })
  }
})

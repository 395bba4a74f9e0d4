/** Producers and consumers of one bounded queue. A message is [producer, number], padded to any length. */
import { BoundedQueue } from './bounded-queue.ts'
import { Cancellation } from './cancellation.ts'
import { sayBegun } from './contention-scenarios-fixture.ts'
import { CancelledError, ClosedError } from './errors.ts'
import { createRandom, pauseAtRandom } from './random-pauses-fixture.ts'

export interface QueueUser {
  buffer: SharedArrayBuffer
  participant: number
  seed: number
  /** [0] becomes 1 when this thread's first message went in or came out. */
  began?: Int32Array
}

const MOST = 7
const FIELDS = 8

const neverInTime = new Cancellation()
neverInTime.cancel()

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** One way or another, 0 or more. @returns how many went in */
const pushSome = (queue: BoundedQueue, batch: Uint8Array, count: number, random: () => number): number => {
  const one = batch.subarray(0, FIELDS + Math.floor(random() * (queue.messageBytes - FIELDS + 1)))
  const way = random()
  if (way < 0.2) return Number(queue.tryPush(one))
  if (way < 0.3) return Number(queue.push(one, random() * 0.3))
  if (way < 0.4) return queue.tryPushMany(batch, count)
  if (way < 0.5) return queue.pushMany(batch, count, random() * 0.3)
  if (way < 0.55) return queue.pushMany(batch, count)
  if (way > 0.95) return Number(queue.push(one, Number.POSITIVE_INFINITY, { cancellation: neverInTime }))
  return Number(queue.push(one))
}

/** @returns how many were taken */
const popSome = (queue: BoundedQueue, into: Uint8Array, random: () => number): number => {
  const way = random()
  if (way < 0.2) return Number(queue.tryPop(into) >= 0)
  if (way < 0.3) return Number(queue.pop(into, random() * 0.3) >= 0)
  if (way < 0.4) return queue.tryPopMany(into, 1 + Math.floor(random() * MOST))
  if (way < 0.5) return queue.popMany(into, MOST, undefined, random() * 0.3)
  if (way < 0.6) return queue.popMany(into, MOST)
  if (way > 0.95) return Number(queue.pop(into, Number.POSITIVE_INFINITY, { cancellation: neverInTime }) >= 0)
  return Number(queue.pop(into) >= 0)
}

/** Ends quietly with the queue. */
const untilClosed = (work: () => boolean): void => {
  for (;;) {
    try {
      if (!work()) return
    } catch (error) {
      if (error instanceof ClosedError) return
      if (!(error instanceof CancelledError)) throw error
    }
  }
}

const count = (seen: Uint8Array, producer: number, number: number, most: number): void => {
  Atomics.add(seen, producer * most + number, 1)
}

export const queueScenarios = {
  /** Pushes `messages` messages, or until the queue is closed. @returns how many went in */
  produce({
    buffer,
    participant,
    seed,
    producer,
    messages,
    began,
  }: QueueUser & { producer: number; messages: number }): number {
    const queue = new BoundedQueue(buffer, participant)
    const random = createRandom(seed)
    const batch = new Uint8Array(MOST * queue.messageBytes)
    let done = 0
    untilClosed(() => {
      pauseAtRandom(random)
      const most = Math.min(MOST, messages - done)
      for (let i = 0; i < most; i++) {
        view(batch).setInt32(i * queue.messageBytes, producer)
        view(batch).setInt32(i * queue.messageBytes + 4, done + i)
      }
      const before = done
      done += pushSome(queue, batch, most, random)
      if (before === 0 && done > 0) sayBegun(began)
      return done < messages
    })
    return done
  },

  /**
   * Takes until the queue is closed and empty, counting each message in `seen[producer × messages + number]`.
   * @returns how often a producer's messages came out of order
   */
  consume({
    buffer,
    participant,
    seed,
    seen,
    messages,
    producers,
  }: QueueUser & { seen: Uint8Array; messages: number; producers: number }): number {
    const queue = new BoundedQueue(buffer, participant)
    const random = createRandom(seed)
    const into = new Uint8Array(MOST * queue.messageBytes)
    const last = new Int32Array(producers).fill(-1)
    let disordered = 0
    untilClosed(() => {
      pauseAtRandom(random)
      const taken = popSome(queue, into, random)
      for (let i = 0; i < taken; i++) {
        const producer = view(into).getInt32(i * queue.messageBytes)
        const number = view(into).getInt32(i * queue.messageBytes + 4)
        if (number <= (last[producer] as number)) disordered++
        last[producer] = number
        count(seen, producer, number, messages)
      }
      return true
    })
    return disordered
  },

  /** As `consume`, one by one, made to be terminated: so that it mostly is inside, it does nothing between. */
  consumeGreedily({
    buffer,
    participant,
    seen,
    messages,
    began,
  }: Omit<QueueUser, 'seed'> & { seen: Uint8Array; messages: number }) {
    const queue = new BoundedQueue(buffer, participant)
    let taken = 0
    const into = new Uint8Array(queue.messageBytes)
    untilClosed(() => {
      queue.pop(into)
      if (++taken === 1) sayBegun(began)
      count(seen, view(into).getInt32(0), view(into).getInt32(4), messages)
      return true
    })
  },

  /** As tasks of an event loop. @returns how many of them came */
  async consumeAsync({
    buffer,
    participant,
    seen,
    messages,
  }: Omit<QueueUser, 'seed'> & { seen: Uint8Array; messages: number }) {
    const queue = new BoundedQueue(buffer, participant)
    let taken = 0
    const task = async (): Promise<void> => {
      const into = new Uint8Array(queue.messageBytes)
      try {
        for (;;) {
          await queue.popAsync(into)
          taken++
          count(seen, view(into).getInt32(0), view(into).getInt32(4), messages)
        }
      } catch (error) {
        if (!(error instanceof ClosedError)) throw error
      }
    }
    await Promise.all([task(), task(), task()])
    return taken
  },

  async produceAsync({
    buffer,
    participant,
    producer,
    messages,
  }: Omit<QueueUser, 'seed'> & { producer: number; messages: number }) {
    const queue = new BoundedQueue(buffer, participant)
    let next = 0
    const task = async (): Promise<void> => {
      const message = new Uint8Array(queue.messageBytes)
      while (next < messages) {
        view(message).setInt32(0, producer)
        view(message).setInt32(4, next++)
        await queue.pushAsync(message)
      }
    }
    await Promise.all([task(), task(), task()])
    return messages
  },
}

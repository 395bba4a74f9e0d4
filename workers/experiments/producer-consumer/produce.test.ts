/** What a producer does where the queue is full, with a queue that fills and empties at exact moments. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Cancellation } from '#lib/primitives/cancellation.ts'
import { SpanRecorder } from '../../threads/span-recorder.ts'
import type { QueueInput } from './party.ts'
import { produce } from './produce.ts'
import { createProducerMemory, madeIn } from './producer-memory.ts'

const inputOf = (room: number[]): QueueInput => ({
  // What there is room for at each call.
  offer: (_, __, count) => Math.min(count, room.shift() ?? 0),
  offerWaiting: () => 0,
  dropOldest: (count) => {
    room.unshift(count)
    return { dropped: count, sojournUs: 0 }
  },
  depth: () => 0,
  [Symbol.asyncDispose]: async () => undefined,
})

const made = async (room: number[]) => {
  const memory = createProducerMemory(0, 10)
  await produce({
    producer: 0,
    messages: 10,
    startUs: 0,
    overflow: 'drop-oldest',
    queue: inputOf(room),
    memory,
    spans: new SpanRecorder(memory.spans),
    nowUs: () => 1,
    cancellation: new Cancellation(),
  })
  return { entered: madeIn(memory, 'entered'), dropped: madeIn(memory, 'dropped') }
}

test('drops nothing where room was made between two calls', async () => {
  assert.deepEqual(await made([4, 6]), { entered: 10, dropped: 0 })
})

test('drops no more of the oldest than it needs the room', async () => {
  assert.deepEqual(await made([4, 2]), { entered: 10, dropped: 4 })
})

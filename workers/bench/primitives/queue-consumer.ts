/**
 * The consuming thread of the queue figure. Told how and how many, it takes that many messages, and answers with the sum of
 * their numbers, so that the bench can see that all have come.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { BoundedQueue } from '#lib/primitives/bounded-queue.ts'
import { BATCH, MESSAGE_BYTES, type QueueBenchData, type QueueOrder, WORDS } from './queue-message.ts'

const { buffer, port } = workerData as QueueBenchData
const queue = new BoundedQueue(buffer)
const bytes = new Uint8Array(BATCH * MESSAGE_BYTES)
const numbers = new Int32Array(bytes.buffer)

const pop = (count: number): number => {
  let sum = 0
  for (let i = 0; i < count; i++) {
    queue.pop(bytes)
    sum = (sum + (numbers[0] as number)) | 0
  }
  return sum
}

const popMany = (count: number): number => {
  let sum = 0
  for (let done = 0; done < count; ) {
    const taken = queue.popMany(bytes, Math.min(BATCH, count - done))
    for (let i = 0; i < taken; i++) sum = (sum + (numbers[i * WORDS] as number)) | 0
    done += taken
  }
  return sum
}

/** Each post carries one message, or a batch of them in one array. */
const receive = (count: number, answer: (sum: number) => void): void => {
  let sum = 0
  let done = 0
  const take = (posted: Uint8Array<ArrayBuffer>): void => {
    const view = new Int32Array(posted.buffer)
    for (let i = 0; i < view.length; i += WORDS) {
      sum = (sum + (view[i] as number)) | 0
      done++
    }
    if (done < count) return
    port.off('message', take)
    answer(sum)
  }
  port.on('message', take)
}

parentPort?.on('message', ({ how, count }: QueueOrder) => {
  const answer = (sum: number): void => parentPort?.postMessage(sum)
  if (how === 'pop') answer(pop(count))
  else if (how === 'popMany') answer(popMany(count))
  else receive(count, answer)
})

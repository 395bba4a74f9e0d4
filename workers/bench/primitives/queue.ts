/** Messages of 64 bytes from one thread to another: the bounded queue, one by one and in batches, against MessageChannel. */
import { once } from 'node:events'
import { MessageChannel, Worker } from 'node:worker_threads'
import { BoundedQueue } from '#lib/primitives/bounded-queue.ts'
import type { Figure, FigureRow } from '../figure.ts'
import { interleaved, ratio } from '../interleaved.ts'
import { BATCH, MESSAGE_BYTES, type QueueBenchData, type QueueOrder, WORDS } from './queue-message.ts'

const CAPACITY = 1024
const MESSAGES = 64 * 8000
/** Fewer through MessageChannel, which takes dozens of times as long; its time is scaled. */
const POSTED = 64 * 400

const MESSAGE_CHANNEL = 'MessageChannel, one message a post'
const TRANSFERRED = `MessageChannel, ${BATCH} in one transferred array`
const ONE_BY_ONE = 'push, pop'
const BATCHED = `pushMany, popMany of ${BATCH}`

const sumBelow = (count: number): number => Number(BigInt.asIntN(32, (BigInt(count) * BigInt(count - 1)) / 2n))

const queueFigure: Figure = {
  name: 'queue',
  run: async (options) => {
    const buffer = BoundedQueue.allocate({ capacity: CAPACITY, messageBytes: MESSAGE_BYTES })
    const { port1, port2 } = new MessageChannel()
    const workerData: QueueBenchData = { buffer, port: port2 }
    const worker = new Worker(new URL('queue-consumer.ts', import.meta.url), { workerData, transferList: [port2] })
    const queue = new BoundedQueue(buffer)
    const bytes = new Uint8Array(BATCH * MESSAGE_BYTES)
    const numbers = new Int32Array(bytes.buffer)
    const message = bytes.subarray(0, MESSAGE_BYTES)

    /** Milliseconds until `count` messages have arrived, all of them. */
    const exchange = async (how: QueueOrder['how'], count: number, send: () => void): Promise<number> => {
      const from = performance.now()
      worker.postMessage({ how, count } satisfies QueueOrder)
      send()
      const [sum] = await once(worker, 'message')
      if (sum !== sumBelow(count)) throw new Error(`${how}: the sum of ${count} messages is ${sum}`)
      return performance.now() - from
    }
    const numberBatch = (first: number): void => {
      for (let i = 0; i < BATCH; i++) numbers[i * WORDS] = first + i
    }

    try {
      const samples = await interleaved(
        {
          [ONE_BY_ONE]: () =>
            exchange('pop', MESSAGES, () => {
              for (let i = 0; i < MESSAGES; i++) {
                numbers[0] = i
                queue.push(message)
              }
            }),
          [BATCHED]: () =>
            exchange('popMany', MESSAGES, () => {
              for (let i = 0; i < MESSAGES; i += BATCH) {
                numberBatch(i)
                queue.pushMany(bytes, BATCH)
              }
            }),
          [MESSAGE_CHANNEL]: async () => {
            const ms = await exchange('receive', POSTED, () => {
              for (let i = 0; i < POSTED; i++) {
                const own = new Int32Array(WORDS)
                own[0] = i
                port1.postMessage(new Uint8Array(own.buffer))
              }
            })
            return (ms * MESSAGES) / POSTED
          },
          [TRANSFERRED]: async () => {
            const ms = await exchange('receive', POSTED, () => {
              for (let i = 0; i < POSTED; i += BATCH) {
                numberBatch(i)
                const own = bytes.slice()
                port1.postMessage(own, [own.buffer])
              }
            })
            return (ms * MESSAGES) / POSTED
          },
        },
        options,
      )
      const row = (name: string): FigureRow => ({
        figure: `queue between threads, 64-byte messages, ${name}: throughput ÷ ${MESSAGE_CHANNEL}`,
        ours: ratio(samples, MESSAGE_CHANNEL, name),
        peers: [{ name: TRANSFERRED, estimate: ratio(samples, MESSAGE_CHANNEL, TRANSFERRED) }],
        target: { atLeast: 46 },
      })
      return [row(ONE_BY_ONE), row(BATCHED)]
    } finally {
      port1.close()
      await worker.terminate()
    }
  },
}

export const queueFigures: Figure[] = [queueFigure]

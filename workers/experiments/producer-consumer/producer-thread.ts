/** The program of a producer's thread. */
import { once } from 'node:events'
import { parentPort, threadId, workerData } from 'node:worker_threads'
import { BoundedQueue } from '#lib/primitives/bounded-queue.ts'
import { Cancellation } from '#lib/primitives/cancellation.ts'
import { CancelledError } from '#lib/primitives/errors.ts'
import { SpanRecorder } from '../../threads/span-recorder.ts'
import { createThreadClock } from '../../threads/thread-clock.ts'
import type { FromParty, ProduceMessage, ProducerData } from './flow-messages.ts'
import { openQueueInput } from './open-places.ts'
import { produce } from './produce.ts'
import { failureMessage } from './tell-failure.ts'

if (parentPort === null) throw new Error('producer-thread.ts is started as a worker thread')
const port = parentPort
// Trusted: written by flow-threads.ts.
const { settings, memory, cancellation: words, queueBuffer, participant } = workerData as ProducerData
const cancellation = new Cancellation(words)
const nowUs = createThreadClock(settings.originNs)
const tell = (message: FromParty): void => port.postMessage(message)

const run = async (): Promise<void> => {
  try {
    const memoryQueue = queueBuffer === null ? null : new BoundedQueue(queueBuffer, participant)
    const told = once(port, 'message')
    await using queue = await openQueueInput(settings, { nowUs, cancellation, memoryQueue })
    tell({ type: 'ready', atUs: nowUs(), pid: process.pid, tid: threadId })
    const [{ startUs, messages }] = (await told) as [ProduceMessage]
    const { producer, overflow } = settings
    const spans = new SpanRecorder(memory.spans)
    await produce({ producer, messages, startUs, overflow, queue, memory, spans, nowUs, cancellation })
    tell({ type: 'done' })
  } catch (error) {
    tell(error instanceof CancelledError ? { type: 'done' } : failureMessage(error))
  } finally {
    port.close()
  }
}

await run()

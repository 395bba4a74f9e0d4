/** The program of a consumer's thread. */
import { parentPort, threadId, workerData } from 'node:worker_threads'
import { BoundedQueue } from '#lib/primitives/bounded-queue.ts'
import { Cancellation } from '#lib/primitives/cancellation.ts'
import { CancelledError } from '#lib/primitives/errors.ts'
import { createThreadClock } from '../../threads/thread-clock.ts'
import { consume } from './consume.ts'
import { AT, WHERE } from './consumer-memory.ts'
import type { ConsumerData, FromParty } from './flow-messages.ts'
import { openDatabase, openQueueOutput } from './open-places.ts'
import { failureMessage } from './tell-failure.ts'

if (parentPort === null) throw new Error('consumer-thread.ts is started as a worker thread')
const port = parentPort
// Trusted: written by flow-threads.ts.
const { settings, memory, cancellation: words, queueBuffer, participant } = workerData as ConsumerData
const cancellation = new Cancellation(words)
const nowUs = createThreadClock(settings.originNs)
const tell = (message: FromParty): void => port.postMessage(message)

const stop = async (): Promise<void> => {
  Atomics.store(memory.state, AT, WHERE.stopped)
  // Until it is terminated. Nothing of what it holds is given back.
  while (!cancellation.cancelled) Atomics.wait(memory.state, AT, WHERE.stopped, 1_000)
}

const run = async (): Promise<void> => {
  try {
    const memoryQueue = queueBuffer === null ? null : new BoundedQueue(queueBuffer, participant)
    const around = { nowUs, cancellation, memoryQueue }
    await using queue = await openQueueOutput(settings, around)
    await using database = await openDatabase(settings, around)
    tell({ type: 'ready', atUs: nowUs(), pid: process.pid, tid: threadId })
    const cancelled = () => cancellation.cancelled
    await consume({ settings, queue, database, memory, nowUs, cancelled, breathe: () => null, stop })
    tell({ type: 'done' })
  } catch (error) {
    tell(error instanceof CancelledError ? { type: 'done' } : failureMessage(error))
  } finally {
    port.close()
  }
}

await run()

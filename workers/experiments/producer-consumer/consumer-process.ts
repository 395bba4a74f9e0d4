/**
 * The program of a consumer's process: told who it is as its first argument, begins at 'go', tells what it did every 50 ms and before
 * it ends. It ends with the process that started it.
 */
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises'
import { Cancellation } from '#lib/primitives/cancellation.ts'
import { createThreadClock } from '../../threads/thread-clock.ts'
import { consume } from './consume.ts'
import { AT, createConsumerMemory, ORDER, ORDERS, WHERE } from './consumer-memory.ts'
import { ConsumerReporter } from './consumer-reporter.ts'
import type { FromConsumerProcess, ToConsumerProcess } from './flow-messages.ts'
import { openDatabase, openQueueOutput } from './open-places.ts'
import type { ConsumerSettings } from './party.ts'
import { failureMessage } from './tell-failure.ts'

const REPORT_EVERY_US = 50_000
const STOPPED_LOOK_MS = 20

// Trusted: written by consumer-link.ts.
const given = JSON.parse(process.argv[2] ?? '') as ConsumerSettings & { originNs: string; samples: number }
const settings: ConsumerSettings = { ...given, originNs: BigInt(given.originNs) }
const memory = createConsumerMemory(settings.batchSize, given.samples, settings.spanCapacity)
const nowUs = createThreadClock(settings.originNs)
const cancellation = new Cancellation()
const reporter = new ConsumerReporter(memory)

/** Resolves when the message is with the system: after that this process may be killed. */
const tell = (message: FromConsumerProcess): Promise<void> =>
  new Promise((resolve) => {
    if (process.connected) process.send?.(message, undefined, {}, () => resolve())
    else resolve()
  })

let reportedUs = 0
const breathe = async (): Promise<void> => {
  await turn()
  if (nowUs() - reportedUs < REPORT_EVERY_US) return
  reportedUs = nowUs()
  await tell(reporter.report())
}

const stop = async (): Promise<void> => {
  Atomics.store(memory.state, AT, WHERE.stopped)
  await tell(reporter.report())
  await tell({ type: 'stopped' })
  // Its event loop goes on, or it wouldn't notice that whoever should kill it is gone.
  while (!cancellation.cancelled) await pause(STOPPED_LOOK_MS)
}

const run = async (): Promise<void> => {
  try {
    const around = { nowUs, cancellation, memoryQueue: null }
    await using queue = await openQueueOutput(settings, around)
    await using database = await openDatabase(settings, around)
    const go = new Promise<void>((resolve) => {
      process.on('message', (message: ToConsumerProcess) => {
        if (message.type === 'go') resolve()
        else if (message.type === 'end') cancellation.cancel()
        else Atomics.store(memory.state, ORDER, ORDERS[message.moment])
      })
    })
    await tell({ type: 'ready', atUs: nowUs(), pid: process.pid, tid: 0 })
    await go
    await consume({ settings, queue, database, memory, nowUs, cancelled: () => cancellation.cancelled, breathe, stop })
    await tell(reporter.report())
    await tell({ type: 'done' })
  } catch (error) {
    await tell(reporter.report())
    await tell(failureMessage(error))
  } finally {
    if (process.connected) process.disconnect?.()
  }
}

process.on('disconnect', () => {
  // Whoever started it is gone, or told it everything: nothing may be left to keep it alive.
  cancellation.cancel()
  setTimeout(() => process.exit(0), 500).unref()
})
await run()
process.exit(0)

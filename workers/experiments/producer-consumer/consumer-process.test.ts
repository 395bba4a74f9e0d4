/** The program of a consumer's process, started as a flow starts it: what it tells, and that it ends with who started it. */
import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { AT, createConsumerMemory, WHERE } from './consumer-memory.ts'
import { ConsumerReporter, takeReport } from './consumer-reporter.ts'
import type { FromConsumerProcess, ToConsumerProcess } from './flow-messages.ts'
import { keyOf, MESSAGE_WORDS, writeMessage } from './message.ts'
import { createMessageTable } from './sqlite-database.ts'
import { createQueueTable, SqliteQueueInput } from './sqlite-queue.ts'

/** One listener all the time: two messages may come at once. */
const told = (child: ChildProcess, type: FromConsumerProcess['type']): Promise<void> =>
  new Promise((resolve) => {
    child.on('message', (message: FromConsumerProcess) => message.type === type && resolve())
  })

/** A process that has opened queue and database, and messages in the queue for it. */
const startConsumer = async (t: TestContext): Promise<ChildProcess> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'interleave-consumer-'))
  const places = {
    queue: { kind: 'sqlite', file: path.join(folder, 'queue.sqlite') },
    database: { kind: 'sqlite', file: path.join(folder, 'messages.sqlite') },
    durability: 'normal',
    lockTimeoutMs: 5_000,
    slowTurnsMs: 0,
  } as const
  const common = { durability: 'normal', lockTimeoutMs: 5_000 } as const
  createQueueTable({ ...common, file: places.queue.file })
  createMessageTable({ ...common, file: places.database.file })
  {
    await using input = new SqliteQueueInput({ ...common, file: places.queue.file, cancelled: () => false }, 10)
    const words = new Int32Array(MESSAGE_WORDS * 4)
    for (let i = 0; i < 4; i++) writeMessage(words, i, keyOf(0, i), 1)
    input.offer(words, 0, 4)
  }
  const settings = { consumer: 0, originNs: '0', places, batchSize: 4, writeLatencyMs: 0, sampleEvery: 1 }
  const child = fork(
    path.join(import.meta.dirname, 'consumer-process.ts'),
    [JSON.stringify({ ...settings, spanCapacity: 10, samples: 10 })],
    { serialization: 'advanced', execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  )
  t.after(() => {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, maxRetries: 3 })
  })
  await told(child, 'ready')
  return child
}

const send = (child: ChildProcess, message: ToConsumerProcess): void => void child.send(message)

test('one that stopped to be killed ends when nobody is left to kill it', { timeout: 30_000 }, async (t) => {
  const child = await startConsumer(t)
  const stopped = told(child, 'stopped')
  send(child, { type: 'stop-at', moment: 'mid-batch' })
  send(child, { type: 'go' })
  await stopped
  const ended = once(child, 'exit')
  child.disconnect()
  assert.deepEqual(await ended, [0, null])
})

test('a report tells where the consumer is, so that the one that has a batch in hand is found', () => {
  const [there, here] = [createConsumerMemory(1, 1, 1), createConsumerMemory(1, 1, 1)]
  Atomics.store(there.state, AT, WHERE.holding)
  takeReport(here, new ConsumerReporter(there).report())
  assert.equal(Atomics.load(here.state, AT), WHERE.holding)
})

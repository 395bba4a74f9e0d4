/** A worker whose claims are played by the test: when it looks for calls, and when it says that it found nothing more. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Claim, Claims } from './claims.ts'
import { squareTask } from './contract-tasks.ts'
import type { FromWorker } from './protocol.ts'
import { TaskLoop } from './task-loop.ts'

const claimOf = (index: number): Claim => ({
  batch: 1,
  index,
  task: { module: squareTask.module, name: squareTask.name },
  args: index,
  skipped: false,
  cancellable: false,
  cancelled: () => false,
  ended: () => undefined,
})

/** What happens, in order: a call is claimed, nothing is found, results are handed over, it says that it is idle. */
const startLoop = (inFlight: number) => {
  const waiting: Claim[] = []
  const log: string[] = []
  const claims: Claims<null> = {
    add: () => undefined,
    next: () => {
      const claim = waiting.shift() ?? null
      log.push(claim ? `claims ${claim.index}` : 'finds nothing')
      return claim
    },
  }
  const idle: PromiseWithResolvers<void>[] = []
  const post = (message: FromWorker): void => {
    if (message.type !== 'results') return
    for (const value of message.values) log.push(`tells ${String(value)}`)
    if (message.idle === null) return
    log.push(`is idle, having heard of ${message.idle}`)
    idle[message.idle]?.resolve()
  }
  const loop = new TaskLoop({ worker: 0, inFlight, originNs: 0n, trace: false }, claims, post)
  return {
    log,
    layOut: (...indices: number[]) => waiting.push(...indices.map(claimOf)),
    tell: async (told: number): Promise<void> => {
      const saidIdle = Promise.withResolvers<void>()
      idle[told] = saidIdle
      await loop.receive({ type: 'work', told, handout: null })
      await saidIdle.promise
    },
  }
}

test('once it has said that it is idle it doesn’t look for calls until it is told again', {
  timeout: 10_000,
}, async () => {
  for (const inFlight of [1, 3]) {
    const { log, layOut, tell } = startLoop(inFlight)
    // The first time the task's module is loaded, so its line goes on later; then lines end at once.
    for (const told of [1, 2, 3]) {
      layOut(told * 10, told * 10 + 1)
      await tell(told)
      assert.match(log.at(-1) ?? '', new RegExp(`is idle, having heard of ${told}`), log.join('; '))
      assert.equal(log.filter((entry) => entry.startsWith('is idle')).length, 1, log.join('; '))
      assert.deepEqual(
        log.filter((entry) => entry.startsWith('tells')).sort(),
        [told * 10, told * 10 + 1].map((index) => `tells ${index ** 2}`),
      )
      // Work for others: it must not be this worker that takes it.
      layOut(99)
      await new Promise((resolve) => setImmediate(resolve))
      assert.ok(!log.includes('claims 99'))
      log.length = 0
      await tell(3 + told)
      assert.ok(log.includes('claims 99'), 'told, it looks')
      log.length = 0
    }
  }
})

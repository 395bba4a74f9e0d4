/** How many tasks are in execution at once: as many as there are workers, or as are engaged of them. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { type ContractSubject, codeOf, until } from './contract-subject-fixture.ts'
import * as tasks from './contract-tasks.ts'
import { createExecutor } from './create-executor.ts'

export const concurrencyContract = ({ strategy, test, gate }: ContractSubject): void => {
  test('has as many tasks in execution at once as it has workers, and no more', async (executor) => {
    const goOn = gate()
    const calls = Array.from({ length: 12 }, () => ({ reached: gate(), goOn }))
    const running = executor.map(tasks.waitForFileTask, calls)
    // They wait for each other: were fewer in execution at once, this would never come.
    await until(() => calls.filter(({ reached: file }) => existsSync(file)).length >= executor.workers)
    await tasks.note({ file: goOn, text: 'x' })
    const outcomes = await running
    assert.deepEqual(new Set(outcomes.map(codeOf)), new Set(['ok']))
    const moments = outcomes.flatMap(({ report }) => [
      { atUs: report.startedUs, change: 1 },
      { atUs: report.finishedUs, change: -1 },
    ])
    let now = 0
    let most = 0
    for (const { change } of moments.sort((a, b) => a.atUs - b.atUs || a.change - b.change)) {
      now += change
      most = Math.max(most, now)
    }
    assert.equal(most, executor.workers)
  })

  test('engages only as many threads or processes as it is told, also in place of one that died', async () => {
    await using own = createExecutor(strategy, { workers: 2 })
    await own.start()
    const lanesOf = async (): Promise<number> => {
      const outcomes = await own.map(tasks.spinTask, new Array<number>(40).fill(1000))
      assert.deepEqual(new Set(outcomes.map(codeOf)), new Set(['ok']))
      return new Set(outcomes.map(({ report }) => report.lane)).size
    }
    assert.throws(() => own.engage(0), RangeError)
    assert.throws(() => own.engage(3), RangeError)
    own.engage(1)
    assert.equal(await lanesOf(), 1)
    assert.equal(codeOf(await own.submit(tasks.exitingTask, 1)), 'worker-died')
    assert.equal(await lanesOf(), 1)
    if (strategy !== 'threads' && strategy !== 'processes') return
    own.engage(2)
    assert.ok((await lanesOf()) <= 2)
    own.engage(1)
    await own.settled()
    assert.equal(await lanesOf(), 1)
  })
}

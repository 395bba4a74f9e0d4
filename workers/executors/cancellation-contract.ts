/**
 * A call that is cancelled: before it is submitted, while it waits, in the middle of its execution, and many at once.
 * Whatever the task does, its outcome is 'cancelled', and the executor works on.
 */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { type ContractSubject, codeOf, until } from './contract-subject-fixture.ts'
import * as tasks from './contract-tasks.ts'

export const cancellationContract = ({ strategy, test, gate, reached, works }: ContractSubject): void => {
  test('never starts a task that was cancelled before it was submitted', async (executor) => {
    const file = gate()
    const signal = AbortSignal.abort()
    const one = await executor.submit(tasks.noteTask, { file, text: 'x' }, { signal })
    const many = await executor.map(tasks.noteTask, [{ file, text: 'x' }], { signal })
    assert.deepEqual([codeOf(one), ...many.map(codeOf)], ['cancelled', 'cancelled'])
    assert.equal(one.report.startedUs, 0)
    assert.equal(existsSync(file), false)
  })

  test('never starts a task that is cancelled while it waits for a worker', async (executor) => {
    const blockers = Array.from({ length: executor.workers }, () => ({ reached: gate() }))
    const release = new AbortController()
    const blocked = executor.map(tasks.politeLoopTask, blockers, { signal: release.signal })
    // A loop on an event loop keeps the others from it: there only the first runs.
    await until(
      () =>
        blockers.filter(({ reached: file }) => existsSync(file)).length ===
        (strategy === 'async' ? 1 : blockers.length),
    )
    const file = gate()
    const waiting = new AbortController()
    const outcome = executor.submit(tasks.noteTask, { file, text: 'x' }, { signal: waiting.signal })
    waiting.abort()
    // It has its outcome while the workers are still busy.
    assert.equal(codeOf(await outcome), 'cancelled')
    release.abort()
    assert.deepEqual(
      (await blocked).map(codeOf),
      blockers.map(() => 'cancelled'),
    )
    await works()
    assert.equal(existsSync(file), false)
  })

  for (const [how, task] of [
    ['in a computation that looks whether it is cancelled', tasks.politeLoopTask],
    ['in a computation that never looks', tasks.stubbornLoopTask],
    ['in waiting for I/O', tasks.waitingTask],
  ] as const) {
    test(`cancels a task ${how}, and works on`, async (executor) => {
      const file = gate()
      const controller = new AbortController()
      const lanesBefore = executor.lanes().length
      const running = executor.submit<tasks.Loop, unknown>(task, { reached: file }, { signal: controller.signal })
      await reached(file)
      controller.abort()
      const outcome = await running
      assert.equal(codeOf(outcome), 'cancelled')
      assert.ok(outcome.report.startedUs > 0 && outcome.report.finishedUs >= outcome.report.startedUs)
      await works()
      if (task !== tasks.stubbornLoopTask) assert.equal(executor.lanes().length, lanesBefore, 'nobody had to be ended')
    })
  }

  test('cancels a map in the middle: what has ended stays ended, the rest is cancelled', async (executor) => {
    const controller = new AbortController()
    // The first three find their gate open, the others would wait for ever.
    const [open, closed] = [gate(), gate()]
    await tasks.note({ file: open, text: 'x' })
    const args = Array.from({ length: 200 }, (_, index) => ({ reached: gate(), goOn: index < 3 ? open : closed }))
    const outcomes = await executor.map(tasks.waitForFileTask, args, {
      signal: controller.signal,
      onProgress: (finished) => {
        if (finished >= 3) controller.abort()
      },
    })
    const codes = outcomes.map(codeOf)
    assert.deepEqual(
      codes,
      args.map((_, index) => (index < 3 ? 'ok' : 'cancelled')),
    )
    await works()
  })
}

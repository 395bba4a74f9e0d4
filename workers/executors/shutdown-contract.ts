/** An executor that is shut down: what was promised is done, what runs is ended if it is to be, and nothing is left behind. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe } from 'node:test'
import { type ContractSubject, codeOf, until } from './contract-subject-fixture.ts'
import * as tasks from './contract-tasks.ts'
import { createExecutor } from './create-executor.ts'
import type { Executor, TaskOutcome } from './executor.ts'

export const shutdownContract = ({ strategy, test, gate, reached }: ContractSubject): void => {
  describe('that is shut down', () => {
    /** Stricter than whether they run: a process that ended and was not collected remains, too. */
    const remains = (pids: readonly number[]): number[] =>
      pids.filter((pid) => {
        try {
          return process.kill(pid, 0)
        } catch {
          // ESRCH: no such process, which is what is wanted.
          return false
        }
      })
    const handles = (): string => {
      const kinds = process.getActiveResourcesInfo().filter((kind) => kind !== 'Timeout')
      return kinds.sort().join()
    }
    const nothingRemains = (own: Executor): void => {
      const pids = own.lanes().flatMap(({ pid }) => (pid === null || pid === process.pid ? [] : [pid]))
      assert.deepEqual(remains(pids), [])
    }

    test('executes the largest first, waits for what was submitted, and leaves nothing', async () => {
      const file = gate()
      const handlesBefore = handles()
      const own = createExecutor(strategy, { workers: 1 })
      const pending = own.map(
        tasks.noteTask,
        ['a', 'b', 'c', 'd'].map((text) => ({ file, text })),
        { sizes: [2, 4, 1, 3] },
      )
      await own.shutdown()
      assert.deepEqual((await pending).map(codeOf), ['ok', 'ok', 'ok', 'ok'])
      assert.equal(readFileSync(file, 'utf8'), 'bdac')
      nothingRemains(own)
      // A handle is closed in the turn of the event loop after its end was told.
      await until(() => handles() === handlesBefore)
      const late = await own.submit(tasks.squareTask, 1)
      assert.equal(codeOf(late), 'shut-down')
      assert.deepEqual((await own.map(tasks.squareTask, [1, 2])).map(codeOf), ['shut-down', 'shut-down'])
      await own.shutdown()
    })

    test('cancels what has not started, if told so, and waits for what has', async () => {
      const own = createExecutor(strategy, { workers: 1 })
      const running = { reached: gate(), goOn: gate() }
      const first = own.submit(tasks.waitForFileTask, running)
      await reached(running.reached)
      const rest = own.map(tasks.squareTask, [1, 2, 3])
      const ended = own.shutdown({ cancelPending: true })
      assert.deepEqual((await rest).map(codeOf), ['cancelled', 'cancelled', 'cancelled'])
      await tasks.note({ file: running.goOn, text: 'x' })
      await ended
      assert.deepEqual((await first).ok, true)
      nothingRemains(own)
    })

    test('ends what runs when its scope is left', async () => {
      const file = gate()
      const disposed = gate()
      let running: Promise<TaskOutcome<never>>
      {
        await using own = createExecutor(strategy, { workers: 1 })
        const [kept] = await own.map(tasks.withResourceTask, [disposed])
        assert.ok(kept?.ok)
        running = own.submit(tasks.stubbornLoopTask, { reached: file })
        await reached(file)
      }
      assert.equal(codeOf(await running), 'cancelled')
    })

    test('disposes what its tasks kept in their worker', async () => {
      const file = gate()
      const own = createExecutor(strategy, { workers: 1 })
      const outcomes = await own.map(tasks.withResourceTask, [file, file])
      assert.deepEqual(
        outcomes.map((outcome) => outcome.ok && outcome.value),
        [1, 2],
      )
      await own.shutdown()
      assert.equal(readFileSync(file, 'utf8'), 'd')
    })

    test('was never started: it has nothing to end', async () => {
      const own = createExecutor(strategy, { workers: 1 })
      assert.deepEqual(await own.map(tasks.squareTask, []), [])
      await own.shutdown()
      assert.deepEqual(own.lanes(), [])
    })
  })
}

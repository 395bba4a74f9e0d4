/** What is reported of a call: when, where and by whom it was executed, and its spans; nothing when it is not to trace. */
import assert from 'node:assert/strict'
import type { ContractSubject } from './contract-subject-fixture.ts'
import * as tasks from './contract-tasks.ts'
import { createExecutor } from './create-executor.ts'

export const reportsContract = ({ strategy, inThreads, test }: ContractSubject): void => {
  test('executes outside the caller’s thread and reports when, where and by whom', async (executor) => {
    const outcomes = await executor.map(tasks.spinTask, [1000, 500, 1000, 500])
    for (const { report } of outcomes) {
      assert.ok(report.submittedUs <= report.startedUs, 'submitted before it started')
      assert.ok(report.finishedUs - report.startedUs >= 500, 'as long as the task saw the clock go')
      assert.ok(report.worker >= 0 && report.worker < executor.workers)
      const lane = executor.lanes().find(({ id }) => id === report.lane)
      assert.ok(lane, 'its lane is known')
      assert.deepEqual([lane.pid, lane.tid], [report.pid, report.tid])
      if (inThreads) assert.ok(report.pid === process.pid && report.tid !== 0)
      else assert.notEqual(report.pid, process.pid)
      assert.equal(report.cpuUs === null, strategy === 'async')
    }
    for (const { lane, startUs, durationUs } of executor.startups()) {
      assert.ok(executor.lanes().some(({ id }) => id === lane) && startUs >= 0 && durationUs > 0)
    }
  })

  test('brings back the spans of a task, as many as are kept, and the number of the others', async (executor) => {
    const outcome = await executor.submit(tasks.withSpansTask, 12_000)
    const { spans, spansOmitted, startedUs, finishedUs } = outcome.report
    assert.deepEqual([spans.length, spansOmitted], [10_000, 2000])
    assert.deepEqual([spans[0]?.kind, spans[1]?.kind, spans[1]?.name], ['cpu', 'wait', 'step'])
    assert.ok(spans[0] && spans[0].startUs >= startedUs && spans[0].startUs <= finishedUs)
    assert.deepEqual((await executor.submit(tasks.squareTask, 2)).report.spans, [])
  })

  test('knows neither reports nor spans when it is not to trace', async () => {
    await using own = createExecutor(strategy, { workers: 1, trace: false })
    const outcome = await own.submit(tasks.withSpansTask, 3)
    assert.ok(outcome.ok)
    assert.deepEqual([outcome.report.spans, outcome.report.startedUs, outcome.report.cpuUs], [[], 0, null])
  })
}

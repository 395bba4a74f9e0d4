import assert from 'node:assert/strict'
import { test } from 'node:test'
import { spanSchema } from '#lib/contract/trace.ts'
import { pauseTask, squareTask, withSpansTask } from './contract-tasks.ts'
import { createExecutor } from './create-executor.ts'
import { spansOf, startupSpansOf } from './spans-of.ts'

test('calls that overlap on one event loop are told apart, those of a thread nest', async () => {
  for (const strategy of ['async', 'threads'] as const) {
    await using executor = createExecutor(strategy, { workers: 3 })
    await executor.start()
    const outcomes = [
      ...(await executor.map(pauseTask, [3, 3, 3])),
      ...(await executor.map(withSpansTask, [2])),
      await executor.submit(squareTask, 2, { signal: AbortSignal.abort() }),
    ]
    const spans = spansOf(executor, outcomes, { name: (index) => `call ${index + 1}`, kind: 'io', round: 2 })
    assert.deepEqual(
      spans.map(({ name, kind }) => `${name} ${kind}`),
      ['call 1 io', 'call 2 io', 'call 3 io', 'call 4 io', 'step cpu', 'step wait'],
      'the cancelled call never ran',
    )
    const lanes = new Set(executor.lanes().map(({ id }) => id))
    for (const span of [...spans, ...startupSpansOf(executor)]) {
      spanSchema.parse(span)
      assert.ok(lanes.has(span.lane))
    }
    const ids = spans.flatMap(({ overlapId }) => overlapId ?? [])
    assert.equal(new Set(ids).size, strategy === 'async' ? spans.length : 0)
    assert.equal(startupSpansOf(executor).length, strategy === 'async' ? 1 : 3)
  }
})

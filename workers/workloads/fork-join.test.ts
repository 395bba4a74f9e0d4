import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { createExecutor } from '../executors/create-executor.ts'
import { defineTask } from '../executors/executor.ts'
import { forkJoin, memoryOf } from './fork-join.ts'
import { type Cut, type Joined, NO_INPUT, type Workload } from './workload.ts'

/** Doubles; one that is negative fails. */
export const double = (value: number): number => {
  if (value < 0) throw new RangeError(`${value} is negative`)
  return 2 * value
}
export const joinAll = ({ parts, end }: { parts: number[]; end: string }): Joined => {
  if (end === 'fails') throw new Error('the join failed')
  return { checksum: parts.join() + end, artefact: null }
}

const workload = (values: number[], end = '.'): Workload<number, number, { end: string }> => ({
  id: 'doubling',
  kind: 'cpu',
  cut: (): Cut<number, number, { end: string }> => ({
    task: defineTask<number, number>(import.meta.url, 'double'),
    argsList: values,
    sizes: values,
    joinTask: defineTask<{ parts: number[]; end: string }, Joined>(import.meta.url, 'joinAll'),
    joinArgs: { end },
    copiedBytes: { toWorkers: 0, fromWorkers: 0 },
  }),
})

describe('fork and join', { timeout: 60_000 }, () => {
  const executor = createExecutor('threads', { workers: 2 })
  after(() => executor.shutdown())
  const cut = { size: 'small', tasks: 1, seed: 1, memory: 'shared', input: NO_INPUT } as const
  const run = (own: Workload<number, number, { end: string }>, more: object = {}) => {
    const { signal } = new AbortController()
    return forkJoin(executor, own, { cut, round: 3, signal, nowUs: () => 0, ...more })
  }

  it('joins the parts in the order of the tasks, whatever the order of execution', async () => {
    const outcome = await run(workload([1, 5, 3]))
    assert.ok(outcome.ok)
    const { joined, reports, spans } = outcome.value
    assert.equal(joined.checksum, '2,10,6.')
    assert.equal(reports.length, 3)
    assert.deepEqual(spans.map(({ name }) => name).sort(), ['doubling 1', 'doubling 2', 'doubling 3', 'join'])
  })

  it('tells which task failed, or that it was the join', async () => {
    const failed = await run(workload([1, -5, 3]))
    assert.ok(!failed.ok)
    assert.deepEqual([failed.task, failed.error.message], [1, '-5 is negative'])
    const unjoined = await run(workload([1], 'fails'))
    assert.ok(!unjoined.ok)
    assert.deepEqual([unjoined.task, unjoined.error.message], ['join', 'the join failed'])
  })

  it('does not count what is done between the tasks and the join', async () => {
    // A clock that goes on by 1 ms whenever it is read, and by 100 ms where the caller does something in between.
    let nowMs = 0
    let heard = 0
    const outcome = await run(workload([1, 2]), {
      nowUs: () => ++nowMs * 1000,
      onMapped: async (reports: unknown[]) => {
        heard = reports.length
        nowMs += 100
      },
    })
    assert.ok(outcome.ok)
    assert.equal(heard, 2)
    const { startMs, mappedMs, joinedMs, elapsedMs } = outcome.value
    assert.ok(startMs < mappedMs && mappedMs < joinedMs)
    assert.equal(elapsedMs, joinedMs - startMs)
    assert.ok(elapsedMs < 10, `${elapsedMs} ms`)
  })

  it('takes only processes for having a memory of their own', () => {
    assert.equal(memoryOf({ strategy: 'processes' }), 'copied')
    for (const strategy of ['sequential', 'async', 'threads'] as const) assert.equal(memoryOf({ strategy }), 'shared')
  })
})

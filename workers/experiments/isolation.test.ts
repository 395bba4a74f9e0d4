/** The execution of isolation with real threads and processes that really die: invariants, no milliseconds. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { describe, it } from 'node:test'
import { spanSchema } from '#lib/contract/trace.ts'
import { isolation, isolationResultSchema } from '#lib/experiments/isolation.ts'
import { processTree } from '#lib/runs/process-tree.ts'
import { crashOne } from './isolation/crash-one.ts'
import { handler } from './isolation.ts'
import { recordRun } from './record-run-fixture.ts'

const parse = (params: object) => isolation.params.parse({ rounds: 1, warmup: 0, ...params })

/** Those that were killed are gone from the tree; those that see their channel close end by themselves, a moment later. */
const onlyThisProcess = async (before: readonly number[]): Promise<void> => {
  while ((await processTree(process.pid)).some((pid) => !before.includes(pid))) {
    await new Promise((resolve) => setImmediate(resolve))
  }
}

describe('isolation', { timeout: 60_000 }, () => {
  it('counts: atomics keep everything, whoever has a copy counts alone, and measures every cost', async () => {
    const before = await processTree(process.pid)
    using run = recordRun(parse({ workers: 3, increments: 20_000 }))
    const { memory, crash, cost, sharedMemoryToProcess } = isolationResultSchema.parse(await handler(run.context))
    assert.equal(memory.threadsAtomic.actual, 60_000)
    // How much is lost is chance; that nothing is invented is not.
    assert.ok(memory.threads.actual >= 1 && memory.threads.actual <= 60_000)
    assert.equal(memory.threads.actual, Math.min(...memory.threads.tries))
    for (const own of [memory.processes, memory.threadsOrdinary]) {
      assert.equal(own.actual, 0)
      assert.deepEqual(own.perWorker, [20_000, 20_000, 20_000])
    }
    assert.match(sharedMemoryToProcess ?? '', /SharedArrayBuffer/)
    assert.equal(crash.threads.survivors, 2)
    assert.equal(crash.processes.survivors, 2)
    for (const kind of [cost.threads, cost.processes, cost.exec]) {
      assert.ok(kind.startupMs > 0)
      assert.ok(kind.messageMicros > 0)
    }
    const known = new Set(run.lanes.map(({ id }) => id))
    for (const span of run.spans) {
      spanSchema.parse(span)
      assert.ok(known.has(span.lane), span.lane)
    }
    await onlyThisProcess(before)
  })

  it('loses the whole host to a thread that aborts, and one process to a process that does, without a core dump', async () => {
    using run = recordRun(parse({ workers: 2, crash: 'abort' }))
    const threads = await crashOne(run.context, 'threads')
    assert.equal(threads.hostAlive, false)
    assert.equal(threads.survivors, 0)
    assert.equal(threads.hostEnd, 'SIGABRT')
    const processes = await crashOne(run.context, 'processes')
    assert.equal(processes.hostAlive, true)
    assert.deepEqual(
      processes.workers.map(({ alive }) => alive),
      [false, true],
    )
    assert.equal(processes.crashed?.signal, 'SIGABRT')
    assert.deepEqual(readdirSync(run.context.folder), [])
  })

  for (const crash of ['throw', 'exit', 'none'] as const) {
    it(`keeps the host alive in both kinds when the crash is "${crash}"`, async () => {
      using run = recordRun(parse({ workers: 2, crash }))
      for (const kind of ['threads', 'processes'] as const) {
        const outcome = await crashOne(run.context, kind)
        assert.equal(outcome.hostAlive, true)
        assert.equal(outcome.survivors, crash === 'none' ? 2 : 1)
        assert.equal(outcome.crashed?.code ?? null, { throw: 1, exit: 7, none: null }[crash])
        assert.equal(outcome.noticedMs === null, crash === 'none')
      }
    })
  }

  for (const part of ['count-plain', 'processes']) {
    it(`stops while it measures ${part}, and leaves no process`, async () => {
      const before = await processTree(process.pid)
      using run = recordRun(parse({ increments: 1_000, rounds: 6 }), ({ values }) => {
        if (values?.key === part) setImmediate(() => run.cancel())
      })
      await assert.rejects(handler(run.context), /cancelled by the test/)
      await onlyThisProcess(before)
    })
  }
})

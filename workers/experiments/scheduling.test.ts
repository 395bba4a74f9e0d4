/** The execution of scheduling with real event loops, threads and processes, on small figures: invariants, no milliseconds. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { spanSchema } from '#lib/contract/trace.ts'
import { scheduling, schedulingResultSchema } from '#lib/experiments/scheduling.ts'
import { SCHEDULING_KINDS } from '#lib/experiments/scheduling-kinds.ts'
import { processTree } from '#lib/runs/process-tree.ts'
import { recordRun } from './record-run-fixture.ts'
import { handler } from './scheduling.ts'

const SMALL = { longMs: 40, shortEveryMs: 5, shortMs: 0.5, sliceMs: 4, durationMs: 130, rounds: 2, warmup: 0 }

describe('scheduling', { timeout: 60_000 }, () => {
  it('answers every scheduled request under every kind, and holds some up where the loop never yields', async () => {
    using run = recordRun(scheduling.params.parse(SMALL))
    const result = schedulingResultSchema.parse(await handler(run.context))
    assert.deepEqual(
      result.kinds.map(({ kind }) => kind),
      [...SCHEDULING_KINDS],
    )
    for (const kind of result.kinds) {
      assert.equal(kind.scheduled, result.stretches.count * result.stretches.shorts)
      assert.equal(kind.completed, kind.scheduled)
      assert.equal(
        kind.histogram.reduce((sum, { count }) => sum + count, 0),
        kind.scheduled,
      )
      const { p50, p95, p99, max } = kind.latencyMs
      assert.ok(p50 > 0 && p50 <= p95 && p95 <= p99 && p99 <= max)
      assert.equal(kind.long.samplesMs.length, result.stretches.count)
    }
    const never = result.kinds.find(({ kind }) => kind === 'cooperative')
    assert.ok(never && never.heldUp.requests > 0)
    assert.ok(never.heldUp.longestMs <= never.longestWaitMs && never.longestWaitMs <= never.latencyMs.max)
    assert.equal(result.comparison.baseline, 'cooperative')
    // The same work by everybody: the handler refuses anything else.
    assert.equal(new Set(result.comparison.entries.map(({ checksum }) => checksum)).size, 1)
  })

  it('draws the long computation as one span where it never yields and as several where it does, and every wait from its schedule', async () => {
    using run = recordRun(
      scheduling.params.parse({ ...SMALL, kinds: ['cooperative', 'cooperative-yielding'], rounds: 1 }),
    )
    const { stretches } = await handler(run.context)
    const known = new Set(run.lanes.map(({ id }) => id))
    for (const span of run.spans) {
      spanSchema.parse(span)
      assert.ok(known.has(span.lane), span.lane)
    }
    const longs = (lane: string) => run.spans.filter((span) => span.lane === lane && span.name === 'long').length
    assert.equal(longs('cooperative/event-loop-1'), 1)
    assert.ok(longs('cooperative-yielding/event-loop-1') > 1)
    const waits = run.spans.filter(({ lane, kind }) => lane === 'cooperative/queue-1' && kind === 'wait')
    assert.equal(waits.length, stretches.shorts)
    const starts = waits.map(({ start }) => start).sort((a, b) => a - b)
    for (const [i, start] of starts.entries()) {
      assert.ok(
        i === 0 || Math.abs(start - (starts[i - 1] ?? 0) - SMALL.shortEveryMs * 1000) < 1,
        'evenly, as scheduled',
      )
    }
    // Nobody is left waiting.
    for (const { values } of run.counters) assert.equal(values.at(-1), 0)
    // On one lane one thing at a time.
    const onLoop = run.spans
      .filter(({ lane, kind }) => lane === 'cooperative-yielding/event-loop-1' && kind === 'cpu')
      .sort((a, b) => a.start - b.start)
    for (const [i, span] of onLoop.entries()) {
      const before = onLoop[i - 1]
      assert.ok(!before || before.start + before.duration <= span.start + 1)
    }
  })

  it('stops in the middle of a long computation and leaves no process', async () => {
    const before = await processTree(process.pid)
    using run = recordRun(
      scheduling.params.parse({ longMs: 5_000, durationMs: 60_000, kinds: ['cooperative', 'multiprocess'], warmup: 0 }),
      ({ label }) => {
        if (label === 'measuring') setImmediate(() => run.cancel())
      },
    )
    await assert.rejects(handler(run.context), /cancelled by the test/)
    assert.deepEqual(await processTree(process.pid), before)
  })
})

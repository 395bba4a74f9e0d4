import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Sample } from '../../lib/contract/run-event.ts'
import type { CounterSeries } from '../../lib/contract/trace.ts'
import { flowSoFar, locksSoFar, strategiesSoFar } from './dashboard-pictures.ts'

const sample = (key: string, round: number, elapsedMs: number): Sample => ({ key, round, elapsedMs })

describe('the picture of the strategies, while they are measured', () => {
  it('has a bar for each that has a counted round, beside the sequential one', () => {
    const bars = strategiesSoFar(
      [sample('sequential', -1, 999), sample('sequential', 0, 100), sample('threads', 0, 50)],
      ['sequential', 'async', 'threads'],
    )
    assert.deepEqual(
      bars.map(({ key, medianMs, speedup }) => ({ key, medianMs, speedup: speedup && Math.round(speedup) })),
      [
        { key: 'sequential', medianMs: 100, speedup: null },
        { key: 'threads', medianMs: 50, speedup: 2 },
      ],
    )
  })

  it('is empty before the first counted round', () => {
    assert.deepEqual(strategiesSoFar([sample('sequential', -1, 1)], ['sequential']), [])
  })
})

describe('the picture of the locks, while they are measured', () => {
  it('is made of the median time of a thousand acquisitions, warm-up left out', () => {
    const samples = [sample('mutex', -1, 50), sample('mutex', 0, 2), sample('mutex', 1, 4), sample('mutex', 2, 100)]
    assert.deepEqual(locksSoFar(samples, ['ticket', 'mutex']), [{ key: 'mutex', perSecond: 250_000, time: null }])
  })
})

describe('the picture of the queue, while it fills and drains', () => {
  const counter = (name: string, times: number[], values: number[]): CounterSeries => ({
    id: name,
    group: 'queue',
    name,
    unit: 'messages',
    times,
    values,
  })

  it('counts from the first look at the queue', () => {
    const flow = flowSoFar([counter('queue-depth', [9_000, 10_000], [0, 5]), counter('rate-in', [10_000], [400])], 50)
    assert.deepEqual(flow, {
      depth: { atMs: [0, 1], values: [0, 5] },
      in: { atMs: [1], values: [400] },
      out: { atMs: [], values: [] },
      capacity: 50,
    })
  })

  it('is none before there was a look', () => {
    assert.equal(flowSoFar([counter('rate-in', [1], [1])], 50), null)
  })
})

/** Figures of a kind, by hand. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { figuresOf, histogramEdges, type MeasuredStretch } from './kind-figures.ts'

/** The long computation goes on from 1 ms to 5 ms; requests are due at 0, 2, 4 and 6 ms and take 0.5 ms each. */
const blocked: MeasuredStretch = {
  scheduledUs: [0, 2_000, 4_000, 6_000],
  startedUs: Float64Array.of(0, 5_000, 5_500, 6_000),
  finishedUs: Float64Array.of(500, 5_500, 6_000, 6_500),
  long: { scheduledUs: 900, startedUs: 1_000, finishedUs: 5_000 },
  generatorLateUs: 30,
  usages: [
    {
      lane: 'x/1',
      role: 'both',
      usage: { cpuUs: 6_000, waitingForCoreUs: 200, contextSwitches: { voluntary: 3, involuntary: 1 } },
    },
  ],
}

describe('figures of a kind', () => {
  const edges = histogramEdges([blocked])
  const figures = figuresOf('cooperative', [blocked, blocked], edges)

  it('count latency from the scheduled arrival, not from the start', () => {
    assert.deepEqual(figures.latencyMs, { p50: 0.5, p95: 3.5, p99: 3.5, max: 3.5 })
    assert.equal(figures.scheduled, 8)
    assert.equal(figures.completed, 8)
  })

  it('tell who was held up by the long computation, and the longest wait', () => {
    assert.deepEqual(figures.heldUp, { requests: 4, longestMs: 3 })
    assert.equal(figures.longestWaitMs, 3)
    assert.deepEqual(figures.long.samplesMs, [4.1, 4.1])
  })

  it('have every latency in the histogram, between powers of ten', () => {
    assert.equal(
      figures.histogram.reduce((sum, { count }) => sum + count, 0),
      8,
    )
    assert.equal(edges[0], 0.1)
    assert.equal(edges.at(-1), 10)
  })

  it('add up switches over stretches, and know nothing where one stretch knows nothing', () => {
    assert.deepEqual(figures.contextSwitches, { voluntary: 6, involuntary: 2 })
    assert.equal(figures.waitingForCoreMs, 0.4)
    const usage = { cpuUs: 1, waitingForCoreUs: null, contextSwitches: null }
    const untold = figuresOf(
      'cooperative',
      [blocked, { ...blocked, usages: [{ lane: 'x/1', role: 'both', usage }] }],
      edges,
    )
    assert.equal(untold.contextSwitches, null)
    assert.equal(untold.waitingForCoreMs, null)
    assert.equal(untold.lanes[0]?.contextSwitches, null)
  })
})

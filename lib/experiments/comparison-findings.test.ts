/** What any comparison is said to show of its model and its start-up, and that noise is not taken for a difference. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { buildComparison, type Measured } from './comparison.ts'
import { modelFinding, startupFinding } from './comparison-findings.ts'

const measured = (key: string, samplesMs: readonly number[], more: Partial<Measured> = {}): Measured => ({
  key,
  samplesMs,
  startupMs: 0,
  cpuMs: 1,
  ...more,
})
const entriesOf = (...list: Measured[]) => buildComparison({ seed: 1, warmup: 0, measured: list }).entries

const QUIET = [100, 100.5, 101, 100.2, 100.7, 100.9]
/** Its interval is the range: from 60 to 300. */
const WILD = [60, 100, 110, 120, 200, 300]

describe('the finding about the model', () => {
  it('is that it agrees, where no median is further than 15% from it', () => {
    const entries = entriesOf(measured('async', QUIET, { modelMs: 95 }), measured('threads', QUIET, { modelMs: 90 }))
    assert.deepEqual(modelFinding(entries), [{ code: 'model-agrees', values: { percent: 12 } }])
  })

  it('names who was slower or faster, where the model lies outside the interval', () => {
    assert.deepEqual(modelFinding(entriesOf(measured('threads', QUIET, { modelMs: 50 }))), [
      { code: 'slower-than-model', values: { strategy: 'threads', percent: 101, ms: 101, modelMs: 50 } },
    ])
    assert.deepEqual(modelFinding(entriesOf(measured('threads', QUIET, { modelMs: 200 }))), [
      { code: 'faster-than-model', values: { strategy: 'threads', percent: 50, ms: 101, modelMs: 200 } },
    ])
  })

  it('is silent where the interval reaches over the model, however far the median is from it', () => {
    assert.deepEqual(modelFinding(entriesOf(measured('threads', WILD, { modelMs: 70 }))), [])
  })

  it('passes over what is within noise to the next that is not', () => {
    const entries = entriesOf(measured('threads', WILD, { modelMs: 62 }), measured('processes', QUIET, { modelMs: 80 }))
    assert.equal(modelFinding(entries)[0]?.values.strategy, 'processes')
  })

  it('is silent with too few rounds for an interval, and without a model', () => {
    assert.deepEqual(modelFinding(entriesOf(measured('threads', QUIET.slice(0, 5), { modelMs: 50 }))), [])
    assert.deepEqual(modelFinding(entriesOf(measured('threads', QUIET))), [])
  })
})

describe('the finding about the start', () => {
  it('is said of whoever pays most for it, in rounds, from one round on', () => {
    const entries = entriesOf(
      measured('threads', QUIET, { startupMs: 150 }),
      measured('processes', QUIET, { startupMs: 251 }),
    )
    assert.deepEqual(startupFinding(entries), [
      { code: 'startup-outweighs', values: { strategy: 'processes', startupMs: 251, searches: 2.5 } },
    ])
    assert.deepEqual(startupFinding(entriesOf(measured('threads', QUIET, { startupMs: 99 }))), [])
  })
})

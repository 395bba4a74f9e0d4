/** What stands beside a bar on a phone never makes a result of noise. */
import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Entry, Verdict } from '../../lib/contract/comparison.ts'
import { buildComparison } from '../../lib/experiments/comparison.ts'
import { shortSpeedup } from './speedup-text.ts'

const quantity = { times: (value: number) => `${value}×` }

const entryWith = (value: number, verdict: Verdict): Entry => {
  const [entry] = buildComparison({
    seed: 1,
    warmup: 0,
    measured: [{ key: 'threads', samplesMs: [1], startupMs: 0, cpuMs: 0 }],
  }).entries
  if (!entry) return assert.fail('no entry')
  return { ...entry, speedup: { value, ci95: null, verdict } }
}

it('is a bare number only where there is a verdict for it', () => {
  assert.equal(shortSpeedup(entryWith(2, 'faster'), 'sequential', quantity), '2×')
  assert.equal(shortSpeedup(entryWith(0.5, 'slower'), 'sequential', quantity), '0.5×')
  assert.equal(shortSpeedup(entryWith(0.82, 'no-detectable-difference'), 'sequential', quantity), '≈')
  assert.equal(shortSpeedup(entryWith(0.82, 'too-few-rounds'), 'sequential', quantity), '0.82×?')
})

it('is nothing beside the baseline', () => {
  assert.equal(shortSpeedup(entryWith(1, 'no-detectable-difference'), 'threads', quantity), '')
})

/** What is said of two interleaved set-ups: a verdict only where there was something to compare. */
import assert from 'node:assert/strict'
import test from 'node:test'
import type { PairResult } from './pair.ts'
import { pairFindings, pairHeadline } from './pair-findings.ts'

const side = { medianMs: 1, ci95Ms: null }
const pairOf = (key: string, verdict: PairResult['pairs'][number]['speedup']['verdict'], value: number) => ({
  key,
  a: side,
  b: side,
  speedup: { value, ci95: [value - 0.01, value + 0.01] as [number, number], verdict },
})

test('set-ups without a contender in common are not called the same', () => {
  assert.deepEqual(pairHeadline({ pairs: [] }), { code: 'nothing-shared', values: {} })
  assert.deepEqual(pairFindings({ pairs: [] }), [{ code: 'nothing-shared', values: {} }])
})

test('the headline is the largest difference, whichever side it favours', () => {
  const pairs = [pairOf('async', 'faster', 1.5), pairOf('threads', 'slower', 0.5)]
  assert.deepEqual(pairHeadline({ pairs }), { code: 'a-faster', values: { strategy: 'threads', speedup: 2 } })
})

test('no difference anywhere is said once, for all', () => {
  const pairs = [pairOf('async', 'no-detectable-difference', 1), pairOf('threads', 'no-detectable-difference', 1)]
  assert.deepEqual(pairHeadline({ pairs }), { code: 'all-same', values: {} })
})

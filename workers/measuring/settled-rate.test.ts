import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settledRate } from './settled-rate.ts'

/** Chunks of 100 pieces that take so long, one after another; the last duration repeats. */
const rateOf = (durationsMs: readonly number[], chunksPerBatch = 2) => {
  let nowMs = 1_000
  let chunks = 0
  const rate = settledRate(
    () => {
      nowMs += durationsMs[Math.min(chunks++, durationsMs.length - 1)] ?? 0
      return 100
    },
    { chunksPerBatch, nowMs: () => nowMs },
  )
  return { rate, chunks }
}

test('the fastest chunk counts, however the others were disturbed', () => {
  assert.equal(rateOf([30, 4, 2, 9, 17, 3, 25]).rate, 50)
})

test('it goes on while chunks still get faster, and ends two batches after the last gain', () => {
  assert.deepEqual(rateOf([10]), { rate: 10, chunks: 6 })
  assert.deepEqual(rateOf([10, 10, 5, 5, 2.5]), { rate: 40, chunks: 10 })
})

test('it ends even where every batch is faster than the one before', () => {
  let nowMs = 0
  let durationMs = 1_000
  let chunks = 0
  settledRate(
    () => {
      nowMs += durationMs
      durationMs /= 2
      chunks++
      return 1
    },
    { chunksPerBatch: 1, nowMs: () => nowMs },
  )
  assert.equal(chunks, 50)
})

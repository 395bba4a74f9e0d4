import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { DEFAULT_CONDITIONS } from '#lib/movies/conditions.ts'
import { EmulatedConditions } from './emulated-conditions.ts'

describe('emulated conditions', () => {
  it('repeat their latencies and failures for the same seed, and not for another', () => {
    const fates = (seed: number) => {
      const conditions = new EmulatedConditions({ ...DEFAULT_CONDITIONS, errors: 0.2, resets: 0.1, seed }, 0)
      return Array.from({ length: 50 }, () => conditions.next(0))
    }
    assert.deepEqual(fates(7), fates(7))
    assert.notDeepEqual(fates(7), fates(8))
  })

  it('keep the latencies when a share of failures changes', () => {
    const latencies = (errors: number): number[] => {
      const conditions = new EmulatedConditions({ ...DEFAULT_CONDITIONS, errors }, 0)
      return Array.from({ length: 50 }, () => conditions.next(0).latencyMs)
    }
    assert.deepEqual(latencies(0), latencies(0.9))
  })

  it('let the shares fail that they are told', () => {
    const conditions = new EmulatedConditions({ ...DEFAULT_CONDITIONS, errors: 0.1, resets: 0.05, stalls: 0.2 }, 0)
    const counts = { answer: 0, 'over-limit': 0, error: 0, reset: 0, stall: 0 }
    const requests = 20_000
    for (let i = 0; i < requests; i += 1) counts[conditions.next(0).outcome] += 1
    // The seed is fixed, so this can't fail by chance; the tolerance is over four standard deviations.
    const near = (count: number, share: number): void => assert.ok(Math.abs(count / requests - share) < 0.012)
    near(counts.error, 0.1)
    near(counts.reset, 0.05)
    near(counts.stall, 0.2)
    near(counts.answer, 0.65)
    assert.equal(counts['over-limit'], 0)
  })

  it('admit at most the limit at once, and as many again in the next second', () => {
    const conditions = new EmulatedConditions({ ...DEFAULT_CONDITIONS, rateLimit: 40 }, 0)
    const admitted = (nowMs: number): number =>
      Array.from({ length: 100 }, () => conditions.next(nowMs)).filter(({ outcome }) => outcome === 'answer').length
    assert.equal(admitted(0), 40)
    assert.equal(admitted(500), 20)
    assert.equal(admitted(1_500), 40)
  })

  it('count the requests over the limit, this one included', () => {
    const conditions = new EmulatedConditions({ ...DEFAULT_CONDITIONS, rateLimit: 2 }, 0)
    assert.deepEqual(
      Array.from({ length: 4 }, () => conditions.next(0).count),
      [0, 0, 3, 4],
    )
  })

  it('never admit more than the limit and its refill, whatever the arrivals', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.array(fc.integer({ min: 0, max: 400 })), (rateLimit, gaps) => {
        const conditions = new EmulatedConditions({ ...DEFAULT_CONDITIONS, rateLimit }, 0)
        let nowMs = 0
        let admitted = 0
        for (const gap of gaps) {
          nowMs += gap
          if (conditions.next(nowMs).outcome === 'answer') admitted += 1
        }
        assert.ok(admitted <= rateLimit + (nowMs / 1000) * rateLimit + 1e-6)
      }),
    )
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { arrivalSpanMs, fillArrivals, sharesOf } from './producer-consumer-arrivals.ts'
import { ARRIVALS } from './producer-consumer-choices.ts'

describe('the schedule of arrivals', () => {
  const shape = {
    messages: 1_000,
    producers: 3,
    arrivals: 'steady' as const,
    ratePerSecond: 500,
    burstSize: 100,
    seed: 1,
  }
  const all = (more: Partial<typeof shape> | object): number[] => {
    const own = { ...shape, ...more }
    return sharesOf(own.messages, own.producers).flatMap((share, producer) => {
      const moments = new Float64Array(share)
      fillArrivals(moments, own, producer)
      return [...moments]
    })
  }

  it('deals out every message once, and each producer gets ascending moments', () => {
    fc.assert(
      fc.property(
        fc.record({
          messages: fc.integer({ min: 10, max: 500 }),
          producers: fc.integer({ min: 1, max: 8 }),
          arrivals: fc.constantFrom(...ARRIVALS),
          ratePerSecond: fc.integer({ min: 1, max: 100_000 }),
          burstSize: fc.integer({ min: 1, max: 600 }),
          seed: fc.nat(),
        }),
        (own) => {
          const shares = sharesOf(own.messages, own.producers)
          assert.equal(
            shares.reduce((sum, share) => sum + share, 0),
            own.messages,
          )
          for (const [producer, share] of shares.entries()) {
            const moments = new Float64Array(share)
            fillArrivals(moments, own, producer)
            assert.ok(moments.every((at, i) => at >= (moments[i - 1] ?? 0)))
          }
        },
      ),
    )
  })

  it('is evenly spaced when steady, in equal heaps when in bursts, and keeps the mean rate', () => {
    const steady = all({}).sort((a, b) => a - b)
    for (const [i, at] of steady.entries()) assert.ok(Math.abs(at - i * 2_000) < 0.001)
    const heaps = new Map<number, number>()
    for (const at of all({ arrivals: 'bursts' })) heaps.set(at, (heaps.get(at) ?? 0) + 1)
    assert.deepEqual([...heaps.values()], Array(10).fill(100))
    assert.equal(Math.max(...heaps.keys()) / 1_000, arrivalSpanMs({ ...shape, arrivals: 'bursts' }))
  })

  it('has exponential gaps of the mean asked for when Poisson', () => {
    const moments = all({ arrivals: 'poisson', messages: 30_000 }).sort((a, b) => a - b)
    const gaps = moments.map((at, i) => at - (moments[i - 1] ?? 0))
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length
    assert.ok(Math.abs(mean - 2_000) < 60)
    assert.ok(Math.abs(Math.sqrt(variance) / mean - 1) < 0.05)
  })
})

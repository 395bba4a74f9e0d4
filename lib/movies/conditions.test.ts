import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  DEFAULT_CONDITIONS,
  formatConditions,
  meanLatencyMs,
  parseConditions,
  sampleLatencyMs,
  withConditions,
} from './conditions.ts'

const conditionsArbitrary = fc
  .record(
    {
      latencyMs: fc.integer({ min: 0, max: 40_000 }).map((quarters) => quarters / 4),
      jitter: fc.integer({ min: 0, max: 100 }).map((n) => n / 100),
      rateLimit: fc.integer({ min: 0, max: 100_000 }),
      errors: fc.integer({ min: 0, max: 30 }).map((n) => n / 100),
      resets: fc.integer({ min: 0, max: 30 }).map((n) => n / 100),
      stalls: fc.integer({ min: 0, max: 30 }).map((n) => n / 100),
      seed: fc.integer({ min: 0, max: 0xffff_ffff }),
    },
    { noNullPrototype: true },
  )
  .filter(({ errors, resets, stalls }) => errors + resets + stalls <= 1)

describe('conditions in a base URL', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(conditionsArbitrary, (conditions) => {
        const parsed = parseConditions(formatConditions(conditions), DEFAULT_CONDITIONS)
        assert.deepEqual(parsed, { ok: true, value: conditions })
      }),
    )
  })

  it('stand before the path, and replace those that already stand there', () => {
    const once = withConditions('http://127.0.0.1:4010/3/', { latencyMs: 20 })
    assert.equal(
      once,
      'http://127.0.0.1:4010/with/latency=20,jitter=0.2,rate-limit=0,errors=0,resets=0,stalls=0,seed=1/3',
    )
    assert.equal(withConditions(once, { latencyMs: 20 }), once)
    assert.match(withConditions(once, { latencyMs: 30 }), /^http:\/\/127\.0\.0\.1:4010\/with\/latency=30,[^/]*\/3$/)
  })

  it('come back even where a share is so small that it is written with an exponent', () => {
    const conditions = { ...DEFAULT_CONDITIONS, errors: 1e-7 }
    assert.deepEqual(parseConditions(formatConditions(conditions), DEFAULT_CONDITIONS), { ok: true, value: conditions })
  })

  it('leave what they do not name as it was', () => {
    const base = { ...DEFAULT_CONDITIONS, latencyMs: 5, seed: 9 }
    assert.deepEqual(parseConditions('errors=0.25', base), { ok: true, value: { ...base, errors: 0.25 } })
  })

  it('are refused by naming the field, what came and what is accepted', () => {
    const refusals: [text: string, said: RegExp][] = [
      ['latency=fast', /latency: milliseconds from 0 to 10000.*got 'fast'/],
      ['latency=-1', /latency: .*got '-1'/],
      ['latency=1e3', /latency: .*got '1e3'/],
      ['jitter=1.5', /jitter: .*from 0 to 1.*got '1\.5'/],
      ['rate-limit=2.5', /rate-limit: a whole number.*got '2\.5'/],
      ['speed=3', /speed: unknown; accepted are latency, jitter/],
      ['errors=0.6,stalls=0.6', /errors, resets and stalls together are at most 1; got 1\.2/],
      ['', /unknown; accepted are/],
    ]
    for (const [text, said] of refusals) {
      const parsed = parseConditions(text, DEFAULT_CONDITIONS)
      assert.ok(!parsed.ok, text)
      assert.match(parsed.failure.detail, said)
    }
  })

  it('of any text are parsed or refused, never thrown at', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        parseConditions(text, DEFAULT_CONDITIONS)
      }),
    )
  })
})

describe('the emulated latency', () => {
  it('is the median itself without jitter, and none at 0', () => {
    assert.equal(sampleLatencyMs({ latencyMs: 80, jitter: 0 }, 0.3, 0.9), 80)
    assert.equal(sampleLatencyMs({ latencyMs: 0, jitter: 0.5 }, 0.3, 0.9), 0)
  })

  it('is positive and finite for all uniform numbers', () => {
    const uniform = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    fc.assert(
      fc.property(uniform, uniform, (uniform1, uniform2) => {
        const latency = sampleLatencyMs({ latencyMs: 80, jitter: 1 }, uniform1, uniform2)
        assert.ok(latency > 0 && Number.isFinite(latency))
      }),
    )
  })

  it('has the median, sigma and mean that it promises', () => {
    const conditions = { latencyMs: 80, jitter: 0.2 }
    // A regular grid over the unit square stands for the distribution without chance.
    const steps = 200
    const samples: number[] = []
    for (let i = 0; i < steps; i += 1)
      for (let j = 0; j < steps; j += 1) samples.push(sampleLatencyMs(conditions, (i + 0.5) / steps, (j + 0.5) / steps))
    samples.sort((a, b) => a - b)
    const quantile = (share: number): number => samples[Math.floor(share * samples.length)] ?? Number.NaN
    const close = (actual: number, expected: number): void =>
      assert.ok(Math.abs(actual / expected - 1) < 0.01, `${actual} is not within 1% of ${expected}`)
    close(quantile(0.5), 80)
    close(quantile(0.841345), 80 * Math.exp(0.2))
    close(quantile(0.158655), 80 * Math.exp(-0.2))
    close(samples.reduce((sum, sample) => sum + sample, 0) / samples.length, meanLatencyMs(conditions))
  })
})

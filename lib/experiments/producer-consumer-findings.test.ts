import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { messagesOf } from '../i18n/messages.ts'
import { producerConsumer } from './producer-consumer.ts'
import { producerConsumerFindings, producerConsumerHeadline } from './producer-consumer-findings.ts'
import type { ProducerConsumerParams } from './producer-consumer-params.ts'
import type { ProducerConsumerResult } from './producer-consumer-result.ts'

const paramsOf = (params: object = {}): ProducerConsumerParams => producerConsumer.params.parse(params)

describe('the findings', () => {
  const result = (more: object): ProducerConsumerResult =>
    ({
      produced: 100,
      written: 100,
      dropped: 0,
      rejected: 0,
      lost: 0,
      redelivered: 0,
      alreadyWritten: 0,
      throughputPerSecond: { in: 10, out: 10 },
      latencyMs: { p50: 1, p95: 2, p99: 3, max: 4 },
      waitMs: 1,
      blockedMs: 0,
      maxDepth: 10,
      transactions: { count: 10, meanRows: 10, meanMs: 1, fixedMs: 0.9, rowMs: 0.01 },
      generatorLateMs: 0,
      littlesLaw: { l: 1, lambda: 10, wMs: 100, ratio: 1, samples: 500 },
      model: { name: 'limit', serviceMs: 1, limitPerSecond: 5_000, stable: true, burstAbsorbed: 1_100, waitMs: null },
      kills: [],
      sweep: null,
      remote: null,
      ...more,
    }) as object as ProducerConsumerResult
  const codes = (more: object, params: object = {}): string[] =>
    producerConsumerFindings(result(more), paramsOf(params)).map(({ code }) => code)
  const point = (value: number, out: number, outCi95: [number, number] | null) => ({
    value,
    throughputPerSecond: { in: out, out },
    outCi95,
    latencyMs: { p50: 1, p95: 1, p99: value, max: 1 },
  })

  it('tell what became of the messages, the worst first', () => {
    assert.equal(codes({})[0], 'all-written')
    assert.equal(codes({ dropped: 1 })[0], 'some-dropped')
    assert.equal(codes({ rejected: 1 })[0], 'some-rejected')
    assert.equal(codes({ dropped: 1, lost: 1 })[0], 'some-lost')
  })

  it('say that SQLite has one writer only where there is more than one consumer', () => {
    assert.ok(codes({}, { consumers: 2 }).includes('one-writer'))
    assert.ok(!codes({}, { consumers: 1 }).some((code) => code.startsWith('one-writer')))
    assert.ok(!codes({}, { consumers: 2, database: 'postgres' }).some((code) => code.startsWith('one-writer')))
  })

  it('let more consumers help only where the intervals do not meet', () => {
    const sweepOf = (first: [number, number] | null, last: [number, number] | null) => ({
      sweep: { param: 'consumers', points: [point(1, 100, first), point(4, 150, last)] },
    })
    const params = paramsOf({ sweep: { param: 'consumers', values: [1, 4] } })
    const headline = (more: object) => producerConsumerHeadline(result(more), params)?.code
    assert.equal(headline(sweepOf([90, 110], [140, 160])), 'consumers-help')
    assert.equal(headline(sweepOf([90, 145], [140, 160])), 'consumers-one-writer')
    assert.equal(headline(sweepOf(null, null)), 'consumers-too-few-rounds')
  })

  const sweptCode = (param: string, [first, last]: [object, object], params: object = {}) =>
    producerConsumerHeadline(
      result({ sweep: { param, points: [first, last] } }),
      paramsOf({ ...params, sweep: { param, values: [1, 4] } }),
    )?.code

  it('say of batches that they help, change nothing, or hinder', () => {
    const outs = (last: number) => [point(1, 100, null), point(4, last, null)] satisfies [object, object]
    assert.equal(sweptCode('batchSize', outs(300)), 'batches-help')
    assert.equal(sweptCode('batchSize', outs(110)), 'batches-same')
    assert.equal(sweptCode('batchSize', outs(90)), 'batches-same')
    assert.equal(sweptCode('batchSize', outs(30)), 'batches-hinder')
  })

  it('blame waiting on the room in a queue only where p99 rose with it', () => {
    const p99s = (before: number, after: number) =>
      [before, after].map((p99, i) => ({
        ...point(i + 1, 100, null),
        latencyMs: { p50: 1, p95: 1, p99, max: p99 },
      })) as [object, object]
    assert.equal(sweptCode('capacity', p99s(10, 40), { overflow: 'drop-newest' }), 'capacity-delays')
    assert.equal(sweptCode('capacity', p99s(40, 41)), 'capacity-same')
    assert.equal(sweptCode('capacity', p99s(40, 20)), 'capacity-same')
  })

  it('say that more consumers stand in each other’s way where the intervals show it', () => {
    const few = point(1, 200, [190, 210])
    assert.equal(sweptCode('consumers', [few, point(4, 100, [90, 110])]), 'consumers-hinder')
    assert.equal(sweptCode('consumers', [few, point(4, 195, [150, 205])]), 'consumers-one-writer')
  })

  it('tell of a kill whose moment never came', () => {
    assert.ok(codes({ killNotReached: true }).includes('kill-not-reached'))
    assert.ok(!codes({ killNotReached: false }).includes('kill-not-reached'))
  })

  it('give Little’s law as L, as arrivals × time inside, and as their ratio', () => {
    const littlesLaw = { l: 12.34, lambda: 2_000, wMs: 6, ratio: 1.028, samples: 500 }
    const found = producerConsumerFindings(result({ littlesLaw }), paramsOf()).find(
      ({ code }) => code === 'littles-law',
    )
    assert.deepEqual(found?.values, { l: 12.3, product: 12, ratio: 1 })
    assert.ok(!codes({ littlesLaw: { ...littlesLaw, ratio: null } }).includes('littles-law'))
  })

  it('say that a flow was too short for Little’s law where the ratio is far from 1', () => {
    const littlesLaw = { l: 383, lambda: 3_000, wMs: 53, ratio: 2.4, samples: 500 }
    assert.ok(codes({ littlesLaw }).includes('littles-law-apart'))
    assert.ok(!codes({ littlesLaw }).includes('littles-law'))
    assert.ok(codes({ littlesLaw: { ...littlesLaw, ratio: 0.4 } }).includes('littles-law-apart'))
  })

  it('let a burst simply fit only where nobody was blocked and nothing turned away', () => {
    const bursts = { arrivals: 'bursts', ratePerSecond: 4_000, burstSize: 500 }
    assert.ok(codes({}, bursts).includes('burst-fits'))
    for (const facts of [{ blockedMs: 97.5 }, { dropped: 1 }, { rejected: 1 }]) {
      assert.ok(codes(facts, bursts).includes('burst-fits-idle'))
      assert.ok(!codes(facts, bursts).includes('burst-fits'))
    }
    assert.ok(codes({ blockedMs: 1 }, { ...bursts, burstSize: 2_000 }).includes('burst-exceeds'))
  })

  it('speak of Little’s law only from enough samples', () => {
    assert.ok(codes({}).includes('littles-law'))
    assert.ok(!codes({ littlesLaw: { l: 1, lambda: 1, wMs: 1, ratio: 3, samples: 20 } }).includes('littles-law'))
  })

  it('all have words in both languages', () => {
    const all = new Set([
      ...codes(
        { alreadyWritten: 1, blockedMs: 5, generatorLateMs: 50, remote: { consumers: 1 }, killNotReached: true },
        { writeLatencyMs: 5 },
      ),
      ...codes({ dropped: 1, littlesLaw: { l: 383, lambda: 3_000, wMs: 53, ratio: 2.4, samples: 500 } }),
      ...codes({ model: { ...result({}).model, stable: false, waitMs: 3, burstAbsorbed: 3 } }),
      ...codes({ transactions: { ...result({}).transactions, rowMs: 0 } }, { ratePerSecond: 0 }),
      ...codes({ kills: [{ consumer: 1, held: 1, lost: 1, redelivered: 0 }] }),
      ...codes({ kills: [{ consumer: 1, held: 1, lost: 0, redelivered: 1 }] }, { queue: 'sqlite' }),
      ...['batches-help', 'batches-same', 'batches-hinder', 'capacity-delays', 'capacity-same'],
      ...['consumers-help', 'consumers-same', 'consumers-one-writer', 'consumers-hinder', 'consumers-too-few-rounds'],
    ])
    for (const locale of ['en', 'ru'] as const) {
      const { findings } = messagesOf(locale).experiments['producer-consumer']
      for (const code of all) assert.ok(code in findings, code)
    }
  })
})

/** Definition, schedule of arrivals, model, estimate and findings of producer-consumer; its execution is tested in workers. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { messagesOf } from '../i18n/messages.ts'
import { producerConsumer } from './producer-consumer.ts'
import { arrivalSpanMs, fillArrivals, sharesOf } from './producer-consumer-arrivals.ts'
import { ARRIVALS } from './producer-consumer-choices.ts'
import { producerConsumerFindings, producerConsumerHeadline } from './producer-consumer-findings.ts'
import { limitPerSecond, modelFlow, transactionCost } from './producer-consumer-model.ts'
import type { ProducerConsumerParams } from './producer-consumer-params.ts'
import type { ProducerConsumerResult } from './producer-consumer-result.ts'

const MACHINE = { cpus: 2, model: '', memoryBytes: 1, os: '', node: '' }
const paramsOf = (params: object = {}): ProducerConsumerParams => producerConsumer.params.parse(params)
const estimateMs = (params: object): number => producerConsumer.estimateMs(paramsOf(params), MACHINE)
const refusals = (params: object): string[] =>
  producerConsumer.check?.(paramsOf(params), MACHINE).map((e) => e.path) ?? []

describe('the definition of producer-consumer', () => {
  it('takes each of its presets, one of which ends within eight seconds', () => {
    const estimates = producerConsumer.presets.map(({ params }) => {
      assert.deepEqual(refusals(params), [])
      return estimateMs(params)
    })
    assert.ok(Math.min(...estimates) < 8_000)
    assert.ok(Math.max(...estimates) < 120_000)
  })

  it('refuses sweeps of values that the parameter does not take, twice the same, or with a killed consumer', () => {
    assert.deepEqual(refusals({ sweep: { param: 'consumers', values: [1, 9] } }), ['sweep.values.1'])
    assert.deepEqual(refusals({ sweep: { param: 'batchSize', values: [5, 5] } }), ['sweep.values'])
    assert.deepEqual(refusals({ sweep: { param: 'capacity', values: [1, 5] }, killConsumerAtMs: 1 }), [
      'killConsumerAtMs',
    ])
    assert.deepEqual(refusals({ ratePerSecond: 0.01 }), ['ratePerSecond'])
  })

  it('estimates what can not end within the longest limit to be longer', () => {
    assert.ok(estimateMs({ messages: 1_000_000, ratePerSecond: 0, batchSize: 1 }) > 600_000)
    assert.ok(estimateMs({ messages: 10_000, ratePerSecond: 1 }) > 600_000)
    assert.ok(estimateMs({ messages: 10_000, ratePerSecond: 0, batchSize: 10, writeLatencyMs: 1_000 }) > 600_000)
  })

  it('has a word in both languages for each choice, preset, question and finding', () => {
    for (const locale of ['en', 'ru'] as const) {
      const words = messagesOf(locale).experiments['producer-consumer']
      for (const { id } of producerConsumer.presets) assert.ok(id in words.presets, id)
      for (const { id } of producerConsumer.questions) assert.ok(id in words.questions, id)
      for (const name of Object.keys(producerConsumer.params.shape)) assert.ok(name in words.params, name)
      for (const command of producerConsumer.commands) assert.ok(command in words.commands, command)
    }
  })
})

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

describe('the model', () => {
  /** A cycle takes as long as its transaction where nothing else is told. */
  const sumsOf = (transactions: { rows: number; ms: number; cycleMs?: number }[]) => ({
    count: transactions.length,
    rows: transactions.reduce((sum, { rows }) => sum + rows, 0),
    ms: transactions.reduce((sum, { ms }) => sum + ms, 0),
    rowsSquared: transactions.reduce((sum, { rows }) => sum + rows ** 2, 0),
    msSquared: transactions.reduce((sum, { ms }) => sum + ms ** 2, 0),
    product: transactions.reduce((sum, { rows, ms }) => sum + rows * ms, 0),
    cycleMs: transactions.reduce((sum, { ms, cycleMs = ms }) => sum + cycleMs, 0),
    cycleProduct: transactions.reduce((sum, { rows, ms, cycleMs = ms }) => sum + rows * cycleMs, 0),
  })
  const linear = sumsOf([1, 5, 20, 50].map((rows) => ({ rows, ms: 2 + 0.01 * rows })))
  const shape = {
    arrivals: 'poisson' as const,
    ratePerSecond: 100,
    capacity: 1_000,
    batchSize: 1,
    consumers: 4,
    database: 'sqlite' as const,
    durableQueue: false,
    turnedAway: 0,
  }

  it('finds what a commit and a row cost, and from that the limit at batches that never were full', () => {
    const cost = transactionCost(linear)
    assert.ok(cost && Math.abs(cost.fixedMs - 2) < 1e-9 && Math.abs(cost.rowMs - 0.01) < 1e-9)
    assert.ok(Math.abs(limitPerSecond(cost, 100, 1) - 100_000 / 3) < 1e-6)
  })

  it('never has negative costs, and none where nothing was written', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ rows: fc.integer({ min: 1, max: 5_000 }), ms: fc.double({ min: 0.001, max: 100, noNaN: true }) }),
        ),
        (transactions) => {
          const cost = transactionCost(sumsOf(transactions))
          if (transactions.length === 0) assert.equal(cost, null)
          else assert.ok(cost && cost.fixedMs >= -1e-6 && cost.rowMs >= 0)
        },
      ),
    )
    assert.equal(modelFlow(shape, sumsOf([])).stable, false)
  })

  it('has one server for SQLite whatever the consumers, and one for each where the database serves them', () => {
    const single = sumsOf(Array(50).fill({ rows: 1, ms: 4 }))
    assert.equal(modelFlow(shape, single).name, 'M/D/1')
    assert.equal(modelFlow({ ...shape, database: 'postgres' }, single).name, 'M/D/4')
    const varied = sumsOf(Array.from({ length: 50 }, (_, i) => ({ rows: 1, ms: i % 10 === 0 ? 31 : 1 })))
    assert.equal(modelFlow(shape, varied).name, 'M/M/1')
  })

  it('has the cycle of the consumers for a limit where that is longer than the transaction', () => {
    // A transaction of 2 ms with a claim and an acknowledgement of 2 ms each: 6 ms a batch of 50.
    const durable = sumsOf(Array(50).fill({ rows: 50, ms: 2, cycleMs: 6 }))
    const queue = { ...shape, arrivals: 'steady' as const, batchSize: 50, durableQueue: true }
    const limits = [1, 2, 3, 8].map((consumers) =>
      Math.round(modelFlow({ ...queue, consumers }, durable).limitPerSecond),
    )
    // From three consumers on it is the one writer of the database.
    assert.deepEqual(limits, [8_333, 16_667, 25_000, 25_000])
  })

  it('takes an arrival rate between the database and the consumers for unstable', () => {
    const durable = sumsOf([
      { rows: 1, ms: 2, cycleMs: 6 },
      { rows: 50, ms: 2.98, cycleMs: 7.96 },
      { rows: 20, ms: 2.38, cycleMs: 6.76 },
    ])
    const own = { ...shape, consumers: 1, batchSize: 50, durableQueue: true }
    assert.equal(modelFlow({ ...own, ratePerSecond: 6_000 }, durable).stable, true)
    // The database alone would take 16,000.
    assert.equal(modelFlow({ ...own, ratePerSecond: 10_000 }, durable).stable, false)
  })

  it('predicts no waiting time where messages were turned away, or where the writers are not who serves', () => {
    const single = sumsOf(Array(50).fill({ rows: 1, ms: 4 }))
    assert.ok(Number(modelFlow(shape, single).waitMs) > 0)
    assert.equal(modelFlow({ ...shape, turnedAway: 1 }, single).waitMs, null)
    const claimed = sumsOf(Array(50).fill({ rows: 1, ms: 4, cycleMs: 12 }))
    assert.equal(modelFlow({ ...shape, durableQueue: true }, claimed).waitMs, null)
    // In memory the rest of a cycle is waiting for the one writer, which the formula has.
    assert.ok(Number(modelFlow(shape, claimed).waitMs) > 0)
  })

  it('predicts no waiting time where messages share commits or do not come at random', () => {
    assert.equal(modelFlow({ ...shape, batchSize: 10 }, linear).waitMs, null)
    assert.equal(modelFlow({ ...shape, arrivals: 'steady' }, linear).waitMs, null)
  })
})

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

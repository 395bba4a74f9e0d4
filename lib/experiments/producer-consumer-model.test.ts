import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { limitPerSecond, modelFlow, transactionCost } from './producer-consumer-model.ts'

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

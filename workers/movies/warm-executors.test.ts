import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Strategy } from '#lib/contract/strategy.ts'
import { type Loan, WarmExecutors } from './warm-executors.ts'

const warmOf = (budget: number) => new WarmExecutors({ originNs: process.hrtime.bigint(), budget })

const lend = async (warm: WarmExecutors, strategy: Strategy, workers: number): Promise<Loan> => {
  const loan = await warm.borrow(strategy, workers, new AbortController().signal)
  assert.ok(loan)
  return loan
}

test('an executor is started once and lent again; a sequential one is the same for any number of workers', async () => {
  await using warm = warmOf(64)
  const fresh: boolean[] = []
  for (const workers of [2, 2, 3]) {
    using loan = await lend(warm, 'sequential', workers)
    fresh.push(loan.fresh)
    assert.equal(loan.searching.executor.workers, 1)
  }
  assert.deepEqual(fresh, [true, false, false])
  assert.deepEqual(warm.keys, ['sequential×1'])
})

test('beyond the budget those used longest ago are ended, but none that is in use', async () => {
  await using warm = warmOf(3)
  using held = await lend(warm, 'threads', 1)
  {
    using other = await lend(warm, 'threads', 2)
    assert.equal(other.fresh, true)
    assert.deepEqual(warm.keys, ['threads×1', 'threads×2'], 'both are in use')
  }
  using _ = await lend(warm, 'async', 8)
  assert.deepEqual(warm.keys, ['threads×1', 'async×8'])
  assert.equal(held.searching.executor.lanes().length, 1)
})

test('what finds no room waits until something is given back, and starts nothing when its caller leaves', async () => {
  await using warm = warmOf(2)
  const held = await lend(warm, 'threads', 2)
  const leaving = new AbortController()
  const left = warm.borrow('threads', 1, leaving.signal)
  const waiting = lend(warm, 'sequential', 1)
  const larger = lend(warm, 'threads', 3)
  await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual(warm.keys, ['threads×2'], 'nothing was started beside it')
  leaving.abort()
  assert.equal(await left, null)
  held[Symbol.dispose]()
  const first = await waiting
  assert.ok(!warm.keys.includes('threads×3'), 'larger than the budget: only alone')
  first[Symbol.dispose]()
  using last = await larger
  assert.equal(last.searching.executor.workers, 3)
  assert.deepEqual(warm.keys, ['threads×3'])
})

test('who waits for room is let go when the executors end', async () => {
  const warm = warmOf(1)
  await lend(warm, 'threads', 1)
  const waiting = warm.borrow('threads', 2, new AbortController().signal)
  await warm[Symbol.asyncDispose]()
  assert.equal(await waiting, null)
})

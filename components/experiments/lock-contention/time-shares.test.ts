import assert from 'node:assert/strict'
import { test } from 'node:test'
import { timeShares } from './time-shares.ts'

const thread = (waiting: number, holding: number, outside: number) => ({
  waitUs: { p50: 0, p95: 0, p99: 0, max: 0, total: waiting },
  holdUs: { p50: 0, p95: 0, p99: 0, max: 0, total: holding },
  outsideUs: outside,
})

test('shares are of the time of all threads together, and add up to the whole', () => {
  assert.deepEqual(timeShares([thread(60, 10, 30), thread(80, 10, 10)]), { waiting: 0.7, holding: 0.1, outside: 0.2 })
})

test('threads that did nothing have no shares, rather than none that is a number', () => {
  assert.deepEqual(timeShares([thread(0, 0, 0)]), { waiting: 0, holding: 0, outside: 0 })
})

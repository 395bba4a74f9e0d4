import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lockTimeoutMs, slowTurnsMs } from './flow-patience.ts'

test('without an emulated latency ten seconds are waited for a lock, and no lease is longer', () => {
  assert.equal(lockTimeoutMs({ consumers: 8, writeLatencyMs: 0 }), 10_000)
  assert.equal(slowTurnsMs({ consumers: 8, writeLatencyMs: 0 }), 0)
})

test('the slowest setting that is accepted waits for twenty turns of everybody', () => {
  assert.equal(slowTurnsMs({ consumers: 8, writeLatencyMs: 1_000 }), 160_000)
  assert.equal(lockTimeoutMs({ consumers: 8, writeLatencyMs: 1_000 }), 170_000)
})

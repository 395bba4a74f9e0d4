import assert from 'node:assert/strict'
import test from 'node:test'
import { deriveEmitter, silentEmitter } from './derive-emitter.ts'
import type { RunEmitter } from './run-context.ts'

const METHODS = Object.keys(silentEmitter) as (keyof RunEmitter)[]

/** Notes which of its methods was called; not by their names alone, as an instance has them. */
const noting = (called: string[]): RunEmitter =>
  Object.create(Object.fromEntries(METHODS.map((name) => [name, async () => void called.push(name)])))

test('everything is handed on but what is changed', async () => {
  const called: string[] = []
  const emit = deriveEmitter(noting(called), { counters: () => void called.push('changed') })
  emit.progress({ done: 0, total: 1, label: 'starting', remainingMs: null })
  emit.lane({ id: 'a', group: 'a', kind: 'thread', index: 1, name: 'a', pid: null, tid: null })
  emit.spans({ spans: [] })
  emit.counters([])
  emit.sample({ key: 'a', round: 0, elapsedMs: 1 })
  await emit.settled()
  assert.deepEqual(called, ['progress', 'lane', 'spans', 'changed', 'sample', 'settled'])
})

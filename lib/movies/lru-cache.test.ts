import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LruCache } from './lru-cache.ts'

const cacheOf = (maxWeight: number, clock = { now: 0 }) =>
  new LruCache<string>({ maxWeight, maxAgeMs: 100, weigh: (text) => text.length, nowMs: () => clock.now })

test('the least recently used leaves first', () => {
  const cache = cacheOf(3)
  for (const key of ['a', 'b', 'c']) cache.set(key, key)
  cache.get('a')
  cache.set('d', 'd')
  assert.deepEqual(
    ['a', 'b', 'c', 'd'].map((key) => cache.get(key)),
    ['a', undefined, 'c', 'd'],
  )
})

test('values age, and what weighs more than the whole is not kept', () => {
  const clock = { now: 0 }
  const cache = cacheOf(3, clock)
  cache.set('a', 'aaa')
  cache.set('b', 'bbbb')
  assert.equal(cache.get('b'), undefined)
  clock.now = 99
  assert.equal(cache.get('a'), 'aaa')
  clock.now = 100
  assert.equal(cache.get('a'), undefined)
  assert.equal(cache.size, 0)
})

test('it never weighs more than it may, and answers only what was last set', () => {
  const operation = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.option(fc.string({ maxLength: 6 })))
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 80 }), (operations) => {
      const cache = cacheOf(10)
      const last = new Map<string, string>()
      for (const [key, value] of operations) {
        if (value !== null) {
          cache.set(key, value)
          last.set(key, value)
        } else {
          const kept = cache.get(key)
          if (kept !== undefined) assert.equal(kept, last.get(key))
        }
        const weight = [...last.keys()].reduce((sum, name) => sum + (cache.get(name)?.length ?? 0), 0)
        assert.ok(weight <= 10)
      }
    }),
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { countPrimes, joinPrimes, primesWorkload } from './primes.ts'
import { NO_INPUT } from './workload.ts'

const never = { cancelled: () => false }

test('there are 168 primes below 1,000 and 78,498 below a million', () => {
  assert.deepEqual(countPrimes({ from: 0, to: 1000 }, never), { count: 168, sum: 76_127 })
  assert.equal(countPrimes({ from: 0, to: 1_000_000 }, never).count, 78_498)
})

test('however it is cut, the answer is the same', () => {
  const limit =
    primesWorkload.cut({ size: 'small', tasks: 1, seed: 1, memory: 'shared', input: NO_INPUT }).argsList[0]?.to ?? 0
  const whole = joinPrimes({ parts: [countPrimes({ from: 0, to: limit }, never)] })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 512 }), (tasks) => {
      const { argsList, sizes } = primesWorkload.cut({
        size: 'small',
        tasks,
        seed: 1,
        memory: 'shared',
        input: NO_INPUT,
      })
      assert.ok(argsList.length <= tasks && sizes?.length === argsList.length)
      assert.deepEqual(joinPrimes({ parts: argsList.map((args) => countPrimes(args, never)) }), whole)
    }),
    { numRuns: 3 },
  )
})

test('a cancelled count ends', () => {
  assert.throws(() => countPrimes({ from: 0, to: 2 ** 31 - 1 }, { cancelled: () => true }), /cancelled/)
})

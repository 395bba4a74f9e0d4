import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fibonacci, fibonacciLeaves, fibonacciWorkload, joinFibonacci } from './fibonacci.ts'
import { NO_INPUT } from './workload.ts'

const idle = { cancelled: () => false }

const cancelled = { cancelled: () => true }

describe('fibonacci', () => {
  it('joins the leaves of any cut to the published fib(25) = 75025', () => {
    for (const tasks of [1, 2, 7, 64]) {
      const parts = fibonacciLeaves(25, tasks).map((n) => fibonacci({ n }, idle))
      assert.ok(parts.length >= tasks)
      assert.equal(joinFibonacci({ parts }).artefact?.value, 75_025)
    }
  })

  it('starts the largest leaf first', () => {
    const { sizes } = fibonacciWorkload.cut({
      size: 'small',
      tasks: 9,
      seed: 1,
      memory: 'shared',
      input: NO_INPUT,
    })
    assert.deepEqual(
      sizes,
      sizes?.toSorted((a, b) => b - a),
    )
  })

  it('stops when it is cancelled', () => {
    assert.throws(() => fibonacci({ n: 40 }, cancelled), /cancelled/)
  })
})

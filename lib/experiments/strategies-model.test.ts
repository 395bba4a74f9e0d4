/** What theory predicts for each strategy: examples worked out by hand, and what no schedule can beat. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type ModelInput, predictStrategyMs, type TaskTimes } from './strategies-model.ts'

const tasks = (count: number, cpuMs: number, waitMs: number): TaskTimes[] =>
  Array.from({ length: count }, () => ({ cpuMs, waitMs }))

const input = (more: Partial<ModelInput>): ModelInput => ({
  tasks: tasks(8, 10, 0),
  joinMs: 0,
  workers: 4,
  cores: 2,
  blocking: false,
  largestFirst: false,
  ...more,
})

describe('the model of strategies', () => {
  it('gives computing the cores, whatever the number of workers: 8 × 10 ms on 2 cores, and 5 ms of joining', () => {
    const computing = input({ joinMs: 5 })
    assert.equal(predictStrategyMs('threads', computing), 45)
    assert.equal(predictStrategyMs('processes', computing), 45)
    assert.equal(predictStrategyMs('threads', { ...computing, cores: 8 }), 25)
    assert.equal(predictStrategyMs('async', computing), 85)
  })

  it('lets waiting overlap as far as there are workers: 8 × 10 ms, four at once', () => {
    const waiting = input({ tasks: tasks(8, 0, 10) })
    assert.equal(predictStrategyMs('threads', waiting), 20)
    assert.equal(predictStrategyMs('processes', waiting), 20)
    assert.equal(predictStrategyMs('async', waiting), 20)
  })

  it('adds the last wait to what one event loop computes, while threads share the cores', () => {
    const mixed = input({ tasks: tasks(4, 10, 10) })
    assert.equal(predictStrategyMs('async', mixed), 50)
    assert.equal(predictStrategyMs('threads', mixed), 20)
  })

  it('overlaps nothing on one event loop under a driver that blocks its thread', () => {
    assert.equal(predictStrategyMs('async', input({ tasks: tasks(8, 0, 10), blocking: true, joinMs: 3 })), 83)
  })

  it('places the heavy task last where nobody knows sizes, and first where they are known', () => {
    const uneven = input({ tasks: [...tasks(4, 1, 0), ...tasks(1, 4, 0)], workers: 2 })
    assert.equal(predictStrategyMs('threads', uneven), 6)
    assert.equal(predictStrategyMs('threads', { ...uneven, largestFirst: true }), 4)
  })

  it('predicts nothing for what it starts from, and nothing without tasks', () => {
    assert.equal(predictStrategyMs('sequential', input({})), null)
    assert.equal(predictStrategyMs('threads', input({ tasks: [] })), null)
  })

  it('never promises more than the cores compute, the longest task allows, or one after another would need', () => {
    const anyTasks = fc.array(fc.record({ cpuMs: fc.nat(100), waitMs: fc.nat(100) }), { minLength: 1, maxLength: 40 })
    const any = { workers: fc.integer({ min: 1, max: 32 }), cores: fc.integer({ min: 1, max: 16 }), joinMs: fc.nat(50) }
    fc.assert(
      fc.property(fc.record({ ...any, tasks: anyTasks, largestFirst: fc.boolean() }), (given) => {
        const wholeMs = given.tasks.map(({ cpuMs, waitMs }) => cpuMs + waitMs)
        const computingMs = given.tasks.reduce((sum, { cpuMs }) => sum + cpuMs, 0)
        const allMs = wholeMs.reduce((sum, ms) => sum + ms, 0)
        const predicted = predictStrategyMs('threads', { ...given, blocking: false }) ?? Number.NaN
        const bound = Math.max(computingMs / given.cores, Math.max(...wholeMs)) + given.joinMs
        assert.ok(predicted >= bound - 1e-9 && predicted <= allMs + given.joinMs + 1e-9, `${predicted}`)
      }),
    )
  })
})

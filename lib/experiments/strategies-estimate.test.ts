/** How long a run of `strategies` is said to take: what is measured once counts once, and what a round waits for counts too. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type StrategiesParams, strategies } from './strategies.ts'
import { estimateStrategiesMs } from './strategies-estimate.ts'

const machine = { cpus: 2, model: '', memoryBytes: 8e9, os: '', node: '' }

const estimate = (given: object, cpus = 2): number => {
  const params: StrategiesParams = strategies.params.parse(given)
  return estimateStrategiesMs(strategies.resolve?.(params, machine) ?? params, { ...machine, cpus })
}

const MIXED = { workload: 'mixed', size: 'medium', workers: 8, rounds: 6, warmup: 1 }

test('a point of the sweep that equals the run’s own parameters is counted once', () => {
  const others = estimate({ ...MIXED, sweep: { param: 'cpuShare', values: [0, 1] } })
  assert.equal(estimate({ ...MIXED, sweep: { param: 'cpuShare', values: [0, 0.5, 1] } }), others)
  assert.ok(estimate({ ...MIXED, sweep: { param: 'cpuShare', values: [0, 0.4, 1] } }) > others)
})

test('the crossover map is said to end within 40 s on two cores, and no faster than it can', () => {
  const crossover = strategies.presets.find(({ id }) => id === 'crossover')
  const ms = estimate(crossover?.params ?? {})
  assert.ok(ms <= 40_000, `${ms} ms`)
  // Sequentially each of the 12 tasks takes 20 ms, at 5 points in 7 rounds.
  assert.ok(ms >= 12 * 20 * 5 * 7, `${ms} ms`)
  assert.ok(ms <= 25_000, `room for a machine that is busy otherwise: ${ms} ms`)
})

test('more of computing takes longer where many wait at once, and an event loop computes on one core', () => {
  const at = (cpuShare: number, strategy: string, cpus = 2) =>
    estimate({ ...MIXED, cpuShare, strategies: [strategy] }, cpus)
  for (const strategy of ['async', 'threads', 'processes']) assert.ok(at(1, strategy) > at(0, strategy), strategy)
  assert.ok(at(1, 'async') > at(1, 'threads'))
  assert.equal(at(0, 'sequential'), at(1, 'sequential'))
  assert.equal(at(1, 'async', 2), at(1, 'async', 8))
})

test('waiting of several overlaps, but not behind a driver that blocks', () => {
  const alone = (workload: string, strategy: string) => estimate({ workload, workers: 8, strategies: [strategy] })
  assert.ok(alone('http', 'async') < alone('http', 'sequential') / 4)
  assert.equal(alone('database', 'async'), alone('database', 'sequential'))
})

test('what large buffers cost is counted: generating, cutting, copying to processes and measuring that', () => {
  const ms = (given: object) =>
    estimate({ workload: 'array', size: 'large', workers: 2, rounds: 10, warmup: 0, ...given })
  const threads = ms({ strategies: ['threads'] })
  const processes = ms({ strategies: ['processes'] })
  assert.ok(processes - threads > 17 * 100, 'ten rounds and seven tries, each of more than 100 ms')
  const matrix = (tasks: number) => ms({ workload: 'matrix', strategies: ['processes'], tasks })
  assert.ok(matrix(512) > 10 * matrix(16), 'each task gets a matrix of its own')
})

test('each number of workers of a sweep is started', () => {
  const started = (values: number[]) =>
    estimate({
      workload: 'primes',
      tasks: 1,
      strategies: ['processes'],
      rounds: 1,
      warmup: 0,
      sweep: { param: 'workers', values },
    })
  assert.ok(started([16, 32]) - started([2, 4]) > 250 * 10)
})

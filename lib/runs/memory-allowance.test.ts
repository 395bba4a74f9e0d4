/** What a run may hold follows from the workers it asks for; every preset of the house is accepted where there is memory. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { experiments, findExperiment } from '../experiments/registry.ts'
import { memoryAllowance } from './memory-allowance.ts'

const GIGABYTE = 1024 ** 3
const machineWith = (gigabytes: number) => ({
  cpus: 2,
  model: '',
  memoryBytes: gigabytes * GIGABYTE,
  os: '',
  node: '',
})

const allowanceOf = (id: string, params: object, gigabytes = 16) => {
  const experiment = findExperiment(id)
  assert.ok(experiment)
  const machine = machineWith(gigabytes)
  const parsed = experiment.params.parse(params)
  return memoryAllowance(experiment, experiment.resolve?.(parsed, machine) ?? parsed, machine)
}

test('as many workers as the form offers have memory of their own, besides what the run may hold', () => {
  // 32 threads and 32 processes hold about 2 GB before anything is asked of them.
  const wide = allowanceOf('movie-search', { workers: 32 })
  assert.ok(wide.ok && wide.value > 3 * GIGABYTE)
  const alone = allowanceOf('movie-search', { workers: 32, strategies: ['async'] })
  assert.ok(alone.ok && alone.value < 1.1 * GIGABYTE)
  const without = allowanceOf('semaphore', {})
  assert.ok(without.ok && without.value === GIGABYTE)
})

test('a pair is allowed what the larger of its set-ups is', () => {
  const params = { workers: 32, strategies: ['threads', 'processes'] }
  const larger = allowanceOf('movie-search', params)
  assert.ok(larger.ok)
  assert.deepEqual(allowanceOf('pair', { experiment: 'movie-search', a: { workers: 2 }, b: params }), larger)
})

test('more workers than this machine has memory for are refused, with their number and the most there may be', () => {
  const sweep = { param: 'workers', values: [2, 4, 8, 16, 24, 32] }
  const many = allowanceOf('strategies', { workload: 'http', sweep, workers: 2 })
  assert.ok(!many.ok)
  assert.match(many.failure.errors?.[0]?.message ?? '', /^174 threads.* at most 128 /)
  assert.ok(
    allowanceOf('strategies', { workload: 'http', sweep, workers: 2, strategies: ['sequential', 'threads'] }).ok,
  )
  assert.ok(!allowanceOf('movie-search', { workers: 32 }, 2).ok)
})

test('every preset is accepted on a machine of 8 GB, and the defaults on one of 1 GB', () => {
  for (const { id, presets } of Object.values(experiments)) {
    for (const preset of presets) assert.ok(allowanceOf(id, preset.params, 8).ok, `${id} ${preset.id}`)
    assert.ok(allowanceOf(id, {}, 1).ok, id)
  }
})

test('the refusal names a field that is there: a pair has workers in its set-ups only', () => {
  const wide = { workers: 32 }
  const pathsOf = (id: string, params: object) => {
    const outcome = allowanceOf(id, params, 2)
    assert.ok(!outcome.ok)
    return outcome.failure.errors?.map(({ path }) => path)
  }
  assert.deepEqual(pathsOf('movie-search', wide), ['params.workers'])
  assert.deepEqual(pathsOf('pair', { experiment: 'movie-search', a: wide, b: wide }), ['params'])
})

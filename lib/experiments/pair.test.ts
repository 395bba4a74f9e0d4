import assert from 'node:assert/strict'
import test from 'node:test'
import { findExperiment } from './registry.ts'

const MACHINE = { cpus: 2, model: '', memoryBytes: 1, os: '', node: '' }

test('what a set-up can not be is refused under its side with what came, however long that is', () => {
  const pair = findExperiment('pair')
  assert.ok(pair)
  const params = pair.params.parse({ experiment: 'movie-search', a: { workers: 'x'.repeat(60_000) }, b: { nope: 1 } })
  const errors = pair.check?.(params, MACHINE) ?? []
  assert.deepEqual(
    errors.map(({ path }) => path),
    ['a.workers', 'b.nope'],
  )
  assert.match(errors[0]?.message ?? '', /got "x+/)
  assert.ok(JSON.stringify(errors).length < 1_000)
})

test('set-ups that measure different things are refused before anything is measured', () => {
  const pair = findExperiment('pair')
  assert.ok(pair)
  const refused = (experiment: string, a: object, b: object) =>
    pair.check?.(pair.params.parse({ experiment, a, b }), MACHINE) ?? []
  const [error, ...more] = refused('race', { scenario: 'message' }, { scenario: 'counter' })
  assert.equal(error?.path, 'b')
  assert.match(error?.message ?? '', /"counter".*"message"/)
  assert.deepEqual(more, [])
  assert.equal(refused('coordination', {}, { scenario: 'barrier' })[0]?.path, 'b')
  assert.deepEqual(refused('race', { threads: 2 }, { threads: 4 }), [])
  assert.deepEqual(refused('producer-consumer', { capacity: 10 }, { batchSize: 1 }), [])
})

test('both set-ups are stored whole, filled from the defaults of their experiment', () => {
  const pair = findExperiment('pair')
  const race = findExperiment('race')
  assert.ok(pair?.resolve && race)
  const given = pair.params.parse({ experiment: 'race', a: { threads: 3 }, b: {} })
  const resolved = pair.resolve(given, MACHINE)
  assert.deepEqual(resolved.b, race.params.parse({}))
  assert.deepEqual(resolved.a, race.params.parse({ threads: 3 }))
})

test('a set-up that can not be read is left as it came, and refused', () => {
  const pair = findExperiment('pair')
  assert.ok(pair)
  const params = pair.params.parse({ experiment: 'race', a: { threads: 'many' } })
  const resolved = pair.resolve?.(params, MACHINE) ?? params
  assert.deepEqual(resolved.a, { threads: 'many' })
  assert.deepEqual(
    pair.check?.(resolved, MACHINE).map(({ path }) => path),
    ['a.threads'],
  )
})

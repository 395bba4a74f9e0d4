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

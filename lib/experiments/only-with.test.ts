import assert from 'node:assert/strict'
import test from 'node:test'
import { onlyWith } from './only-with.ts'
import { experiments, findExperiment } from './registry.ts'

test('a value without effect is refused with what came and what makes use of it; its default is not', () => {
  const bank = (chosen: string) => ({ param: 'scenario', option: 'bank', chosen })
  assert.deepEqual(onlyWith(bank('bank'), 'accounts', 7, 4), [])
  assert.deepEqual(onlyWith(bank('counter'), 'accounts', 4, 4), [])
  const [error, ...more] = onlyWith(bank('counter'), 'accounts', 7, 4)
  assert.deepEqual(more, [])
  assert.equal(error?.path, 'accounts')
  assert.match(error?.message ?? '', /^got 7 with the scenario "counter"; only "bank"/)
})

test('no preset asks for a value without effect', () => {
  const machine = { cpus: 4, model: '', memoryBytes: 64e9, os: '', node: '' }
  for (const id of Object.keys(experiments)) {
    const experiment = findExperiment(id)
    assert.ok(experiment)
    const { presets, params, resolve, check } = experiment
    for (const preset of presets) {
      const parsed = params.parse(preset.params)
      assert.deepEqual(check?.(resolve?.(parsed, machine) ?? parsed, machine) ?? [], [], `${id} ${preset.id}`)
    }
  }
})

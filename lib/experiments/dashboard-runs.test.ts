import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Machine } from '../contract/run.ts'
import { DASHBOARD_EXPERIMENTS, DASHBOARD_SET_UPS, isDashboardExperiment } from './dashboard-runs.ts'
import { findExperiment } from './registry.ts'

const machine: Machine = { cpus: 2, model: 'two cores', memoryBytes: 8e9, os: 'linux', node: '26' }

const estimateMs = (id: (typeof DASHBOARD_EXPERIMENTS)[number]): number => {
  const experiment = findExperiment(id)
  assert.ok(experiment)
  const params = experiment.params.parse(DASHBOARD_SET_UPS[id])
  const resolved = experiment.resolve?.(params, machine) ?? params
  assert.deepEqual(experiment.check?.(resolved, machine) ?? [], [])
  return experiment.estimateMs(resolved, machine)
}

it('the three runs of the dashboard are accepted as they are, and together take less than 30 s on two cores', () => {
  const total = DASHBOARD_EXPERIMENTS.reduce((sum, id) => sum + estimateMs(id), 0)
  assert.ok(total < 30_000, `${total} ms`)
})

it('other experiments are none of the three', () => {
  assert.deepEqual(['strategies', 'race', 'constructor', ''].map(isDashboardExperiment), [true, false, false, false])
})

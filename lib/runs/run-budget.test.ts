/** What is refused for taking too long, and what the refusal proposes. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { findExperiment } from '../experiments/registry.ts'
import { budgetOf, LONGEST_LIMIT_MS } from './run-budget.ts'

const MACHINE = { cpus: 2, model: '', memoryBytes: 1, os: '', node: '' }

const budgetFor = (params: object) => {
  const experiment = findExperiment('producer-consumer')
  assert.ok(experiment)
  return { experiment, budget: budgetOf(experiment, experiment.params.parse(params), MACHINE) }
}

describe('the budget of a run', () => {
  it('refuses with the estimate what can not end, and each value proposed makes it fit', () => {
    for (const params of [
      { messages: 1_000_000, ratePerSecond: 0, batchSize: 1 },
      { messages: 10_000, ratePerSecond: 1 },
      { messages: 10_000, ratePerSecond: 0, batchSize: 10, writeLatencyMs: 1_000 },
    ]) {
      const { experiment, budget } = budgetFor(params)
      assert.ok(!budget.ok)
      assert.equal(budget.failure.code, 'takes-too-long')
      assert.match(budget.failure.detail, /about [\d,]+ s; a run may take 600 s/)
      const errors = budget.failure.errors ?? []
      assert.ok(errors.length > 0)
      for (const { path, message } of errors) {
        const name = path.replace('params.', '')
        const proposed = Number(/^([\d.]+) would fit/.exec(message)?.[1])
        const changed = experiment.params.parse({ ...params, [name]: proposed })
        assert.ok(experiment.estimateMs(changed, MACHINE) <= LONGEST_LIMIT_MS, `${name} ${proposed}`)
      }
    }
  })

  it('proposes larger values where these make it shorter', () => {
    const { budget } = budgetFor({ messages: 10_000, ratePerSecond: 1 })
    const paths = budget.ok ? [] : (budget.failure.errors ?? []).map(({ path }) => path)
    assert.deepEqual(paths.toSorted(), ['params.burstSize', 'params.messages', 'params.ratePerSecond'])
  })

  it('names the fields that cost most where none helps alone', () => {
    const experiment = findExperiment('coordination')
    assert.ok(experiment)
    const slow = {
      ...experiment,
      estimateMs: (params: Record<string, unknown>) => Number(params.items) * (1 + Number(params.workUs)) * 1e6,
    }
    const budget = budgetOf(slow, experiment.params.parse({ items: 10_000, workUs: 10_000 }), MACHINE)
    assert.ok(!budget.ok && budget.failure.errors?.length === 0)
    assert.match(budget.failure.detail, /No one field alone helps; items and workUs cost most/)
  })

  it('gives three times the estimate, and a minute at least', () => {
    const { budget } = budgetFor({})
    assert.ok(budget.ok && budget.value.limitMs === 60_000)
  })
})

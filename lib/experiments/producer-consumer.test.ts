import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { messagesOf } from '../i18n/messages.ts'
import { producerConsumer } from './producer-consumer.ts'
import type { ProducerConsumerParams } from './producer-consumer-params.ts'

const MACHINE = { cpus: 2, model: '', memoryBytes: 1, os: '', node: '' }

const paramsOf = (params: object = {}): ProducerConsumerParams => producerConsumer.params.parse(params)

const estimateMs = (params: object): number => producerConsumer.estimateMs(paramsOf(params), MACHINE)

const refusals = (params: object): string[] =>
  producerConsumer.check?.(paramsOf(params), MACHINE).map((e) => e.path) ?? []

describe('the definition of producer-consumer', () => {
  it('takes each of its presets, one of which ends within eight seconds', () => {
    const estimates = producerConsumer.presets.map(({ params }) => {
      assert.deepEqual(refusals(params), [])
      return estimateMs(params)
    })
    assert.ok(Math.min(...estimates) < 8_000)
    assert.ok(Math.max(...estimates) < 120_000)
  })

  it('refuses sweeps of values that the parameter does not take, twice the same, or with a killed consumer', () => {
    assert.deepEqual(refusals({ sweep: { param: 'consumers', values: [1, 9] } }), ['sweep.values.1'])
    assert.deepEqual(refusals({ sweep: { param: 'batchSize', values: [5, 5] } }), ['sweep.values'])
    assert.deepEqual(refusals({ sweep: { param: 'capacity', values: [1, 5] }, killConsumerAtMs: 1 }), [
      'killConsumerAtMs',
    ])
    assert.deepEqual(refusals({ ratePerSecond: 0.01 }), ['ratePerSecond'])
  })

  it('estimates what can not end within the longest limit to be longer', () => {
    assert.ok(estimateMs({ messages: 1_000_000, ratePerSecond: 0, batchSize: 1 }) > 600_000)
    assert.ok(estimateMs({ messages: 10_000, ratePerSecond: 1 }) > 600_000)
    assert.ok(estimateMs({ messages: 10_000, ratePerSecond: 0, batchSize: 10, writeLatencyMs: 1_000 }) > 600_000)
  })

  it('has a word in both languages for each choice, preset, question and finding', () => {
    for (const locale of ['en', 'ru'] as const) {
      const words = messagesOf(locale).experiments['producer-consumer']
      for (const { id } of producerConsumer.presets) assert.ok(id in words.presets, id)
      for (const { id } of producerConsumer.questions) assert.ok(id in words.questions, id)
      for (const name of Object.keys(producerConsumer.params.shape)) assert.ok(name in words.params, name)
      for (const command of producerConsumer.commands) assert.ok(command in words.commands, command)
    }
  })
})

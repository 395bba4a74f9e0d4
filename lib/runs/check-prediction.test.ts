import assert from 'node:assert/strict'
import test from 'node:test'
import type { Prediction } from '../contract/run.ts'
import { findExperiment } from '../experiments/registry.ts'
import { checkPrediction } from './check-prediction.ts'

const refusedField = (id: string, prediction: Prediction): string | null => {
  const experiment = findExperiment(id)
  assert.ok(experiment)
  const outcome = checkPrediction(experiment, experiment.params.parse({}), prediction)
  return outcome.ok ? null : (outcome.failure.errors?.[0]?.path ?? '')
}

test('what its question can be answered with is accepted', () => {
  assert.equal(refusedField('movie-search', { question: 'fastest', answer: 'too-close' }), null)
  assert.equal(refusedField('movie-search', { question: 'times-faster', answer: 4.5 }), null)
})

test("a question that isn't asked and an answer that can't be given are refused by name", () => {
  for (const question of ['goes-wrong', 'constructor', '__proto__']) {
    assert.equal(refusedField('movie-search', { question, answer: 'threads' }), 'prediction.question', question)
  }
  for (const answer of ['constructor', '__proto__', '', 4]) {
    assert.equal(refusedField('movie-search', { question: 'fastest', answer }), 'prediction.answer', `${answer}`)
  }
  assert.equal(refusedField('movie-search', { question: 'times-faster', answer: '4' }), 'prediction.answer')
  assert.equal(refusedField('pair', { question: 'fastest', answer: 'threads' }), 'prediction.question')
})

test('every question of every experiment accepts each of its own options', () => {
  for (const id of ['race', 'coordination', 'deadlock', 'lock-contention', 'semaphore', 'scheduling']) {
    for (const { id: question, kind, options } of findExperiment(id)?.questions ?? []) {
      const answers = kind === 'number' ? [0] : options(findExperiment(id)?.params.parse({}) ?? {})
      for (const answer of answers) assert.equal(refusedField(id, { question, answer }), null, `${id} ${question}`)
    }
  }
})

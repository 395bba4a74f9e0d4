/** What a form can get wrong that only the server notices is said in every language: each such refusal has a code with words. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FieldError } from '../../lib/contract/problem.ts'
import type { Machine } from '../../lib/contract/run.ts'
import { findExperiment } from '../../lib/experiments/registry.ts'
import { LOCALES } from '../../lib/i18n/locales.ts'
import { messagesOf } from '../../lib/i18n/messages.ts'

const machine: Machine = { cpus: 2, model: 'test', memoryBytes: 1e9, os: 'test', node: 'v26' }

const refusalsOf = (id: string, params: Record<string, unknown>): FieldError[] => {
  const experiment = findExperiment(id)
  assert.ok(experiment)
  const parsed = experiment.params.parse(params)
  return experiment.check?.(experiment.resolve?.(parsed, machine) ?? parsed, machine) ?? []
}

const REFUSED: [experiment: string, params: Record<string, unknown>, codes: string[]][] = [
  ['strategies', { sweep: { param: 'cpuShare', values: [0, 2] } }, ['number', 'only-with']],
  ['strategies', { sweep: { param: 'workers', values: [1.5, 1.5] } }, ['whole-number', 'whole-number', 'twice']],
  ['strategies', { cpuShare: 0.1 }, ['only-with']],
  ['lock-contention', { permits: 2, readShare: 0.1 }, ['only-with', 'only-with']],
  ['lock-contention', { sweep: { param: 'threads', values: [0, 4, 4] } }, ['whole-number', 'twice']],
  ['lock-contention', { threads: 16, durationMs: 2000, rounds: 50, locks: ['mutex', 'spin', 'ticket'] }, ['would-fit']],
  ['deadlock', { scenario: 'self', policy: 'ordered', participants: 1 }, ['one-lock-has-no-order']],
  ['deadlock', { policy: 'reentrant', timeoutMs: 7, jitter: false }, ['only-with', 'only-with', 'only-with']],
  ['coordination', { scenario: 'ping-pong', bug: 'signal-before-wait', threads: 3 }, ['not-with', 'even']],
  ['race', { guard: 'chosen' }, ['only-with']],
  ['race', { accounts: 7, withdrawLock: 'own', depositLock: 'other' }, ['only-with', 'only-with', 'only-with']],
  ['coordination', { scenario: 'event', capacity: 7 }, ['only-with']],
  ['producer-consumer', { arrivals: 'steady', burstSize: 7 }, ['only-with']],
  ['scheduling', { longMs: 2000, durationMs: 1000 }, ['at-most']],
  ['scheduling', { shortMs: 10, shortEveryMs: 10 }, ['at-most']],
  ['scaling', { workload: 'matrix', size: 'large', scaled: true, maxWorkers: 16 }, ['at-most']],
  ['isolation', { workers: 8 }, ['at-most']],
  ['producer-consumer', { ratePerSecond: 0.05 }, ['zero-or-at-least']],
  [
    'producer-consumer',
    { sweep: { param: 'consumers', values: [2, 99] }, killConsumerAtMs: 500 },
    ['whole-number', 'not-with-sweep'],
  ],
]

test('what a form can get wrong is refused with a code that both languages have words for', () => {
  for (const [id, params, codes] of REFUSED) {
    const found = refusalsOf(id, params).map(({ code = 'none' }) => code)
    assert.deepEqual({ id, params, found: found.sort() }, { id, params, found: codes.sort() })
    for (const locale of LOCALES) {
      for (const code of codes) assert.ok(code in messagesOf(locale).errors.refusals, `${locale}: ${code}`)
    }
  }
})

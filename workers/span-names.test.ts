/** Every label that an experiment gives its spans has words in both languages, so that no page shows raw English. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WORKLOADS } from '#lib/experiments/strategies.ts'
import { LOCALES } from '#lib/i18n/locales.ts'
import { messagesOf } from '#lib/i18n/messages.ts'
import { spanNameOf } from '#lib/trace/span-name.ts'
import { spanLabels } from './experiments/deadlock/span-labels.ts'
import { CONTENTION_LABELS } from './experiments/lock-contention/contention-labels.ts'
import { CONSUMER_SPANS, PRODUCER_SPANS } from './experiments/producer-consumer/span-labels.ts'

const LABELS = [
  ...CONTENTION_LABELS,
  ...PRODUCER_SPANS,
  ...CONSUMER_SPANS,
  ...['Lock', 'Fork', 'List'].flatMap((lock) => spanLabels(3, lock)),
]

test('every label of the experiments that wait and hold has words in both languages', () => {
  for (const locale of LOCALES) {
    const { spans } = messagesOf(locale)
    for (const { name, kind } of LABELS) {
      const names = kind === 'held' && !name.startsWith('holds') ? [name, `${name}, others wait`] : [name]
      for (const said of names) assert.ok(Object.hasOwn(spans, spanNameOf(said)?.key ?? ''), `${locale}: ${said}`)
    }
  }
})

test('every workload has words for its tasks in both languages', () => {
  for (const locale of LOCALES) {
    for (const id of WORKLOADS) {
      assert.ok(Object.hasOwn(messagesOf(locale).spans, spanNameOf(`${id} 1`)?.key ?? ''), `${locale}: ${id}`)
    }
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RecordedSpan } from '../../threads/span-recorder.ts'
import { deadlockSpans } from './deadlock-trace.ts'
import { bothLabel, holdLabel, OUTSIDE, spanLabels, waitLabel } from './span-labels.ts'

const labels = spanLabels(2, 'List')
const span = (label: number, startUs: number, endUs: number): RecordedSpan => {
  const { kind = 'cpu', name = '' } = labels[label] ?? {}
  return { kind, name, startUs, endUs }
}

test('the labels name each lock, and the pair a thread takes', () => {
  assert.deepEqual(
    [waitLabel(1), holdLabel(2, 0), bothLabel(2, 1)].map((label) => labels[label]?.name),
    ['waits for list 2', 'holds list 1', 'holds list 2 and list 1'],
  )
})

test('a lock that others waited for while it was held is told from one that nobody wanted', () => {
  const spans = deadlockSpans(
    'none',
    [
      [
        span(OUTSIDE, 0, 10),
        span(holdLabel(2, 0), 10, 50),
        span(bothLabel(2, 0), 60, 90),
        span(holdLabel(2, 0), 100, 120),
      ],
      [span(waitLabel(0), 70, 95)],
    ],
    labels,
  )
  assert.deepEqual(
    spans.map(({ lane, kind }) => [lane, kind]),
    [
      ['none/thread-1', 'cpu'],
      ['none/thread-1', 'held'],
      ['none/thread-1', 'contended'],
      ['none/thread-1', 'held'],
      ['none/thread-2', 'wait'],
    ],
  )
})

test('acquiring a free lock leaves no span of waiting, and makes nobody a holder with waiters', () => {
  const spans = deadlockSpans('none', [[span(holdLabel(2, 0), 10, 50)], [span(waitLabel(0), 20, 21)]], labels)
  assert.deepEqual(
    spans.map(({ kind }) => kind),
    ['held'],
  )
})

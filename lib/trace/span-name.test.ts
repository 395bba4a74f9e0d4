/** What a page reads off a span's English name. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { spanNameOf } from './span-name.ts'

test('words become a key, and the numbers among them values in their order', () => {
  assert.deepEqual(spanNameOf('holds fork 1 and fork 12'), { key: 'holds-fork-and-fork', values: { a: 1, b: 12 } })
  assert.deepEqual(spanNameOf('blocked: the queue is full'), {
    key: 'blocked-the-queue-is-full',
    values: { a: 0, b: 0 },
  })
  assert.deepEqual(spanNameOf('atomic: now -3'), { key: 'atomic-now', values: { a: -3, b: 0 } })
  assert.deepEqual(spanNameOf('inside, others wait')?.key, 'inside-others-wait')
})

test('what has capitals, other letters or no word in front is left as it is', () => {
  for (const name of ['Inside', 'Start', '2012', '9', '', 'les misérables', 'поток'])
    assert.equal(spanNameOf(name), null)
})

import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import type { RunnerEvent } from '#lib/contract/run-event.ts'
import { RUNNER_CREDIT } from '#lib/contract/runner-message.ts'
import { RunnerOutbox } from './runner-outbox.ts'

const RESULT: RunnerEvent = { type: 'result', data: { told: 1 } }
const span = (start: number) => ({ lane: 'a', name: 'x', kind: 'cpu' as const, start, duration: 1 })
const spansOf = (sent: RunnerEvent[]) => sent.flatMap((event) => (event.type === 'spans' ? event.data.spans : []))

/** An outbox whose server takes in everything at once, or only when asked to. */
const setUp = ({ takes }: { takes: boolean }) => {
  const sent: RunnerEvent[] = []
  const outbox: RunnerOutbox = new RunnerOutbox((event) => {
    sent.push(event)
    if (takes) queueMicrotask(() => outbox.taken(1))
  })
  return { outbox, sent }
}

test('what is told within 100 ms goes together, and of progress only the newest', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { outbox, sent } = setUp({ takes: true })
  for (let done = 1; done <= 3; done++) {
    outbox.spans({ spans: [span(done)] })
    outbox.progress({ done, total: 3, label: 'rounds', remainingMs: null })
  }
  assert.equal(sent.length, 0)
  t.mock.timers.tick(100)
  assert.deepEqual(
    sent.map(({ type }) => type),
    ['spans', 'progress'],
  )
  assert.equal(spansOf(sent).length, 3)
  assert.deepEqual(sent[1]?.data, { done: 3, total: 3, label: 'rounds', remainingMs: null })
})

test('no more events are on the way than the server has credit for; the next goes when one was taken', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { outbox, sent } = setUp({ takes: false })
  for (let round = 0; round < RUNNER_CREDIT + 5; round++) outbox.sample({ key: 'a', round, elapsedMs: 1 })
  t.mock.timers.tick(100)
  assert.equal(sent.length, RUNNER_CREDIT)
  outbox.taken(2)
  assert.equal(sent.length, RUNNER_CREDIT + 2)
})

test('the last event comes after everything else, each thing once and in order, in messages of bounded size', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.constantFrom('sample', 'lane'), fc.nat(5_000)), { maxLength: 20 }),
      async (told) => {
        const { outbox, sent } = setUp({ takes: true })
        let at = 0
        let [samples, lanes] = [0, 0]
        for (const what of told) {
          if (what === 'sample') outbox.sample({ key: 'a', round: samples++, elapsedMs: 1 })
          else if (what === 'lane') {
            outbox.lane({ id: `${++lanes}`, group: 'g', kind: 'thread', index: lanes, name: '', pid: null, tid: null })
          } else {
            const spans = Array.from({ length: Number(what) }, () => span(at++))
            outbox.spans({ spans })
            const times = spans.map(({ start }) => start)
            outbox.counters([{ id: 'c', group: 'g', name: 'n', unit: 'u', times, values: times }])
          }
        }
        await outbox.finish(RESULT)
        assert.equal(sent.at(-1), RESULT)
        assert.deepEqual(
          spansOf(sent).map(({ start }) => start),
          Array.from({ length: at }, (_, index) => index),
        )
        const points = sent.flatMap((event) => (event.type === 'counters' ? (event.data.series[0]?.times ?? []) : []))
        assert.equal(points.length, at)
        assert.equal(sent.filter(({ type }) => type === 'sample').length, samples)
        assert.equal(sent.filter(({ type }) => type === 'lane').length, lanes)
        for (const event of sent) if (event.type === 'spans') assert.ok(event.data.spans.length <= 2_000)
      },
    ),
    { numRuns: 30 },
  )
})

test('what would need unbounded memory is left out in whole batches and counted', async () => {
  const { outbox, sent } = setUp({ takes: true })
  const batch = Array.from({ length: 30_000 }, (_, start) => span(start))
  for (let time = 0; time < 8; time++) outbox.spans({ spans: batch, omitted: 1 })
  await outbox.finish(RESULT)
  const omitted = sent.reduce((sum, event) => sum + (event.type === 'spans' ? (event.data.omitted ?? 0) : 0), 0)
  assert.equal(spansOf(sent).length, 180_000)
  assert.equal(omitted, 60_000 + 8)
})

test('it is settled when the server has taken in what was told, or does not keep up', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { outbox, sent } = setUp({ takes: false })
  await outbox.settled() // nothing was told
  outbox.spans({ spans: [span(1)] })
  outbox.sample({ key: 'a', round: 0, elapsedMs: 1 })
  let settled = 0
  const first = outbox.settled().then(() => settled++)
  assert.equal(sent.length, 2, 'it is sent at once')
  outbox.taken(1)
  await Promise.resolve()
  assert.equal(settled, 0)
  outbox.taken(1)
  await first
  outbox.spans({ spans: [span(2)] })
  const second = outbox.settled()
  t.mock.timers.tick(250)
  await second
})

import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import type { RunEvent } from '../contract/run-event.ts'
import { Journal, type JournalEntry } from './journal.ts'

const progress = (done: number): RunEvent => ({
  type: 'progress',
  data: { done, total: 100, label: 'rounds', remainingMs: null },
})

const never = new AbortController().signal

const readAll = async (journal: Journal, after: number): Promise<JournalEntry[]> => {
  const entries: JournalEntry[] = []
  for await (const entry of journal.read(after, never)) entries.push(entry)
  return entries
}

const journalOf = (events: number, options: { maxEvents?: number; maxBytes?: number } = {}): Journal => {
  let last = 0
  const journal = new Journal({ snapshot: () => JSON.stringify({ last }), ...options })
  for (let done = 1; done <= events; done++) last = journal.append(progress(done))
  return journal
}

test('a reader from the beginning gets every event in order, numbered from 1', async () => {
  const journal = journalOf(3)
  journal.end()
  const entries = await readAll(journal, 0)
  assert.deepEqual(
    entries.map(({ id, event, data }) => [id, event, JSON.parse(data).done]),
    [
      [1, 'progress', 1],
      [2, 'progress', 2],
      [3, 'progress', 3],
    ],
  )
})

test('a reader that resumes gets exactly what came after the number it names', async () => {
  const journal = journalOf(5)
  journal.end()
  assert.deepEqual(
    (await readAll(journal, 3)).map(({ id }) => id),
    [4, 5],
  )
  assert.deepEqual(await readAll(journal, 5), [])
})

test('a reader from before the window gets one snapshot of the present, then what comes', async () => {
  const journal = journalOf(10, { maxEvents: 4 })
  const entries: JournalEntry[] = []
  for await (const entry of journal.read(2, never)) {
    entries.push(entry)
    if (entries.length === 1) {
      journal.append(progress(11))
      journal.end()
    }
  }
  assert.deepEqual(
    entries.map(({ id, event }) => [id, event]),
    [
      [10, 'snapshot'],
      [11, 'progress'],
    ],
  )
  assert.deepEqual(JSON.parse(entries[0]?.data ?? ''), { last: 10 })
})

test('a number that this journal has not given yet, as after a restart of the server, brings a snapshot', async () => {
  const journal = journalOf(3)
  journal.end()
  assert.deepEqual(
    (await readAll(journal, 900)).map(({ id, event }) => [id, event]),
    [[3, 'snapshot']],
  )
})

test('a reader that waits is woken by an event, by the end, and by its own signal', async () => {
  const journal = journalOf(0)
  const leaving = new AbortController()
  const left = journal.read(0, leaving.signal).next()
  const reader = journal.read(0, never)
  const first = reader.next()
  journal.append(progress(1))
  assert.equal((await first).value?.id, 1)
  assert.equal((await left).value?.id, 1)

  const aborted = journal.read(1, leaving.signal).next()
  leaving.abort()
  assert.equal((await aborted).done, true)

  const last = reader.next()
  journal.end()
  assert.equal((await last).done, true)
})

test('whatever the window, a reader that names any number ends up knowing the last event', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 60, max: 2_000 }),
      fc.nat(45),
      async (events, maxEvents, maxBytes, after) => {
        const journal = journalOf(events, { maxEvents, maxBytes })
        journal.end()
        const entries = await readAll(journal, after)
        if (after === events) return assert.deepEqual(entries, [])
        const ids = entries.map(({ id }) => id)
        assert.equal(ids.at(-1), events)
        if (entries[0]?.event === 'snapshot') assert.equal(entries.length, 1)
        else
          assert.deepEqual(
            ids,
            Array.from({ length: events - after }, (_, index) => after + 1 + index),
          )
        assert.ok(entries.length <= Math.max(1, maxEvents))
      },
    ),
  )
})

test('an event larger than the window is still delivered', async () => {
  const journal = journalOf(1, { maxBytes: 10 })
  const entries: string[] = []
  const reader = journal.read(0, never)
  entries.push((await reader.next()).value?.event ?? '')
  assert.deepEqual(entries, ['snapshot'])
})

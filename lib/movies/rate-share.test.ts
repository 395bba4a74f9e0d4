import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type RateUser, rateShare, runPart } from './rate-share.ts'
import { RateSlots } from './rate-slots.ts'

const ALLOWANCE = 40
const SLOT_MS = 1000 / 39

const slotsFor = (user: RateUser, clients: number): RateSlots[] => {
  const share = rateShare({ requestsPerSecond: ALLOWANCE }, user, clients)
  assert.ok(share)
  return Array.from({ length: clients }, (_, client) => new RateSlots({ ...share, client }))
}

/** The most requests in any second: those who send and those that follow within it. */
const mostInASecond = (sentMs: readonly number[]): number =>
  Math.max(0, ...sentMs.map((from) => sentMs.filter((at) => at >= from && at < from + 1000).length))

test('all users together never send more than the allowance in any second, whatever the pauses before and the late timers', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 32 }),
      fc.integer({ min: 1, max: 32 }),
      // A run changes from strategy to strategy and a search from executor to executor, each with clients of its own. Before
      // the next begins, the answer to the last request has come, which takes longer than a slot.
      fc.array(fc.record({ lengthMs: fc.double({ min: 30, max: 1500, noNaN: true }), late: fc.nat(60) }), {
        minLength: 1,
        maxLength: 6,
      }),
      (workers, others, turns) => {
        const sentMs: number[] = []
        const sendAll = (clients: readonly RateSlots[], fromMs: number, untilMs: number, lateMs: number): void => {
          for (const client of clients) {
            for (let nowMs = fromMs; nowMs < untilMs; ) {
              const waitMs = client.take(nowMs)
              if (waitMs === 0) sentMs.push(nowMs)
              nowMs += Math.max(waitMs, 1) + (waitMs > 0 ? lateMs * (sentMs.length % 2) : 0)
            }
          }
        }
        let startMs = 0
        for (const [index, { lengthMs, late }] of turns.entries()) {
          const endMs = startMs + lengthMs
          sendAll(slotsFor('run', index % 2 === 0 ? workers : 1), startMs, endMs, late)
          sendAll(slotsFor('search', index % 2 === 0 ? 1 : others), startMs, endMs, late)
          startMs = endMs + SLOT_MS
        }
        sendAll(slotsFor('browsing', 1), 0, 5000, 0)
        assert.ok(mostInASecond(sentMs) <= ALLOWANCE, `${mostInASecond(sentMs)} in a second`)
      },
    ),
    { numRuns: 40 },
  )
})

test('clients that never pause use every slot of their user, each once', () => {
  const clients = slotsFor('run', 8)
  const sentMs = clients.flatMap((client) => {
    const own: number[] = []
    for (let nowMs = 0; nowMs < 10_000; ) {
      const waitMs = client.take(nowMs)
      if (waitMs === 0) own.push(nowMs)
      nowMs += Math.max(waitMs, 1)
    }
    return own
  })
  const part = runPart({ requestsPerSecond: ALLOWANCE })
  assert.ok(part !== null && Math.abs(sentMs.length / 10 - part) <= 0.2, `${sentMs.length / 10} a second of ${part}`)
})

test('where nothing limits there is no share, and one that makes no sense is refused', () => {
  assert.equal(rateShare({ requestsPerSecond: null }, 'run', 8), null)
  assert.equal(runPart({ requestsPerSecond: null }), null)
  const slots = { slotMs: 25, cycle: 4, own: [0], clients: 2, client: 0 }
  for (const wrong of [{ own: [] }, { own: [4] }, { client: 2 }, { slotMs: Number.POSITIVE_INFINITY }]) {
    assert.throws(() => new RateSlots({ ...slots, ...wrong }), RangeError)
  }
})

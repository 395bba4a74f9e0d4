/** Where elapsed × workers went: an example worked out by hand, and that nothing is lost or counted twice. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { lossesOf, type RoundTimes } from './strategies-losses.ts'

describe('the losses of a round', () => {
  it('put every millisecond of two threads where it went', () => {
    const intervals = [
      { start: 100, end: 110 },
      { start: 112, end: 120 },
    ]
    const losses = lossesOf({
      startMs: 100,
      mappedMs: 122,
      joinedMs: 130,
      startupMs: 40,
      lanes: [
        { intervals, cpuMs: 15 },
        { intervals: [{ start: 100, end: 105 }], cpuMs: 5 },
      ],
    })
    assert.deepEqual(losses, {
      usefulMs: 20,
      waitingMs: 3,
      imbalanceMs: 15,
      handingOverMs: 6,
      joiningMs: 16,
      startupMs: 40,
    })
  })

  it('count overlapping tasks of an event loop once, and a worker without a task as idle until the last one ends', () => {
    const overlapping = [
      { start: 0, end: 8 },
      { start: 2, end: 10 },
    ]
    const lanes = [
      { intervals: overlapping, cpuMs: 1 },
      { intervals: [], cpuMs: 0 },
    ]
    const losses = lossesOf({ startMs: 0, mappedMs: 11, joinedMs: 11, startupMs: 0, lanes })
    assert.deepEqual(losses, {
      usefulMs: 1,
      waitingMs: 9,
      imbalanceMs: 10,
      handingOverMs: 2,
      joiningMs: 0,
      startupMs: 0,
    })
  })

  it('do not believe a CPU clock that ticked more than the wall clock', () => {
    const lanes = [{ intervals: [{ start: 0, end: 3 }], cpuMs: 4 }]
    const { usefulMs, waitingMs } = lossesOf({ startMs: 0, mappedMs: 3, joinedMs: 3, startupMs: 0, lanes })
    assert.deepEqual([usefulMs, waitingMs], [3, 0])
  })

  it('add up to elapsed × workers + start-up, none of them negative', () => {
    const interval = fc
      .tuple(fc.nat(1000), fc.nat(1000))
      .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }))
    const lane = fc.record({
      intervals: fc.array(interval, { maxLength: 12 }),
      cpuMs: fc.double({ min: 0, max: 2000, noNaN: true }),
    })
    const round: fc.Arbitrary<RoundTimes> = fc
      .record({
        lanes: fc.array(lane, { minLength: 1, maxLength: 8 }),
        back: fc.nat(50),
        join: fc.nat(50),
        startupMs: fc.nat(500),
      })
      .map(({ lanes, back, join, startupMs }) => ({
        startMs: 0,
        mappedMs: 1000 + back,
        joinedMs: 1000 + back + join,
        startupMs,
        lanes,
      }))
    fc.assert(
      fc.property(round, (times) => {
        const parts = Object.values(lossesOf(times))
        const whole = (times.joinedMs - times.startMs) * times.lanes.length + times.startupMs
        assert.ok(Math.abs(parts.reduce((sum, part) => sum + part, 0) - whole) < 1e-6)
        for (const part of parts) assert.ok(part >= 0, `${part}`)
      }),
    )
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { TaskReport } from '../executors/executor.ts'
import { requestsInFlight } from './requests-in-flight.ts'

const report = (startedUs: number, finishedUs: number): TaskReport => ({
  submittedUs: 0,
  startedUs,
  finishedUs,
  cpuUs: null,
  lane: 'x',
  worker: 0,
  pid: 1,
  tid: 1,
  spans: [],
  spansOmitted: 0,
})

test('requests one after another are never two, and one that never began is none', () => {
  const { times, values } = requestsInFlight('sequential', [report(0, 5), report(5, 9), report(0, 0)])
  assert.deepEqual(
    [times, values],
    [
      [0, 5, 9],
      [1, 1, 0],
    ],
  )
})

test('it begins and ends with none, rises in time, and counts who overlaps', () => {
  const stretch = fc.tuple(fc.nat(100), fc.integer({ min: 1, max: 100 }))
  fc.assert(
    fc.property(fc.array(stretch, { minLength: 1, maxLength: 40 }), (stretches) => {
      const reports = stretches.map(([start, duration]) => report(start, start + duration))
      const { times, values } = requestsInFlight('async', reports)
      assert.equal(times.length, values.length)
      assert.equal(values.at(-1), 0)
      for (const [at, moment] of times.entries()) {
        assert.ok(at === 0 || moment > (times[at - 1] ?? Number.NaN))
        const overlapping = reports.filter((one) => one.startedUs <= moment && moment < one.finishedUs).length
        assert.equal(values[at], overlapping)
      }
    }),
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pointsOf } from './variants.ts'

const own = { tasks: 16, cpuShare: 0.5 }

test('without a sweep there is one point, the run’s own parameters', () => {
  assert.deepEqual(pointsOf({ ...own, sweep: null }, 8), [{ ...own, workers: 8, own: true, value: null }])
})

test('a sweep adds its values, but none that equals the run’s own parameters', () => {
  const points = pointsOf({ ...own, sweep: { param: 'cpuShare', values: [0, 0.5, 1] } }, 8)
  assert.deepEqual(
    points.map(({ cpuShare, own: isOwn, value }) => [cpuShare, isOwn, value]),
    [
      [0.5, true, 0.5],
      [0, false, 0],
      [1, false, 1],
    ],
  )
  assert.ok(points.every(({ workers, tasks }) => workers === 8 && tasks === 16))
})

test('where no value equals them, the own parameters are no point of the sweep', () => {
  assert.deepEqual(
    pointsOf({ ...own, sweep: { param: 'workers', values: [1, 2] } }, 8).map(({ workers, value }) => [workers, value]),
    [
      [8, null],
      [1, 1],
      [2, 2],
    ],
  )
})

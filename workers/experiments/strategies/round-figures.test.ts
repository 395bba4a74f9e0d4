import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { lossesOf } from '#lib/experiments/strategies-losses.ts'
import { predictStrategyMs } from '#lib/experiments/strategies-model.ts'
import type { TaskReport } from '../../executors/executor.ts'
import { laneWork, taskTimes, typicalOf, usefulMs } from './round-figures.ts'

interface TaskOf {
  startMs: number
  endMs: number
  cpuMs?: number | null
  lane?: string
}

const report = ({ startMs, endMs, cpuMs = 0, lane = 'a' }: TaskOf): TaskReport => ({
  submittedUs: 0,
  startedUs: startMs * 1000,
  finishedUs: endMs * 1000,
  cpuUs: cpuMs === null ? null : cpuMs * 1000,
  lane,
  worker: 0,
  pid: 1,
  tid: 1,
  spans: [],
  spansOmitted: 0,
})

const round = (tasks: readonly TaskOf[], { mappedCpuMs = 0, elapsedMs = 0, joinedMs = 0 } = {}) => ({
  elapsedMs,
  mappedCpuMs,
  cpuMs: mappedCpuMs,
  fork: {
    elapsedMs,
    joined: { checksum: '', artefact: null },
    reports: tasks.map(report),
    joinReport: report({ startMs: 0, endMs: 0 }),
    startMs: 0,
    mappedMs: Math.max(0, ...tasks.map(({ endMs }) => endMs)),
    joinedMs,
    spans: [],
  },
})

const chain = (count: number, ms: number, cpuMs: (index: number) => number): TaskOf[] =>
  Array.from({ length: count }, (_, i) => ({ startMs: i * ms, endMs: (i + 1) * ms, cpuMs: cpuMs(i) }))

describe('times of tasks', () => {
  it('of work that computes are computing throughout, however coarsely the CPU clock ticks', () => {
    // 64 tasks of 1 ms; the clock, which ticks every 4 ms, saw a whole tick in every fourth and nothing in the others.
    const ticked = round(chain(64, 1, (i) => (i % 4 === 3 ? 4 : 0)))
    const tasks = taskTimes(ticked, [ticked], true)
    assert.ok(tasks.every(({ cpuMs, waitMs }) => Math.abs(cpuMs - 1) < 1e-9 && waitMs === 0))
    // Eight workers on two cores: what the clock lost must not pass for waiting, which eight could overlap.
    const model = { tasks, joinMs: 0, workers: 8, cores: 2, blocking: false, largestFirst: false }
    assert.ok(Math.abs((predictStrategyMs('threads', model) ?? 0) - 32) < 1e-9)
  })

  it('of other work share the CPU time of all rounds by duration', () => {
    const first = round(
      chain(4, 10, () => 0),
      { mappedCpuMs: 8 },
    )
    const second = round([{ startMs: 0, endMs: 40 }], { mappedCpuMs: 12 })
    assert.deepEqual(
      taskTimes(first, [first, second], false).map(({ cpuMs, waitMs }) => [cpuMs, waitMs]),
      Array.from({ length: 4 }, () => [2.5, 7.5]),
    )
  })

  it('never hold more computing than they last', () => {
    const ticked = round([{ startMs: 0, endMs: 3 }], { mappedCpuMs: 4 })
    assert.deepEqual(taskTimes(ticked, [ticked], false), [{ cpuMs: 3, waitMs: 0 }])
  })
})

describe('useful time', () => {
  it('of an event loop counts a moment once, however many tasks wait in it', () => {
    const waiting = round(
      Array.from({ length: 8 }, () => ({ startMs: 0, endMs: 60, cpuMs: null })),
      { mappedCpuMs: 5 },
    )
    const [loop, ...others] = laneWork({ strategy: 'async', workers: 8 }, waiting)
    assert.ok(loop)
    assert.equal(others.length, 0)
    assert.equal(usefulMs(loop, false), 60)
    assert.equal(usefulMs(loop, true), 5)
  })

  it('has a line for each worker, also for one without a task', () => {
    const lanes = laneWork({ strategy: 'threads', workers: 3 }, round(chain(2, 5, () => 4)))
    assert.deepEqual(
      lanes.map((lane) => [usefulMs(lane, true), usefulMs(lane, false)]),
      [
        [8, 10],
        [0, 0],
        [0, 0],
      ],
    )
  })
})

it('the losses of an event loop leave out what its join computes', () => {
  // 10 ms of waiting with 1 ms of computing, then a join of 9 ms: the thread computed 10 ms, of which the tasks had 1.
  const measured = { ...round([{ startMs: 0, endMs: 10, cpuMs: null }], { mappedCpuMs: 1, joinedMs: 19 }), cpuMs: 10 }
  const { startMs, mappedMs, joinedMs } = measured.fork
  const lanes = laneWork({ strategy: 'async', workers: 8 }, measured)
  assert.deepEqual(lossesOf({ startMs, mappedMs, joinedMs, startupMs: 0, lanes }), {
    usefulMs: 1,
    waitingMs: 9,
    imbalanceMs: 0,
    handingOverMs: 0,
    joiningMs: 9,
    startupMs: 0,
  })
})

it('the typical round is the one in the middle, by time', () => {
  const rounds = [30, 10, 20].map((elapsedMs) => round([], { elapsedMs }))
  assert.equal(typicalOf(rounds), rounds[2])
  assert.equal(typicalOf([]), undefined)
})

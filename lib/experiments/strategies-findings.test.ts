/** Every sentence that a run of `strategies` may be given, the figures that support it, and those that leave it unsaid. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { SweepPoint } from './strategies.ts'
import { findingsOf, found, type Given, headlineOf, point } from './strategies-findings-fixture.ts'

describe('async against one after another', () => {
  it('did not help work that never waits', () => {
    const values = { workload: 'primes' }
    assert.deepEqual(found({ contenders: { sequential: 100, async: 100 } }, 'async-never-waits'), values)
    assert.deepEqual(found({ contenders: { sequential: 100, async: 130 } }, 'async-never-waits'), values)
  })

  it('did not help where the driver of a database blocks', () => {
    const contenders = { sequential: 100, async: 101 }
    const database: Given = { contenders, kind: 'io', params: { workload: 'database' } }
    assert.deepEqual(found(database, 'async-blocking-driver'), { workload: 'database' })
    assert.equal(found({ ...database, params: { workload: 'disk' } }, 'async-blocking-driver'), null)
    assert.equal(found(database, 'async-never-waits'), null)
  })

  it('is not mentioned where it was faster, where rounds are too few, and without the baseline', () => {
    assert.equal(found({ contenders: { sequential: 100, async: 80 } }, 'async-never-waits'), null)
    assert.equal(found({ contenders: { sequential: 100, async: 100 }, rounds: 5 }, 'async-never-waits'), null)
    assert.equal(found({ contenders: { async: 100, threads: 50 } }, 'async-never-waits'), null)
  })
})

describe('the limit of threads that compute', () => {
  const threads = (ms: number, workers: number) => ({ sequential: 100, threads: { ms, workers } })

  it('is the workers where there are cores for all', () => {
    assert.deepEqual(headlineOf({ contenders: threads(52, 2), result: { cores: 4 } }), {
      code: 'limit-of-workers',
      values: { workers: 2, cores: 4, tasks: 16, limit: 2, speedup: 1.92 },
    })
  })

  it('is the cores where there are more workers', () => {
    const values = { workers: 8, cores: 2, tasks: 16, limit: 2, speedup: 1.92 }
    assert.deepEqual(found({ contenders: threads(52, 8) }, 'limit-of-cores'), values)
  })

  it('is the tasks where they are fewer than both: 8 threads on 8 cores can share 3 tasks only three ways', () => {
    const few: Given = { contenders: threads(40, 8), params: { tasks: 3, workers: 8 }, result: { cores: 8 } }
    const values = { workers: 8, cores: 8, tasks: 3, limit: 3, speedup: 2.5 }
    assert.deepEqual(headlineOf(few), { code: 'limit-of-tasks', values })
    assert.deepEqual(found(few, 'limit-of-tasks'), values)
  })

  it('was exceeded where other programs shared the cores: nothing is said to follow from it', () => {
    const values = { workers: 8, cores: 2, tasks: 16, limit: 2, speedup: 2.5 }
    assert.deepEqual(headlineOf({ contenders: threads(40, 8) }), { code: 'limit-exceeded', values })
    assert.equal(found({ contenders: threads(40, 8) }, 'limit-of-cores'), null)
  })

  it('is not spoken of where threads were not faster, where the work waits, and without the baseline', () => {
    const limits = (given: Given) => findingsOf(given).filter(({ code }) => code.startsWith('limit-of'))
    assert.deepEqual(limits({ contenders: threads(100, 2) }), [])
    assert.deepEqual(limits({ contenders: threads(50, 2), rounds: 5 }), [])
    assert.deepEqual(limits({ contenders: threads(50, 2), kind: 'io', params: { workload: 'http' } }), [])
    assert.deepEqual(limits({ contenders: { async: 100, threads: 50 } }), [])
  })
})

describe('the start of processes', () => {
  const contenders = { sequential: { ms: 160, startupMs: 20 }, processes: { ms: 80, startupMs: 70 } }

  it('is paid back from so many tasks on: 50 ms more, 5 ms saved by each of 16', () => {
    assert.deepEqual(found({ contenders }, 'processes-startup'), { ms: 70, tasks: 10 })
  })

  it('is not spoken of where processes were not faster or cost no more to start', () => {
    assert.equal(
      found({ contenders: { ...contenders, processes: { ms: 160, startupMs: 70 } } }, 'processes-startup'),
      null,
    )
    assert.equal(
      found({ contenders: { ...contenders, processes: { ms: 80, startupMs: 20 } } }, 'processes-startup'),
      null,
    )
  })

  it('outweighs the work where it takes longer', () => {
    const longer = { sequential: 160, processes: { ms: 80, startupMs: 160 } }
    const values = { strategy: 'processes', startupMs: 160, searches: 2 }
    assert.deepEqual(found({ contenders: longer }, 'startup-outweighs'), values)
    assert.equal(found({ contenders }, 'startup-outweighs'), null)
    assert.equal(found({ contenders: longer }, 'processes-startup'), null, 'the same start is spoken of once')
  })
})

describe('copying', () => {
  const contenders = { threads: 100, processes: 120 }
  const copying = (ms: number, ci95Ms: [number, number] | null) => ({
    contenders,
    result: { copying: { bytes: 33_554_432, ms, ci95Ms } },
  })

  it('is told where its interval lies above nothing', () => {
    assert.deepEqual(found(copying(12.34, [9, 15]), 'copying'), { megabytes: 33.6, ms: 12.3 })
  })

  it('is not told within noise, without an interval, and where nothing is copied', () => {
    assert.equal(found(copying(3, [-1, 8]), 'copying'), null)
    assert.equal(found(copying(3, [0, 8]), 'copying'), null)
    assert.equal(found(copying(12, null), 'copying'), null)
    assert.equal(found({ contenders }, 'copying'), null)
  })
})

describe('the crossover of a sweep', () => {
  const points = [
    point(1, 'no-detectable-difference', 'faster', 1.9),
    point(0, 'faster', 'faster'),
    point(0.5, 'faster', 'faster'),
    point(0.75, 'no-detectable-difference', 'faster'),
  ]
  const swept = (list: SweepPoint[]): Given => ({
    contenders: { sequential: 100, async: 80, threads: 50 },
    kind: 'mixed',
    params: { workload: 'mixed' },
    result: { sweep: { param: 'cpuShare', points: list } },
  })

  it('is where async stops helping and threads still do, in percent of computing, whatever the order of the points', () => {
    const values = { last: 50, stops: 75, threads: 1.9, at: 100 }
    assert.deepEqual(headlineOf(swept(points)), { code: 'crossover', values })
    assert.deepEqual(
      findingsOf(swept(points)).filter(({ code }) => code === 'crossover'),
      [{ code: 'crossover', values }],
    )
  })

  it('is not found where async always or never helped, where threads stop no later, or in another sweep', () => {
    const always = [point(0, 'faster', 'faster'), point(1, 'faster', 'faster')]
    const never = [point(0, 'slower', 'faster'), point(1, 'slower', 'faster')]
    const together = [point(0, 'faster', 'faster'), point(1, 'slower', 'slower')]
    for (const list of [always, never, together, []]) assert.equal(found(swept(list), 'crossover'), null)
    const byTasks = { ...swept(points), result: { sweep: { param: 'tasks' as const, points } } }
    assert.equal(found(byTasks, 'crossover'), null)
  })
})

describe('what is said of every comparison', () => {
  it('stands first: the fastest, too few rounds, no difference, the only one', () => {
    const first = (given: Given) => findingsOf(given)[0]?.code
    const waiting = { kind: 'io' as const, params: { workload: 'http' as const } }
    assert.equal(first({ contenders: { sequential: 100, threads: 50 }, ...waiting }), 'fastest')
    assert.equal(first({ contenders: { sequential: 100, threads: 50 }, rounds: 5 }), 'too-few-rounds')
    assert.equal(first({ contenders: { sequential: 100, threads: 100 } }), 'no-difference')
    assert.equal(first({ contenders: { sequential: 100, async: 200 } }), 'baseline-fastest')
    assert.equal(first({ contenders: { threads: 100 } }), 'single')
  })

  it('compares threads with processes, and the model with what was measured', () => {
    assert.deepEqual(found({ contenders: { threads: 100, processes: 125 } }, 'pair-faster'), {
      faster: 'threads',
      slower: 'processes',
      speedup: 1.25,
    })
    assert.ok(found({ contenders: { threads: 100, processes: 100.1 } }, 'pair-same'))
    assert.equal(found({ contenders: { threads: 100 } }, 'pair-same'), null)
    assert.deepEqual(found({ contenders: { threads: { ms: 100, modelMs: 100 } } }, 'model-agrees'), { percent: 0 })
    assert.ok(found({ contenders: { threads: { ms: 100, modelMs: 50 } } }, 'slower-than-model'))
    for (const workload of ['disk', 'database'] as const) {
      const waits: Given = { contenders: { threads: { ms: 100, modelMs: 50 } }, kind: 'io', params: { workload } }
      assert.equal(found(waits, 'slower-than-model'), null)
      assert.ok(found(waits, 'slower-than-model-storage'))
    }
    assert.ok(found({ contenders: { threads: { ms: 100, modelMs: 200 } } }, 'faster-than-model'))
  })

  it('says nothing twice', () => {
    const codes = findingsOf({ contenders: { sequential: 100, async: 100, threads: 52, processes: 54 } }).map(
      ({ code }) => code,
    )
    assert.deepEqual(codes, [...new Set(codes)])
  })
})

describe('more workers than tasks', () => {
  const contenders = { sequential: 100, threads: 50 }

  it('is explained where threads or processes take part', () => {
    assert.deepEqual(found({ contenders, params: { tasks: 3, workers: 8 } }, 'more-workers-than-tasks'), {
      workers: 8,
      tasks: 3,
    })
  })

  it('is not mentioned with enough tasks, and where nothing has workers', () => {
    assert.equal(found({ contenders, params: { tasks: 8, workers: 8 } }, 'more-workers-than-tasks'), null)
    assert.equal(
      found(
        { contenders: { sequential: 100, async: 50 }, params: { tasks: 3, workers: 8 } },
        'more-workers-than-tasks',
      ),
      null,
    )
  })
})

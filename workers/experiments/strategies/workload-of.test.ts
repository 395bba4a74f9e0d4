/** Every workload by every strategy, with real threads and processes, the real movie API and a real disk. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { STRATEGIES } from '#lib/contract/strategy.ts'
import { isCpuWorkload, strategiesParamsSchema, WORKLOADS } from '#lib/experiments/strategies.ts'
import { createExecutor } from '../../executors/create-executor.ts'
import type { Executor } from '../../executors/executor.ts'
import { openMovieApi } from '../../movie-api/movie-api-fixture.ts'
import { memoryOf } from '../../workloads/fork-join.ts'
import { NO_INPUT } from '../../workloads/workload.ts'
import { emulatedLatencyMs, needsApi, workloadOf } from './workload-of.ts'

const paramsOf = (given: object) => strategiesParamsSchema.parse({ size: 'small', tasks: 5, ...given })
const { signal } = new AbortController()

describe('workloads', { timeout: 120_000 }, () => {
  const held = new AsyncDisposableStack()
  const executors: Executor[] = []
  let folder = ''
  let api: Awaited<ReturnType<typeof openMovieApi>>

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'interleave-workloads-'))
    held.defer(() => rmSync(folder, { recursive: true }))
    api = held.use(await openMovieApi())
    for (const strategy of STRATEGIES) executors.push(held.use(createExecutor(strategy, { workers: 2 })))
  })
  after(() => held.disposeAsync())

  for (const workload of WORKLOADS) {
    it(`${workload} has the same answer by every strategy`, async () => {
      const params = paramsOf({ workload })
      const bare = {
        folder,
        movieApi: { mode: 'embedded', baseUrl: api.url, token: 'any', requestsPerSecond: null },
        numbersPerMs: 1_000,
      } as const
      const workloadBy = (executor: Executor) =>
        workloadOf(params, bare, { strategy: executor.strategy, workers: 2, cpuShare: params.cpuShare })
      const [first] = executors
      assert.ok(first)
      const generated = await workloadBy(first).generate(params, signal)
      assert.ok(generated.ok)
      const answers = new Map<string, string>()
      for (const executor of executors) {
        const own = workloadBy(executor)
        assert.equal(own.id, workload)
        assert.equal(own.kind === 'cpu', isCpuWorkload(workload))
        const cut = { ...params, memory: memoryOf(executor), input: generated.value }
        const outcome = await own.forkJoin(executor, { cut, round: 0, signal, nowUs: () => 0 })
        assert.ok(outcome.ok, outcome.ok ? '' : outcome.error.message)
        answers.set(executor.strategy, outcome.value.joined.checksum)
      }
      assert.deepEqual([...answers.keys()], [...STRATEGIES])
      assert.equal(new Set(answers.values()).size, 1, JSON.stringify([...answers]))
      assert.match(answers.get('threads') ?? '', /^[\da-f]{8}$/)
    })
  }

  it('large inputs are generated from the seed by a thread, others not at all', async () => {
    for (const workload of WORKLOADS) {
      const bare = {
        folder,
        movieApi: { mode: 'embedded', baseUrl: 'http://127.0.0.1:9/3', token: '', requestsPerSecond: null },
        numbersPerMs: 1,
      } as const
      const { generate } = workloadOf(paramsOf({ workload }), bare, { strategy: 'threads', workers: 1, cpuShare: 0.5 })
      const [one, same, other] = await Promise.all(
        [1, 1, 2].map(async (seed) => {
          const outcome = await generate({ size: 'small', seed }, signal)
          assert.ok(outcome.ok)
          return outcome.value
        }),
      )
      assert.ok(one && same && other)
      if (!['matrix', 'image', 'array'].includes(workload)) {
        assert.equal(one, NO_INPUT, workload)
        continue
      }
      assert.ok(one.byteLength > 1e6)
      assert.equal(Buffer.compare(Buffer.from(one), Buffer.from(same)), 0)
      assert.notEqual(Buffer.compare(Buffer.from(one), Buffer.from(other)), 0)
    }
  })
})

it('mixed work waits for what it does not compute; only it and http ask the movie API', () => {
  assert.equal(emulatedLatencyMs(paramsOf({ workload: 'mixed', size: 'medium' }), 0.25), 15)
  assert.equal(emulatedLatencyMs(paramsOf({ workload: 'http', size: 'medium' }), 0.5), 60)
  assert.equal(emulatedLatencyMs(paramsOf({ workload: 'disk' }), 0.5), null)
  assert.deepEqual(
    WORKLOADS.filter((workload) => needsApi({ workload })),
    ['http', 'mixed'],
  )
})

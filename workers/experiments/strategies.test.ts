/** The execution of strategies with real threads and processes. */
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { z } from 'zod'
import { STRATEGIES } from '#lib/contract/strategy.ts'
import { strategies, type strategiesParamsSchema } from '#lib/experiments/strategies.ts'
import { runOnFullDisk } from './full-disk.ts'
import { RunFailure } from './run-context.ts'
import { runHandler } from './run-handler-fixture.ts'
import { handler } from './strategies.ts'

type Input = z.input<typeof strategiesParamsSchema>

const QUICK = { size: 'small', rounds: 1, warmup: 0, workers: 2, tasks: 4 } as const

describe('strategies', { timeout: 120_000 }, () => {
  let folder = ''
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'interleave-strategies-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  const failureOf = async (params: Input, surroundings: { folder?: string; movieApiUrl?: string }) => {
    const { error } = await runHandler(strategies, handler, { ...QUICK, ...params }, undefined, surroundings)
    assert.ok(error instanceof RunFailure, String(error))
    return error
  }

  test('every strategy computes the same at every point, and the own point of a sweep is measured once', async () => {
    const params: Input = { ...QUICK, workload: 'mining', rounds: 2, sweep: { param: 'tasks', values: [2, 4] } }
    const { result, samples, lanes, spans } = await runHandler(strategies, handler, params)
    assert.ok(result)
    const { entries } = result.comparison
    assert.deepEqual(
      entries.map(({ key, samplesMs, tasks }) => [key, samplesMs.length, tasks]),
      STRATEGIES.map((key) => [key, 2, 4]),
    )
    assert.equal(new Set(entries.map(({ checksum }) => checksum)).size, 1)
    assert.ok(entries[0]?.checksum)
    const keys = STRATEGIES.flatMap((key) => [key, `${key}@2`])
    assert.deepEqual(samples.map(({ key }) => key).sort(), [...keys, ...keys].sort())
    assert.deepEqual(
      samples.map(({ key, tasks }) => (key.endsWith('@2') ? 2 : 4) === tasks),
      samples.map(() => true),
    )
    assert.deepEqual(
      result.sweep?.points.map(({ value, entries: of }) => [value, of.map(({ key }) => key)]),
      [
        [2, [...STRATEGIES]],
        [4, [...STRATEGIES]],
      ],
    )
    assert.deepEqual(
      result.sweep?.points[1]?.entries.map(({ medianMs }) => medianMs),
      entries.map(({ medianMs }) => medianMs),
    )
    assert.equal(lanes.length, 1 + 1 + 2 + 2)
    // Of each execution at the own point: its tasks and the join.
    assert.equal(spans.filter(({ kind }) => kind === 'cpu').length, 4 * 2 * (4 + 1))
    assert.deepEqual(Object.keys(result.losses), [...STRATEGIES])
    assert.equal(result.copying, null, 'nothing large is handed over')
  })

  test('what copying costs is measured for the bytes it names, with an interval', async () => {
    const params: Input = { ...QUICK, workload: 'array', strategies: ['threads', 'processes'] }
    const { result } = await runHandler(strategies, handler, params)
    assert.ok(result?.copying)
    const { bytes, ms, ci95Ms } = result.copying
    // 800,000 numbers of 8 bytes, there and back.
    assert.equal(bytes, 2 * 8 * 800_000)
    assert.ok(ci95Ms && ci95Ms[0] <= ms && ms <= ci95Ms[1])
  })

  test('cancelled in the middle of a sweep it ends everything', async () => {
    const params: Input = {
      ...QUICK,
      workload: 'primes',
      size: 'large',
      rounds: 50,
      sweep: { param: 'workers', values: [1, 2, 3] },
    }
    const { error, samples, lanes } = await runHandler(strategies, handler, params, (told) => told.samples.length === 1)
    assert.match(String(error), /cancelled by the test/)
    assert.equal(samples.length, 1)
    assert.equal(lanes.length, 1 + 3 + 2 * (1 + 2 + 3))
  })

  test('nothing is left of what it wrote', async () => {
    const { result } = await runHandler(strategies, handler, { ...QUICK, workload: 'disk' }, undefined, { folder })
    assert.equal(new Set(result?.comparison.entries.map(({ checksum }) => checksum)).size, 1)
    assert.deepEqual(readdirSync(folder), [])
  })

  for (const workload of ['disk', 'database'] as const) {
    test(`a folder that isn't there, or is none, fails ${workload} as storage`, async () => {
      const file = path.join(folder, 'file')
      writeFileSync(file, '')
      for (const place of [path.join(folder, 'missing'), file]) {
        const { code, message } = await failureOf({ workload }, { folder: place })
        assert.equal(code, 'storage', message)
        assert.match(message, /^\w+, task \d: /)
      }
      rmSync(file)
    })

    test(`a full disk fails ${workload} as storage`, {
      skip: process.platform === 'win32' && 'no limits on file sizes',
    }, () => {
      const fixture = path.join(import.meta.dirname, 'strategies/full-disk-fixture.ts')
      const { code, message } = runOnFullDisk(fixture, { args: [workload] })
      assert.equal(code, 'storage', message)
    })
  }

  test('a request that fails is the movie API’s failure, of mixed work too', async () => {
    for (const workload of ['http', 'mixed'] as const) {
      const { code, message } = await failureOf(
        { workload, strategies: ['sequential'], tasks: 1 },
        { movieApiUrl: 'http://127.0.0.1:9/3' },
      )
      assert.equal(code, 'movie-api', message)
      assert.match(message, /^sequential, task 1: film \d+: /)
    }
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { createExecutor } from '../executors/create-executor.ts'
import type { Executor } from '../executors/executor.ts'
import { withoutRun } from '../executors/outcomes.ts'
import { arrayWorkload, generateArray } from './array.ts'
import { carry, measureCopying } from './copying.ts'
import { primesWorkload } from './primes.ts'
import { NO_INPUT } from './workload.ts'

const input = new SharedArrayBuffer(arrayWorkload.input?.bytes('small') ?? 0)
generateArray({ memory: input, size: 'small', seed: 1 })
const options = { size: 'small', tasks: 7, seed: 1, memory: 'copied', input } as const
const { signal } = new AbortController()

/** Threads in place of processes: nothing large is handed over here, only who hands it over is watched. */
const watched = (executor: Executor) => {
  const given: unknown[][] = []
  const map: Executor['map'] = (task, argsList, mapOptions) => {
    given.push([...argsList])
    return executor.map(task, argsList, mapOptions)
  }
  return { executor: { map }, given }
}

/** Bytes there and back that such arguments ask for. */
const bytesIn = (given: unknown): number => {
  const { args, resultBytes } = z.object({ args: z.unknown(), resultBytes: z.int() }).parse(given)
  const { success, data } = z.object({ values: z.instanceof(Float64Array) }).safeParse(args)
  return resultBytes + (success ? data.values.byteLength : 0)
}

test('the bytes that are told are those that travel, in as many tasks as the work has', async () => {
  await using threads = createExecutor('threads', { workers: 2 })
  const { executor, given } = watched(threads)
  const outcome = await measureCopying(executor, arrayWorkload, options, signal)
  assert.ok(outcome.ok && outcome.value)
  const { bytes, ms, ci95Ms } = outcome.value
  assert.equal(given.length, 2 * 7, 'six tries, and one before that is not counted')
  for (const [i, argsList] of given.entries()) {
    assert.equal(argsList.length, 7)
    const travelled = argsList.reduce<number>((sum, one) => sum + bytesIn(one), 0)
    assert.equal(travelled, i % 2 === 0 ? bytes : 0)
  }
  assert.ok(ci95Ms && ci95Ms[0] <= ms && ms <= ci95Ms[1])
})

test('a result is as large as it is asked to be', () => {
  assert.equal(carry({ args: 'anything', resultBytes: 1234 }).byteLength, 1234)
})

test('where nothing is copied there is nothing to tell, and nothing is tried', async () => {
  await using threads = createExecutor('threads', { workers: 1 })
  const { executor, given } = watched(threads)
  const shared = await measureCopying(executor, arrayWorkload, { ...options, memory: 'shared' }, signal)
  const small = await measureCopying(executor, primesWorkload, { ...options, input: NO_INPUT }, signal)
  assert.deepEqual(
    [shared, small],
    Array.from({ length: 2 }, () => ({ ok: true, value: null })),
  )
  assert.equal(given.length, 0)
})

test('a process that dies of it is told', async () => {
  const error = { code: 'worker-died', name: 'WorkerDied', message: 'it was killed', stack: null } as const
  const map: Executor['map'] = (_, argsList) => Promise.resolve(argsList.map(() => withoutRun(error, 0)))
  const outcome = await measureCopying({ map }, arrayWorkload, options, signal)
  assert.ok(!outcome.ok)
  assert.equal(outcome.error.code, 'worker-died')
})

/** The execution of scaling with real threads and processes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { scaling } from '#lib/experiments/scaling.ts'
import { runHandler } from './run-handler-fixture.ts'
import { serialTasks } from './scaling/partly-serial.ts'
import { handler } from './scaling.ts'

const QUICK = { size: 'small', rounds: 1, warmup: 0 } as const

test('serial tasks come as near to the share as whole ones allow, spread over the list', () => {
  const sizes = fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 1, maxLength: 200 })
  fc.assert(
    fc.property(sizes, fc.double({ min: 0, max: 0.95, noNaN: true }), (list, share) => {
      const chosen = serialTasks(list, share)
      let passed = 0
      let taken = 0
      for (const [index, size] of list.entries()) {
        passed += size
        if (chosen.has(index)) taken += size
        assert.ok(
          Math.abs(taken - passed * share) <= 10 + 1e-9,
          'never more than one task off, wherever the list is cut',
        )
      }
    }),
  )
  assert.deepEqual([...serialTasks([1, 1, 1, 1], 0.5)], [0, 2])
  assert.equal(serialTasks([1, 1, 1, 1], 0).size, 0)
})

test('every number of workers computes the same, the serial part by one worker before the others', {
  timeout: 60_000,
}, async () => {
  const params = { ...QUICK, maxWorkers: 3, serialShare: 0.5 }
  const { result, lanes, spans, samples } = await runHandler(scaling, handler, params)
  assert.ok(result)
  assert.equal(lanes.length, 3)
  assert.deepEqual(
    result.points.map(({ workers }) => workers),
    [1, 2, 3],
  )
  assert.equal(new Set(result.comparison.entries.map(({ checksum }) => checksum)).size, 1)
  assert.deepEqual(
    result.comparison.entries.map(({ key, workers }) => [key, workers]),
    [1, 2, 3].map((workers) => [`threads×${workers}`, workers]),
  )
  assert.deepEqual(samples.map(({ workers }) => workers).sort(), [1, 2, 3])
  const serial = spans.filter(({ name }) => name === 'serial')
  const [first] = lanes
  assert.ok(serial.length > 0 && serial.every(({ lane }) => lane === first?.id))
  // The work is cut in 256; half of it by size, in each of the three executions, and what is serial never overlaps with anything.
  assert.equal(spans.filter(({ name }) => name === 'serial' || name === 'parallel').length, 3 * 256)
  const end = ({ start, duration }: { start: number; duration: number }) => start + duration
  for (const one of serial) {
    const beside = spans.filter(
      (other) => other.kind === 'cpu' && other !== one && other.start < end(one) && end(other) > one.start,
    )
    assert.equal(beside.length, 0)
  }
  // How near to one half it comes depends on what else the machine does.
  assert.ok(result.serialShare.measured > 0 && result.serialShare.measured < 1)
  assert.ok(samples.every(({ serialMs, elapsedMs }) => Number(serialMs) > 0 && Number(serialMs) < elapsedMs))
})

for (const strategy of ['threads', 'processes'] as const)
  test(`never more ${strategy} take part than are measured`, { timeout: 60_000 }, async () => {
    const params = { ...QUICK, rounds: 3, maxWorkers: 4, workload: 'mining', strategy } as const
    const { spans, samples } = await runHandler(scaling, handler, params)
    const computed = spans.filter(({ kind }) => kind === 'cpu').sort((a, b) => a.start - b.start)
    // Each execution ends with its join, and they follow each other as their samples do.
    const executions: Set<string>[] = [new Set()]
    for (const { lane, name } of computed) {
      executions.at(-1)?.add(lane)
      if (name === 'join') executions.push(new Set())
    }
    assert.equal(executions.pop()?.size, 0)
    assert.equal(executions.length, samples.length)
    for (const [index, lanes] of executions.entries()) {
      assert.ok(lanes.size <= Number(samples[index]?.workers), `${lanes.size} lanes in ${samples[index]?.key}`)
    }
    // That they do take part is tested where tasks wait for each other (scaling/partly-serial.test.ts): here one could do it all.
  })

test('where the work grows, as many copies of the parallel part are done as there are workers', {
  timeout: 60_000,
}, async () => {
  const params = { ...QUICK, maxWorkers: 2, serialShare: 0.5, scaled: true, workload: 'array' } as const
  const { result, spans } = await runHandler(scaling, handler, params)
  assert.ok(result)
  assert.equal(spans.filter(({ name }) => name === 'serial').length, 2 * 32)
  assert.equal(spans.filter(({ name }) => name === 'parallel').length, 32 + 2 * 32)
  assert.ok(result.points.every(({ gustafson, karpFlatt }) => gustafson !== null && karpFlatt === null))
})

test('a cancelled run ends in the middle of its serial part', { timeout: 60_000 }, async () => {
  const params = { size: 'large', serialShare: 0.95, rounds: 50, maxWorkers: 2 } as const
  let told = 0
  const { error, samples } = await runHandler(scaling, handler, params, () => ++told === 2)
  assert.match(String(error), /cancelled by the test/)
  assert.equal(samples.length, 0)
})

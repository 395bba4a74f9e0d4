/** Runs are admitted in order, one at a time, kept, read, deleted; what makes no sense is refused. With real processes. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { ended, failureCode, never, pidOf, setUp, start } from './run-manager-fixture.ts'
import { untilGone } from './running-process-fixture.ts'

test('a run tells what happens, succeeds, and is the same when it is read from the store', async (t) => {
  const setup = setUp(t)
  const run = start(setup, { amount: 5 })
  assert.equal(run.status, 'running')
  assert.deepEqual(run.commands, ['cancel'])
  const types: string[] = []
  for await (const { event } of setup.manager.events(run.id, 0, never)) types.push(event)
  assert.deepEqual(types.slice(-2), ['result', 'status'])
  for (const type of ['lane', 'spans', 'counters', 'sample', 'progress']) assert.ok(types.includes(type), type)

  const finished = await ended(setup, run)
  assert.equal(finished.status, 'succeeded')
  assert.deepEqual(finished.result, { told: 5 })
  assert.equal(finished.progress.done, 5)
  assert.deepEqual(finished.commands, [])
  assert.deepEqual(setup.store.get(run.id), finished)
  assert.deepEqual(setup.manager.list({ limit: 1 }).runs[0]?.headline, { code: 'told', values: { told: 5 } })
  const { trace, samples } = await setup.manager.recording(run.id)
  assert.equal(trace.spans.length, 5)
  assert.deepEqual(trace.counters[0]?.values, [0, 1, 2, 3, 4])
  assert.equal(samples.length, 5)

  const [snapshot, ...more] = await Array.fromAsync(setup.manager.events(run.id, 3, never))
  assert.deepEqual(more, [])
  assert.equal(snapshot?.event, 'snapshot')
  assert.deepEqual(JSON.parse(snapshot?.data ?? ''), { run: finished, trace, samples })
})

test('everything that was told arrives before the result, however much it is', async (t) => {
  const setup = setUp(t)
  const run = start(setup, { behaviour: 'flood', amount: 15_000 })
  const finished = await ended(setup, run)
  assert.equal(finished.status, 'succeeded')
  const { trace, samples } = await setup.manager.recording(run.id)
  assert.equal(samples.length, 15_000)
  assert.equal(trace.spans.length + trace.omitted, 15_000)
  assert.equal(finished.progress.done, 15_000)
})

test('one run goes at a time; the others wait in order and see their position', async (t) => {
  const setup = setUp(t)
  const first = start(setup, { behaviour: 'wait' })
  const [second, third, fourth] = [start(setup), start(setup), start(setup)]
  assert.deepEqual(
    [first, second, third, fourth].map(({ status, position }) => [status, position]),
    [
      ['running', 0],
      ['queued', 1],
      ['queued', 2],
      ['queued', 3],
    ],
  )
  assert.equal(setup.manager.queueLength, 3)
  assert.ok(setup.manager.command(third.id, 'cancel').ok)
  assert.equal(setup.manager.get(third.id)?.status, 'cancelled')
  assert.equal(setup.store.get(third.id)?.status, 'cancelled')
  assert.equal(setup.manager.get(fourth.id)?.position, 2)

  assert.ok(setup.manager.command(first.id, 'cancel').ok)
  const positions: unknown[] = []
  for await (const { event, data } of setup.manager.events(fourth.id, 0, never)) {
    if (event === 'status') positions.push([JSON.parse(data).status, JSON.parse(data).position])
  }
  assert.deepEqual(positions, [
    ['queued', 3],
    ['queued', 2],
    ['queued', 1],
    ['running', 0],
    ['succeeded', 0],
  ])
  const runs = [first, second, fourth].map(({ id }) => setup.manager.get(id))
  assert.deepEqual(
    runs.map((run) => run?.status),
    ['cancelled', 'succeeded', 'succeeded'],
  )
  for (const [before, after] of [
    [runs[0], runs[1]],
    [runs[1], runs[2]],
  ]) {
    assert.ok(Date.parse(before?.finishedAt ?? '') <= Date.parse(after?.startedAt ?? ''), 'they did not overlap')
  }
})

test('the 51st waiting run is refused with the time after which to try again', (t) => {
  const setup = setUp(t)
  for (let waiting = 0; waiting <= 50; waiting++) start(setup, { behaviour: 'wait', seconds: 100 })
  const outcome = setup.manager.start({ experiment: 'probe' })
  assert.ok(!outcome.ok)
  assert.equal(outcome.failure.code, 'queue-full')
  assert.ok((outcome.failure.retryAfter ?? 0) > 90)
  assert.equal(setup.manager.queueLength, 50)
})

test('searches are counted in the run that was measuring, and in no other', async (t) => {
  const setup = setUp(t)
  setup.manager.countSearch()
  const run = start(setup, { behaviour: 'wait', amount: 1 })
  const next = start(setup)
  await pidOf(setup, run)
  setup.manager.countSearch()
  setup.manager.countSearch()
  setup.manager.command(run.id, 'cancel')
  assert.equal((await ended(setup, run)).interference.searches, 2)
  assert.equal((await ended(setup, next)).interference.searches, 0)
})

test('what makes no sense is refused with the field, and nothing is started', (t) => {
  const setup = setUp(t)
  const refused = [
    { request: { experiment: 'constructor' }, path: 'experiment' },
    { request: { experiment: 'probe', params: { amount: '3' } }, path: 'params.amount' },
    { request: { experiment: 'probe', params: { amount: 200_000 } }, path: 'params.amount' },
    { request: { experiment: 'probe', params: { unknown: 1 } }, path: 'params.unknown' },
    { request: { experiment: 'probe', params: { behaviour: 'flood', amount: 0 } }, path: 'params.amount' },
    // What only the embedded movie API emulates, where there is another.
    { request: { experiment: 'probe', params: { amount: 77 } }, path: 'params.amount' },
  ]
  for (const { request, path: field } of refused) {
    const outcome = setup.manager.start(request)
    assert.ok(!outcome.ok)
    assert.deepEqual(
      outcome.failure.errors?.map((error) => error.path),
      [field],
    )
  }
  const tooLong = setup.manager.start({ experiment: 'probe', params: { seconds: 900 } })
  assert.ok(!tooLong.ok)
  assert.equal(tooLong.failure.code, 'takes-too-long')
  assert.match(tooLong.failure.detail, /900 s/)
  assert.deepEqual(tooLong.failure.errors, [
    {
      path: 'params.seconds',
      message: '600 would fit, everything else being equal; got 900',
      code: 'would-fit',
      values: { fitting: 600 },
    },
  ])
  assert.equal(setup.manager.list({ limit: 10 }).runs.length, 0)
})

test('only an ended run can be deleted, and then it is gone', async (t) => {
  const setup = setUp(t)
  const run = start(setup, { behaviour: 'wait', amount: 1 })
  const deletion = setup.manager.delete(run.id)
  assert.equal(deletion.ok ? 'ok' : deletion.failure.code, 'conflict')
  setup.manager.command(run.id, 'cancel')
  await ended(setup, run)
  assert.ok(setup.manager.delete(run.id).ok)
  assert.equal(setup.manager.get(run.id), null)
  assert.deepEqual(await Array.fromAsync(setup.manager.events(run.id, 0, never)), [])
})

test('stopping ends the run that goes and those that wait as interrupted, and leaves no process', async (t) => {
  const setup = setUp(t)
  const run = start(setup, { behaviour: 'grandchild', amount: 1 })
  const waiting = start(setup)
  const pid = await pidOf(setup, run)
  await setup.manager.stop()
  for (const { id } of [run, waiting]) {
    assert.equal(setup.store.get(id)?.status, 'failed')
    assert.equal(setup.store.get(id)?.error?.code, 'interrupted')
  }
  await untilGone(pid)
  assert.equal(failureCode(setup.manager.start({ experiment: 'probe' })), 'shutting-down')
})

/** How a run goes and how it ends: by itself, cancelled, killed, beyond its limits; what it accepts meanwhile, and what disturbed it. With real processes. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import test from 'node:test'
import { readCpuTicks } from './machine-load.ts'
import type { RunManagerOptions } from './run-manager.ts'
import { ended, failureCode, firstEvent, pidOf, setUp, start, TOKEN } from './run-manager-fixture.ts'
import { untilGone } from './running-process-fixture.ts'

test('a cancelled run stops, keeps what it told, leaves no file, and its process is gone', async (t) => {
  const setup = setUp(t)
  const run = start(setup, { behaviour: 'wait', amount: 2 })
  const pid = await pidOf(setup, run)
  assert.equal(readdirSync(path.join(setup.folder, 'tmp', run.id)).length, 1)
  assert.ok(setup.manager.command(run.id, 'cancel').ok)
  assert.equal(failureCode(setup.manager.command(run.id, 'cancel')), 'conflict')
  const finished = await ended(setup, run)
  assert.equal(finished.status, 'cancelled')
  assert.equal(finished.result, null)
  assert.equal(finished.error, null)
  assert.equal((await setup.manager.recording(run.id)).samples.length, 2)
  assert.equal(existsSync(path.join(setup.folder, 'tmp', run.id)), false)
  await untilGone(pid)
})

test('a run that ignores the request to stop is killed with its processes', async (t) => {
  const limits = { termAfterMs: 50, killAfterMs: 100 }
  for (const behaviour of ['ignore-abort', 'grandchild']) {
    const setup = setUp(t, { limits })
    const run = start(setup, { behaviour, amount: 1 })
    const pid = await pidOf(setup, run)
    setup.manager.command(run.id, 'cancel')
    assert.equal((await ended(setup, run)).status, 'cancelled')
    await untilGone(pid)
  }
})

test('a process that is killed from outside fails its run as crashed, and the next run works', async (t) => {
  const setup = setUp(t)
  const run = start(setup, { behaviour: 'wait', amount: 1 })
  process.kill(await pidOf(setup, run), 'SIGKILL')
  const next = start(setup)
  const finished = await ended(setup, run)
  assert.equal(finished.status, 'failed')
  assert.equal(finished.error?.code, 'crashed')
  assert.match(finished.error?.message ?? '', /SIGKILL/)
  assert.equal(existsSync(path.join(setup.folder, 'tmp', run.id)), false)
  assert.equal((await ended(setup, next)).status, 'succeeded')
})

test('a crash tells the exit code and the last words, without the key', async (t) => {
  const setup = setUp(t)
  const { error } = await ended(setup, start(setup, { behaviour: 'exit' }))
  assert.equal(error?.code, 'crashed')
  assert.match(error?.message ?? '', /exit code 7\.\nthe last words, with the key \*\*\* in them/)
})

test('failures keep their code and lose the key; what nobody expected is internal', async (t) => {
  const setup = setUp(t)
  t.mock.method(console, 'error', () => undefined)
  const outcomes = [
    { behaviour: 'fail', code: 'movie-api', message: /refused the key \*\*\*/ },
    { behaviour: 'throw', code: 'internal', message: /nobody expected/ },
    { behaviour: 'bad-event', code: 'internal', message: /round/ },
    { behaviour: 'bad-result', code: 'internal', message: /told/ },
  ]
  for (const { behaviour, code, message } of outcomes) {
    const { status, error } = await ended(setup, start(setup, { behaviour }))
    assert.deepEqual([behaviour, status, error?.code], [behaviour, 'failed', code])
    assert.match(error?.message ?? '', message)
  }
})

test('a run beyond its time is ended, even when its main thread never answers', async (t) => {
  const setup = setUp(t, { limits: { timeMs: 600, termAfterMs: 50, killAfterMs: 100 } })
  const { status, error } = await ended(setup, start(setup, { behaviour: 'block' }))
  assert.deepEqual([status, error?.code], ['failed', 'timeout'])
})

test('memory is counted over the whole process tree', { skip: process.platform !== 'linux' }, async (t) => {
  const limits = { memoryBytes: 220 * 1024 ** 2, memoryCheckMs: 20 }
  for (const behaviour of ['fill-memory', 'grandchild']) {
    const setup = setUp(t, { limits })
    const { error } = await ended(setup, start(setup, { behaviour, amount: 240 }))
    assert.equal(error?.code, 'out-of-memory', behaviour)
    assert.match(error?.message ?? '', /220 MB are allowed/)
    assert.equal((await ended(setup, start(setup))).status, 'succeeded')
  }
})

test('a declared command applies only while the run listens to it', async (t) => {
  const setup = setUp(t)
  const run = start(setup, { behaviour: 'wait-for-poke' })
  const waiting = start(setup)
  assert.equal(failureCode(setup.manager.command(waiting.id, 'poke')), 'conflict')
  assert.equal(failureCode(setup.manager.command(run.id, 'sing')), 'invalid-input')
  assert.equal(failureCode(setup.manager.command('aaaaaaaaaaaa', 'cancel')), 'not-found')
  await firstEvent(setup, run, ({ event, data }) => event === 'status' && JSON.parse(data).commands.includes('poke'))
  assert.ok(setup.manager.command(run.id, 'poke').ok)
  assert.deepEqual((await ended(setup, run)).result, { told: 42 })
  assert.equal(failureCode(setup.manager.command(run.id, 'cancel')), 'conflict')
})

test('a command that is under way is not accepted again before it is done', async (t) => {
  const setup = setUp(t)
  const run = start(setup, { behaviour: 'wait-for-pokes', amount: 2 })
  const offered: number[] = []
  await firstEvent(setup, run, ({ id, event, data }) => {
    if (event === 'status' && JSON.parse(data).commands.includes('poke')) offered.push(id)
    return offered.length > 0
  })
  const answers = Array.from({ length: 10 }, () => setup.manager.command(run.id, 'poke'))
  assert.deepEqual(
    answers.map((answer) => (answer.ok ? 'accepted' : failureCode(answer))),
    ['accepted', ...Array(9).fill('conflict')],
  )
  await firstEvent(
    setup,
    run,
    ({ id, event, data }) => event === 'status' && id > (offered[0] ?? 0) && JSON.parse(data).commands.includes('poke'),
  )
  assert.ok(setup.manager.command(run.id, 'poke').ok)
  assert.deepEqual((await ended(setup, run)).result, { told: 2 })
})

/** A movie API that never comes into service: whoever waits for it waits until its signal is aborted. */
const neverInService = (signal: AbortSignal): ReturnType<RunManagerOptions['movieApi']> =>
  new Promise((resolve) => {
    const give = (): void =>
      resolve({ mode: 'embedded', baseUrl: 'http://127.0.0.1:9/3', token: TOKEN, requestsPerSecond: null })
    if (signal.aborted) give()
    signal.addEventListener('abort', give)
  })

test('a run that waits for the movie API can be cancelled, and the next one begins', async (t) => {
  const setup = setUp(t, { movieApi: neverInService })
  const run = start(setup)
  const next = start(setup)
  assert.ok(setup.manager.command(run.id, 'cancel').ok)
  assert.equal((await ended(setup, run)).status, 'cancelled')
  assert.equal(setup.manager.get(next.id)?.status, 'running')
})

test('a run that does not ask the movie API does not wait for it', async (t) => {
  const setup = setUp(t, { movieApi: neverInService, limits: { timeMs: 600, termAfterMs: 50, killAfterMs: 100 } })
  const { error } = await ended(setup, start(setup, { behaviour: 'block' }))
  assert.equal(error?.code, 'timeout', 'it has begun')
})

test('how busy others kept the machine is known of a run that succeeded, and not of one that was broken off', {
  skip: process.platform !== 'linux',
}, async (t) => {
  const setup = setUp(t)
  const run = start(setup, { behaviour: 'wait-for-poke' })
  await firstEvent(setup, run, ({ event, data }) => event === 'status' && JSON.parse(data).commands.includes('poke'))
  const from = await readCpuTicks()
  // Long enough to be told, by the kernel's own clock.
  while (((await readCpuTicks())?.all ?? 0) - (from?.all ?? 0) < 60);
  setup.manager.command(run.id, 'poke')
  const { interference } = await ended(setup, run)
  assert.ok(interference.otherCpuShare !== null && interference.otherCpuShare <= 1)
  assert.deepEqual(setup.store.get(run.id)?.interference, interference)
  const broken = start(setup, { behaviour: 'wait', amount: 1 })
  await pidOf(setup, broken)
  setup.manager.command(broken.id, 'cancel')
  assert.equal((await ended(setup, broken)).interference.otherCpuShare, null)
})

/** The manager with real runner processes, executing the tests' own experiment. */
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import test, { type TestContext } from 'node:test'
import { findExperiment } from '#workers/test-experiments/registry.ts'
import type { Run } from '../contract/run.ts'
import type { JournalEntry } from './journal.ts'
import { describeMachine } from './machine.ts'
import { readCpuTicks } from './machine-load.ts'
import { RunManager, type RunManagerOptions } from './run-manager.ts'
import { RunStore } from './store.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const TESTS = path.join(ROOT, 'workers/test-experiments')
const TOKEN = 'a-very-secret-key-of-32-characters'
const never = new AbortController().signal

interface Setup {
  manager: RunManager
  store: RunStore
  folder: string
}

const setUp = (t: TestContext, options: Partial<RunManagerOptions> = {}): Setup => {
  const folder = mkdtempSync(path.join(tmpdir(), 'interleave-runs-'))
  const store = new RunStore(path.join(folder, 'runs.sqlite'))
  const manager = new RunManager({
    store,
    machine: describeMachine(),
    experiments: { ids: ['probe'], find: findExperiment },
    movieApi: async () => ({ mode: 'custom', baseUrl: 'http://127.0.0.1:1/3', token: TOKEN, requestsPerSecond: null }),
    movieApiMode: 'custom',
    temporaryFolder: path.join(folder, 'tmp'),
    runner: {
      file: path.join(ROOT, 'workers/runner.ts'),
      arguments: ['--registry', path.join(TESTS, 'registry.ts'), '--handlers', TESTS],
      folder: ROOT,
      environment: process.env,
    },
    ...options,
  })
  t.after(async () => {
    await manager.stop()
    store[Symbol.dispose]()
    rmSync(folder, { recursive: true, force: true })
  })
  return { manager, store, folder }
}

const start = ({ manager }: Setup, params: Record<string, unknown> = {}): Run => {
  const outcome = manager.start({ experiment: 'probe', params })
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure))
  return outcome.value
}

const ended = async ({ manager }: Setup, { id }: Run): Promise<Run> => {
  for await (const _ of manager.events(id, 0, never));
  const run = manager.get(id)
  assert.ok(run)
  return run
}

const firstEvent = async ({ manager }: Setup, { id }: Run, accepts: (entry: JournalEntry) => boolean) => {
  for await (const entry of manager.events(id, 0, never)) if (accepts(entry)) return JSON.parse(entry.data)
  throw new Error('the run ended before')
}

const pidOf = async (setup: Setup, run: Run): Promise<number> =>
  (await firstEvent(setup, run, ({ event }) => event === 'sample')).pid

/** A zombie that nobody has collected yet is not running. */
const isRunning = (pid: number): boolean => {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

const untilGone = async (pid: number): Promise<void> => {
  while (isRunning(pid)) await new Promise((resolve) => setImmediate(resolve))
}

const failureCode = (outcome: ReturnType<RunManager['start']>): string => (outcome.ok ? 'ok' : outcome.failure.code)

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

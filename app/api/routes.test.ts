/** A run over the routes, from its start to its deletion; health and the list of experiments. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { experimentListSchema } from '#lib/contract/experiment-description.ts'
import { healthSchema } from '#lib/contract/health.ts'
import { runListSchema } from '#lib/contract/run.ts'
import { snapshotSchema } from '#lib/contract/run-event.ts'
import { call, finished, problemOf, startRun } from './routes-fixture.ts'

test('a run is started, followed, listed, downloaded and deleted', async () => {
  const prediction = { question: 'fastest', answer: 'threads' }
  const started = await startRun({ amount: 2 }, { prediction })
  const run = await finished(started)
  assert.equal(run.status, 'succeeded')
  assert.deepEqual(run.prediction, prediction)
  assert.deepEqual(run.params, { behaviour: 'count', amount: 2, seconds: 1 })
  const params = { runId: run.id }

  const { runs } = runListSchema.parse(await (await call('GET', 'runs', { query: '?experiment=probe&limit=1' })).json())
  assert.equal(runs[0]?.id, run.id)

  const stream = await (await call('GET', 'runs/[runId]/events', { params, headers: { 'last-event-id': '7' } })).text()
  const lines = stream.split('\n').filter((line) => !line.startsWith(':') && line !== '')
  assert.deepEqual(lines.slice(0, 2), ['id: 1', 'event: snapshot'])
  assert.equal(lines.length, 3)
  const snapshot = snapshotSchema.parse(JSON.parse(lines[2]?.slice('data: '.length) ?? ''))
  assert.deepEqual(snapshot.run, run)

  const trace = await call('GET', 'runs/[runId]/trace', { params })
  assert.match(
    trace.headers.get('content-disposition') ?? '',
    /attachment; filename="interleave-probe-\w+\.trace\.json"/,
  )
  assert.ok(Array.isArray((await trace.json()).traceEvents))
  const csv = await call('GET', 'runs/[runId]/csv', { params })
  assert.match(csv.headers.get('content-disposition') ?? '', /attachment; filename="interleave-probe-\w+\.csv"/)
  assert.equal((await csv.text()).trimEnd().split('\r\n').length, 3)

  assert.equal((await call('DELETE', 'runs/[runId]', { params })).status, 204)
  assert.equal((await call('GET', 'runs/[runId]', { params })).status, 404)
})

test('the runs of one set-up are found among all, whichever way it is written', async () => {
  const [same, other] = [await finished(await startRun({ amount: 4 })), await finished(await startRun({ amount: 5 }))]
  const found = async (params: object, match = 'same'): Promise<string[]> => {
    const query = `?${new URLSearchParams({ experiment: 'probe', params: JSON.stringify(params), match })}`
    return runListSchema.parse(await (await call('GET', 'runs', { query })).json()).runs.map(({ id }) => id)
  }
  assert.deepEqual(await found({ amount: 4 }), [same.id])
  assert.deepEqual(await found({ seconds: 1, amount: 4, behaviour: 'count' }), [same.id])
  const others = await found({ amount: 4 }, 'different')
  assert.ok(others.includes(other.id) && !others.includes(same.id))
})

test('a run that goes can be resumed at an event, cancelled once, and not be deleted', async () => {
  const run = await startRun({ behaviour: 'wait' })
  const params = { runId: run.id }
  assert.equal((await problemOf(await call('DELETE', 'runs/[runId]', { params }))).status, 409)
  assert.equal((await call('POST', 'runs/[runId]/commands', { params, body: { command: 'cancel' } })).status, 202)
  assert.equal(
    (await problemOf(await call('POST', 'runs/[runId]/commands', { params, body: { command: 'cancel' } }))).status,
    409,
  )
  const rest = await (await call('GET', 'runs/[runId]/events', { params, query: '?after=2' })).text()
  assert.match(rest, /^: connected\n\nid: 3\n/)
  assert.equal((await finished(run)).status, 'cancelled')
})

test('health and experiments are of their agreed shape', async () => {
  const health = healthSchema.parse(await (await call('GET', 'health')).json())
  assert.deepEqual(health.movieApi, { mode: 'custom', url: 'http://127.0.0.1:1/3' })
  assert.equal(health.database, 'ok')
  const { experiments } = experimentListSchema.parse(await (await call('GET', 'experiments')).json())
  const search = experiments.find(({ id }) => id === 'movie-search')
  assert.equal(search?.defaults.workers, 8)
  assert.ok(search?.questions.length)
})

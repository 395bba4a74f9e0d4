import assert from 'node:assert/strict'
import { once } from 'node:events'
import net from 'node:net'
import { type TestContext, test } from 'node:test'
import { findExperiment } from '../experiments/registry.ts'
import { refuseUnavailable, unavailableChoices } from '../experiments/unavailable-choices.ts'
import { Services } from './services.ts'

const listening = async (t: TestContext): Promise<number> => {
  const server = net.createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  return address.port
}

test('a service is there when somebody listens, and otherwise it is told why not', async (t) => {
  const port = await listening(t)
  const services = new Services({ redis: `redis://user:pass%21word@127.0.0.1:${port}`, postgres: null })
  assert.deepEqual(services.absent, { redis: 'unreachable', postgres: 'not-configured' })
  await services.refresh()
  assert.deepEqual(services.absent, { postgres: 'not-configured' })
  const gone = new Services({ redis: null, postgres: 'postgres://127.0.0.1:9/x' })
  await gone.refresh()
  assert.deepEqual(gone.absent, { redis: 'not-configured', postgres: 'unreachable' })
})

test('addresses and passwords are secrets, as they are written and as they are meant', () => {
  const url = 'redis://user:pass%21word@127.0.0.1:1'
  assert.deepEqual(new Services({ redis: url, postgres: null }).secrets, [url, 'pass%21word', 'pass!word', 'user'])
})

test('a password may have a % that stands for itself', () => {
  const url = 'redis://default:100%sure@127.0.0.1:1'
  assert.deepEqual(new Services({ redis: url, postgres: null }).secrets, [url, '100%sure'])
})

test('users and hosts are secrets, but for names that everybody has', () => {
  const url = 'postgres://jo%C3%A3o-smith@db.internal.example/x'
  assert.deepEqual(new Services({ redis: null, postgres: url }).secrets, [
    url,
    'jo%C3%A3o-smith',
    'joão-smith',
    'db.internal.example',
  ])
  for (const usual of ['postgres://postgres@localhost/x', 'postgres://interleave@[::1]/x']) {
    assert.deepEqual(new Services({ redis: null, postgres: usual }).secrets, [usual])
  }
})

test('a choice that needs a service is named while it is absent, and refused with what to do', () => {
  const experiment = findExperiment('producer-consumer')
  assert.ok(experiment)
  const absent = { redis: 'not-configured', postgres: 'unreachable' } as const
  assert.deepEqual(unavailableChoices(experiment, {}), [])
  assert.deepEqual(
    unavailableChoices(experiment, absent).map(({ param, value, reason }) => [param, value, reason]),
    [
      ['queue', 'redis', 'not-configured'],
      ['database', 'postgres', 'unreachable'],
    ],
  )
  assert.deepEqual(refuseUnavailable(experiment, { queue: 'memory', database: 'sqlite' }, absent), [])
  const [refusal] = refuseUnavailable(experiment, { queue: 'redis', database: 'sqlite' }, absent)
  assert.equal(refusal?.path, 'params.queue')
  assert.match(refusal?.message ?? '', /set REDIS_URL and start the server again/)
  assert.deepEqual(refuseUnavailable(experiment, { queue: 'redis', database: 'postgres' }, {}), [])
})

test('a pair is refused what its set-ups would be, at the side that asks for it', () => {
  const pair = findExperiment('pair')
  assert.ok(pair)
  const flows = { experiment: 'producer-consumer', a: { queue: 'memory' }, b: { queue: 'redis' } }
  assert.deepEqual(
    refuseUnavailable(pair, flows, { redis: 'not-configured' }).map(({ path }) => path),
    ['params.b.queue'],
  )
  assert.deepEqual(refuseUnavailable(pair, { ...flows, b: null }, { redis: 'not-configured' }), [])
})

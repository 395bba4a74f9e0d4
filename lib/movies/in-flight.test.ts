import assert from 'node:assert/strict'
import { test } from 'node:test'
import { InFlight } from './in-flight.ts'

const left = () => 'left'

test('equal work under way is done once, and anew when it is over', async () => {
  const inFlight = new InFlight<string>()
  let begun = 0
  const gate = Promise.withResolvers<string>()
  const work = () => {
    begun += 1
    return gate.promise
  }
  const both = Promise.all([inFlight.run('a', work, left), inFlight.run('a', work, left)])
  assert.equal(begun, 1)
  gate.resolve('done')
  assert.deepEqual(await both, ['done', 'done'])
  assert.equal(inFlight.size, 0)
  await inFlight.run('a', work, left)
  assert.equal(begun, 2)
})

test('the work goes on while one caller is left, and is aborted with the last; who comes then starts it anew', async () => {
  const inFlight = new InFlight<string>()
  const signals: AbortSignal[] = []
  const work = (signal: AbortSignal) => {
    signals.push(signal)
    return new Promise<string>((resolve) => signal.addEventListener('abort', () => resolve('aborted')))
  }
  const [one, two] = [new AbortController(), new AbortController()]
  const first = inFlight.run('a', work, left, one.signal)
  const second = inFlight.run('a', work, left, two.signal)
  one.abort()
  assert.equal(await first, 'left')
  assert.equal(signals[0]?.aborted, false)
  two.abort()
  assert.equal(await second, 'left')
  assert.equal(signals[0]?.aborted, true)
  const three = new AbortController()
  const third = inFlight.run('a', work, left, three.signal)
  assert.equal(signals.length, 2)
  three.abort()
  assert.equal(await third, 'left')
})

test('a caller that leaves after the answer came changes nothing', async () => {
  const inFlight = new InFlight<string>()
  const caller = new AbortController()
  assert.equal(await inFlight.run('a', async () => 'done', left, caller.signal), 'done')
  caller.abort()
  assert.equal(inFlight.size, 0)
})

test('an error reaches every caller and is not kept', async () => {
  const inFlight = new InFlight<string>()
  const broken = () => Promise.reject(new Error('broken'))
  await assert.rejects(inFlight.run('a', broken, left), /broken/)
  assert.equal(await inFlight.run('a', async () => 'fine', left), 'fine')
})

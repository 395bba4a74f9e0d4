import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSeededRandom, type SeededRandom } from '../../statistics/seeded-random.ts'
import { erlangB, erlangC, littlesLawRatio, mdcQueue, mmcQueue } from './queueing.ts'

/** Mean waiting time of a first-come-first-served queue, simulated. */
const simulatedWaitMs = (
  { arrivalsPerSecond, servers }: { arrivalsPerSecond: number; servers: number },
  serviceMs: (random: SeededRandom) => number,
  customers = 1_000_000,
) => {
  const random = createSeededRandom(11)
  const freeAt = new Array<number>(servers).fill(0)
  let now = 0
  let waited = 0
  for (let i = 0; i < customers; i++) {
    now += random.exponential(1000 / arrivalsPerSecond)
    let server = 0
    for (let other = 1; other < servers; other++) if ((freeAt[other] ?? 0) < (freeAt[server] ?? 0)) server = other
    const start = Math.max(now, freeAt[server] ?? 0)
    waited += start - now
    freeAt[server] = start + serviceMs(random)
  }
  return waited / customers
}

test("100 calls per half-hour of 3 minutes and 14 agents: 17.4% wait, 7.8 s on average (Erlang C's worked example in call centres)", () => {
  assert.equal((erlangC(10, 14) * 100).toFixed(1), '17.4')
  const { waitMs, utilisation } = mmcQueue({ arrivalsPerSecond: 100 / 1800, serviceMs: 180_000, servers: 14 })
  assert.equal(((waitMs ?? 0) / 1000).toFixed(1), '7.8')
  assert.equal((utilisation * 100).toFixed(1), '71.4')
})

test('Erlang B of 2 erlangs on 1 to 4 lines is 2/3, 2/5, 4/19, 2/21 (by hand), and 1,000 lines are no problem', () => {
  for (const [i, expected] of [2 / 3, 2 / 5, 4 / 19, 2 / 21].entries()) {
    assert.ok(Math.abs(erlangB(2, i + 1) - expected) < 1e-15)
  }
  assert.ok(erlangC(990, 1000) > 0 && erlangC(990, 1000) < 1)
})

test('M/M/1 at 80% waits 4 service times with 3.2 in the queue, M/D/1 half of that (Kleinrock, "Queueing Systems", vol. I)', () => {
  const parameters = { arrivalsPerSecond: 80, serviceMs: 10, servers: 1 }
  const exponential = mmcQueue(parameters)
  assert.ok(Math.abs((exponential.waitMs ?? 0) - 40) < 1e-9)
  assert.ok(Math.abs((exponential.sojournMs ?? 0) - 50) < 1e-9)
  assert.ok(Math.abs((exponential.queueLength ?? 0) - 3.2) < 1e-9)
  assert.ok(Math.abs((mdcQueue(parameters).waitMs ?? 0) - 20) < 1e-9)
})

test('M/M/c agrees with a simulated queue of three servers', () => {
  const parameters = { arrivalsPerSecond: 210, serviceMs: 10, servers: 3 }
  const simulated = simulatedWaitMs(parameters, (random) => random.exponential(10))
  assert.ok(Math.abs((mmcQueue(parameters).waitMs ?? 0) / simulated - 1) < 0.04, `${simulated}`)
})

test("Cosmetatos's M/D/c agrees with simulated queues of 2, 4 and 8 servers at 60% to 90%, within 4%", () => {
  for (const [servers, utilisation] of [
    [2, 0.6],
    [2, 0.9],
    [4, 0.8],
    [8, 0.7],
  ] as const) {
    const parameters = { arrivalsPerSecond: 100 * servers * utilisation, serviceMs: 10, servers }
    const simulated = simulatedWaitMs(parameters, () => 10)
    const { waitMs } = mdcQueue(parameters)
    assert.ok(Math.abs((waitMs ?? 0) / simulated - 1) < 0.04, `${servers} at ${utilisation}: ${waitMs}, ${simulated}`)
  }
})

test('at full load and above there is no steady state, and without arrivals nobody waits', () => {
  for (const arrivalsPerSecond of [200, 300]) {
    const prediction = mdcQueue({ arrivalsPerSecond, serviceMs: 10, servers: 2 })
    assert.deepEqual([prediction.stable, prediction.waitMs, prediction.queueLength], [false, null, null])
    assert.equal(mmcQueue({ arrivalsPerSecond, serviceMs: 10, servers: 2 }).stable, false)
  }
  assert.equal(mdcQueue({ arrivalsPerSecond: 0, serviceMs: 10, servers: 2 }).waitMs, 0)
})

test("Little's law holds for the predictions, and its ratio tells when it does not", () => {
  const { queueLength, waitMs } = mmcQueue({ arrivalsPerSecond: 150, serviceMs: 10, servers: 2 })
  const ratio = littlesLawRatio({ l: queueLength ?? 0, lambda: 150, wMs: waitMs ?? 0 })
  assert.ok(Math.abs((ratio ?? 0) - 1) < 1e-12)
  assert.equal(littlesLawRatio({ l: 3, lambda: 100, wMs: 20 }), 1.5)
  assert.equal(littlesLawRatio({ l: 0, lambda: 0, wMs: 0 }), null)
})

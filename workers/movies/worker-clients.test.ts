import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerJson, emptyPage, startTestApi } from '#lib/movies/misbehaving-api.ts'
import { WorkerClients } from './worker-clients.ts'

const settings = (baseUrl: string) => ({ baseUrl, token: 'a', connections: 1, rate: null })

test('equal settings share a client, whatever differs has another', async () => {
  await using clients = new WorkerClients(0)
  const base = settings('http://127.0.0.1:9/3')
  const first = clients.of(base)
  assert.equal(clients.of({ ...base }), first)
  const rate = { slotMs: 25, cycle: 1, own: [0], clients: 2, client: 0 }
  for (const more of [
    { baseUrl: 'http://127.0.0.1:9/4' },
    { token: 'b' },
    { connections: 2 },
    { rate },
    { deadlineMs: 5 },
  ]) {
    assert.notEqual(clients.of({ ...base, ...more }), first)
  }
})

test('those not used for long are closed, and with the worker all of them', async () => {
  await using api = await startTestApi((_request, response) => answerJson(response, emptyPage))
  const clients = new WorkerClients(0)
  for (let number = 0; number < 40; number += 1) {
    const result = await clients.of(settings(`${api.baseUrl}/${number}`)).search({ query: 'heat' })
    assert.ok(result.ok)
  }
  assert.equal(clients.size, 16)
  while (api.openSockets() > clients.size) await new Promise((resolve) => setImmediate(resolve))
  await clients[Symbol.asyncDispose]()
  await api.released()
})

test('each worker takes turns of its own of an allowance that they divide', async () => {
  await using api = await startTestApi((_request, response) => answerJson(response, emptyPage))
  const rate = { slotMs: 20, cycle: 1, own: [0], clients: 2, client: 0 }
  const slots = await Promise.all(
    [0, 1].map(async (worker) => {
      await using clients = new WorkerClients(worker)
      const taken: number[] = []
      for (let turn = 0; turn < 4; turn += 1) {
        const observer = {
          nowUs: () => Number(process.hrtime.bigint()) / 1e3,
          span: (_name: string, _kind: 'wait', _startUs: number, endUs: number) =>
            void taken.push(Math.floor(endUs / 1e3 / rate.slotMs)),
        }
        await clients.of({ ...settings(api.baseUrl), rate }).search({ query: `${worker} ${turn}` }, { observer })
      }
      return taken
    }),
  )
  for (const [worker, taken] of slots.entries()) {
    assert.equal(new Set(taken).size, 4)
    assert.ok(
      taken.every((slot) => slot % 2 === worker),
      `worker ${worker} took ${taken}`,
    )
  }
})

/** No violation that axe can find on the page of any run, of every lab and in every state, in both languages and themes. */
import type { APIRequestContext } from '@playwright/test'
import { expectNoViolation, LOCALES, open, openReport } from './axe.ts'
import { childrenOf } from './processes.ts'
import { QUICK, runToEnd } from './report.ts'
import { expect, test } from './server.ts'
import { SMALL_RUNS } from './small-runs.ts'

const LONG = {
  experiment: 'movie-search',
  params: { ...QUICK, strategies: ['sequential'], latencyMs: 200, rounds: 50 },
}

const startRun = async (request: APIRequestContext, body: object): Promise<string> => {
  const started = await request.post('/api/runs', { data: body })
  expect(started.status()).toBe(201)
  return (await started.json()).id
}
const statusOf = async (request: APIRequestContext, id: string): Promise<string> =>
  (await (await request.get(`/api/runs/${id}`)).json()).status
const cancel = async (request: APIRequestContext, id: string): Promise<void> => {
  await request.post(`/api/runs/${id}/commands`, { data: { command: 'cancel' } })
  await expect.poll(() => statusOf(request, id)).toBe('cancelled')
}

test('reports of every lab have no accessibility violation', async ({ page }) => {
  test.setTimeout(300_000) // a run and two pages for each lab
  for (const [experiment, [params]] of Object.entries(SMALL_RUNS)) {
    const run = await runToEnd(page, { experiment, params })
    expect(run.status, JSON.stringify(run.error)).toBe('succeeded')
    for (const locale of LOCALES) {
      await openReport(page, `/${locale}/runs/${run.id}`)
      await expectNoViolation(page, `a run of ${experiment} in ${locale}`)
    }
  }
})

test('a failed, a cancelled, a going and a queued run have none either', async ({ page, request, server }) => {
  test.setTimeout(180_000)
  const failed = await startRun(request, LONG)
  await expect.poll(() => childrenOf(server.process.pid ?? 0, 'runner.ts').length).toBe(1)
  for (const runner of childrenOf(server.process.pid ?? 0, 'runner.ts')) process.kill(runner, 'SIGKILL')
  await expect.poll(() => statusOf(request, failed)).toBe('failed')
  const going = await startRun(request, LONG)
  const queued = await startRun(request, LONG)
  const cancelled = await startRun(request, LONG)
  await cancel(request, cancelled)
  for (const locale of LOCALES) {
    for (const id of [failed, cancelled, queued, going]) {
      await open(page, `/${locale}/runs/${id}`)
      await expectNoViolation(page, `a run that is ${await statusOf(request, id)}, in ${locale}`)
    }
  }
  expect([await statusOf(request, going), await statusOf(request, queued)]).toEqual(['running', 'queued'])
  await cancel(request, queued)
  await cancel(request, going)
})

/** What dies takes nothing with it: a runner, the search host. */
import { childrenOf } from './processes.ts'
import { QUICK, runToEnd } from './report.ts'
import { expect, test } from './server.ts'

test('a runner that is killed fails its run as crashed, and the next one works', async ({ page, server }) => {
  const started = await page.request.post('/api/runs', {
    data: { experiment: 'movie-search', params: { ...QUICK, rounds: 40 } },
  })
  const { id } = await started.json()
  const pid = server.process.pid ?? 0
  await expect.poll(() => childrenOf(pid, 'runner.ts').length).toBe(1)
  for (const runner of childrenOf(pid, 'runner.ts')) process.kill(runner, 'SIGKILL')
  await expect.poll(async () => (await (await page.request.get(`/api/runs/${id}`)).json()).error?.code).toBe('crashed')
  await page.goto(`/en/runs/${id}`)
  await expect(page.getByRole('article').getByText('Failed', { exact: true })).toBeVisible()
  expect((await runToEnd(page, { experiment: 'movie-search', params: QUICK })).status).toBe('succeeded')
  expect(childrenOf(pid, 'runner.ts')).toEqual([])
})

test('a search is answered although the search host was killed', async ({ request, server }) => {
  expect((await request.get('/api/movies/search?query=alien')).status()).toBe(200)
  for (const host of childrenOf(server.process.pid ?? 0, 'search-host.ts')) process.kill(host, 'SIGKILL')
  const response = await request.get('/api/movies/search?query=alien')
  expect(response.status()).toBe(200)
  expect((await response.json()).results.length).toBeGreaterThan(0)
})

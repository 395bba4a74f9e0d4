/** What dies takes nothing with it: a runner, the search host. */
import { answerFilms, startMovieApi } from './movie-api.ts'
import { childrenOf } from './processes.ts'
import { QUICK, runToEnd } from './report.ts'
import { expect, startServer, stopServer, test } from './server.ts'

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

test('a search in the middle of which the search host is killed is carried out once more', async () => {
  const asked: (string | undefined)[] = []
  const begun = Promise.withResolvers<void>()
  await using api = await startMovieApi((request, response) => {
    asked.push(request.url)
    // The first request is never answered: whoever sent it dies while it waits.
    if (asked.length === 1) begun.resolve()
    else answerFilms(request, response)
  })
  const server = await startServer({ MOVIE_API_URL: api.url })
  try {
    const searching = fetch(`${server.url}/api/movies/search?query=alien`)
    await begun.promise
    const hosts = childrenOf(server.process.pid ?? 0, 'search-host.ts')
    expect(hosts.length).toBeGreaterThan(0)
    for (const host of hosts) process.kill(host, 'SIGKILL')
    const response = await searching
    expect(response.status).toBe(200)
    expect((await response.json()).results).toHaveLength(6)
    expect(asked.filter((url) => url?.startsWith('/3/search/movie'))).toHaveLength(2)
  } finally {
    await stopServer(server)
  }
})

test('a worker that is killed in the middle of a run fails it as crashed, and the next run works', async ({
  page,
  server,
}) => {
  const started = await page.request.post('/api/runs', {
    data: { experiment: 'movie-search', params: { ...QUICK, strategies: ['processes'], latencyMs: 50, rounds: 40 } },
  })
  const { id } = await started.json()
  const read = async () => await (await page.request.get(`/api/runs/${id}`)).json()
  // Measuring: all workers are there.
  await expect.poll(async () => (await read()).progress.label).toMatch(/warming-up|measuring/)
  const [runner = 0] = childrenOf(server.process.pid ?? 0, 'runner.ts')
  const [worker = 0] = childrenOf(runner, '')
  process.kill(worker, 'SIGKILL')
  await expect.poll(async () => (await read()).error?.code, { timeout: 30_000 }).toBe('crashed')
  expect((await runToEnd(page, { experiment: 'movie-search', params: QUICK })).status).toBe('succeeded')
})

test('a search is answered although the search host was killed', async ({ request, server }) => {
  expect((await request.get('/api/movies/search?query=alien')).status()).toBe(200)
  for (const host of childrenOf(server.process.pid ?? 0, 'search-host.ts')) process.kill(host, 'SIGKILL')
  const response = await request.get('/api/movies/search?query=alien')
  expect(response.status()).toBe(200)
  expect((await response.json()).results.length).toBeGreaterThan(0)
})

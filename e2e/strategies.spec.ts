/** The strategies lab: the same work four ways, where the time went, the crossover, and what makes no sense is refused. */
import { expectSucceeded, figuresOf } from './report.ts'
import { expect, test } from './server.ts'

test('computing: every strategy is measured and the losses add up to a bar for each', async ({ page }) => {
  await page.goto('/en/labs/strategies?preset=computing')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expectSucceeded(page, 80_000)
  const times = await figuresOf(
    page.getByRole('figure', { name: 'Time of the whole work, by strategy' }).getByRole('table'),
  )
  expect([...times.keys()]).toEqual(['Sequential', 'Async', 'Threads', 'Processes'])
  const losses = await figuresOf(
    page.getByRole('figure', { name: 'Where the time of the workers went' }).getByRole('table'),
  )
  for (const [strategy, [computing = 0]] of losses) expect(computing, `${strategy} computes`).toBeGreaterThan(0)
  await expect(page.getByRole('article')).toContainText('Primes found')
})

test('waiting: overlapping requests are faster than one after another', async ({ page }) => {
  await page.goto('/ru/labs/strategies?preset=waiting&start=1')
  await expect(page.getByRole('article').getByText('Завершён', { exact: true })).toBeVisible({ timeout: 80_000 })
  const times = await figuresOf(page.getByRole('figure').first().getByRole('table'))
  const [sequential = 0] = times.get('Последовательно') ?? []
  const [async = Number.POSITIVE_INFINITY] = times.get('Асинхронно') ?? []
  expect(sequential).toBeGreaterThan(async)
})

test('a sweep draws its speed-ups over the share of computing', async ({ page }) => {
  const params = {
    workload: 'mixed',
    size: 'small',
    workers: 4,
    tasks: 8,
    rounds: 6,
    warmup: 0,
    sweep: { param: 'cpuShare', values: [0, 1] },
  }
  const started = await page.request.post('/api/runs', { data: { experiment: 'strategies', params } })
  const { id } = await started.json()
  await page.goto(`/en/runs/${id}`)
  await expectSucceeded(page, 80_000)
  const chart = page.getByRole('figure', { name: 'Where async stops helping and threads begin to' })
  await expect(chart.getByRole('table')).toContainText('Async')
})

test('a share of computing without mixed work is refused with the reason', async ({ request }) => {
  const params = { workload: 'primes', cpuShare: 0.2 }
  const response = await request.post('/api/runs', { data: { experiment: 'strategies', params } })
  expect(response.status()).toBe(422)
  expect(JSON.stringify(await response.json())).toContain('only \\"mixed\\"')
})

/** The producer-consumer lab, clicked through: a burst fills the queue and it drains, drops are counted, a killed consumer loses nothing. */
import type { Page } from '@playwright/test'
import { expectSucceeded, figuresOf } from './report.ts'
import { expect, startServer, stopServer, test } from './server.ts'

const run = (page: Page) => page.getByRole('button', { name: 'Run', exact: true }).click()

const balanceOf = async (page: Page): Promise<(fate: string) => number> => {
  const figures = await figuresOf(page.getByRole('table', { name: 'Where every message went' }))
  return (fate) => figures.get(fate)?.[0] ?? Number.NaN
}

/** The values of a chart's last column, off the table that stands behind it. */
const valuesOf = (page: Page, chart: string): Promise<number[]> =>
  page
    .getByRole('figure', { name: chart })
    .getByRole('row')
    .evaluateAll((rows) => rows.slice(1).map((row) => Number(row.lastElementChild?.textContent?.replaceAll(',', ''))))

test('a burst fills the queue while one watches, and the queue drains before the next', async ({ page }) => {
  await page.goto(
    '/en/labs/producer-consumer?messages=3000&ratePerSecond=1000&burstSize=1000&batchSize=20&writeLatencyMs=10&consumers=1',
  )
  await run(page)
  const stop = page.getByRole('button', { name: 'Cancel' })
  await expect(stop).toBeVisible()
  await expect
    .poll(async () => Math.max(0, ...(await valuesOf(page, 'How full the queue is'))), { intervals: [50] })
    .toBeGreaterThan(300)
  await expectSucceeded(page)

  const depths = await valuesOf(page, 'How full the queue is')
  const fullest = depths.indexOf(Math.max(...depths))
  expect(depths[fullest]).toBeGreaterThan(300)
  expect(Math.min(...depths.slice(fullest))).toBe(0)
  const balance = await balanceOf(page)
  expect(balance('Produced')).toBe(3000)
  expect(balance('Written')).toBe(3000)
  expect(balance('Written twice')).toBe(0)
  await expect(page.getByRole('figure', { name: 'How long messages take' })).toContainText('10 ms of every transaction')
})

test('a queue that is too small drops the oldest, and every drop is counted', async ({ page }) => {
  await page.goto('/en/labs/producer-consumer')
  await page.getByRole('button', { name: 'Too small a queue' }).click()
  await run(page)
  await expectSucceeded(page)
  const balance = await balanceOf(page)
  expect(balance('Dropped')).toBeGreaterThan(0)
  expect(balance('Written') + balance('Dropped')).toBe(balance('Produced'))
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText('were dropped')
  await expect(page.getByRole('figure', { name: 'How long producers were blocked' })).toHaveCount(0)
})

test('a consumer killed by the button loses nothing of a durable queue', async ({ page }) => {
  await page.goto(
    '/en/labs/producer-consumer?queue=sqlite&messages=6000&arrivals=steady&ratePerSecond=500&batchSize=20&durability=normal&writeLatencyMs=20',
  )
  await run(page)
  await page.getByRole('button', { name: 'Kill a consumer' }).click()
  await expectSucceeded(page)
  const balance = await balanceOf(page)
  expect(balance('Written')).toBe(6000)
  expect(balance('Lost with a killed consumer')).toBe(0)
  expect(balance('Written twice')).toBe(0)
  expect(balance('Delivered again')).toBeGreaterThan(0)
  await expect(page.getByRole('article')).toContainText(/was killed with \d+ messages? in hand/)
})

test('a consumer killed in memory loses what it held, and the page says why', async ({ page }) => {
  await page.goto(
    '/en/labs/producer-consumer?messages=1000&ratePerSecond=1000&burstSize=100&batchSize=20&killConsumerAtMs=100&writeLatencyMs=5',
  )
  await run(page)
  await expectSucceeded(page)
  const balance = await balanceOf(page)
  expect(balance('Lost with a killed consumer')).toBeGreaterThan(0)
  expect(balance('Lost with a killed consumer')).toBeLessThanOrEqual(20)
  expect(balance('Written') + balance('Lost with a killed consumer')).toBe(1000)
  await expect(page.getByRole('article')).toContainText('a queue in memory has forgotten a message once it is taken')
})

/** Chosen in the form, as somebody would who has never seen an address. */
const sweepOver = async (page: Page, param: string, values: string): Promise<void> => {
  await page.getByText('More settings').click()
  await page.getByRole('combobox', { name: 'Sweep' }).selectOption(param)
  await page.getByRole('textbox', { name: 'Values' }).fill(values)
  await run(page)
  await expectSucceeded(page)
}

/** One row for each value that was measured. */
const expectMeasured = async (page: Page, chart: string, series: string, values: string[]): Promise<void> => {
  const rows = page.getByRole('figure', { name: chart }).getByRole('row').filter({ hasText: series })
  await expect(rows.getByRole('cell').first()).toBeAttached()
  const measured = await rows.evaluateAll((all) => all.map((row) => row.querySelector('td')?.textContent))
  expect(measured).toEqual(values)
}

test('a sweep over batches draws what each wrote a second', async ({ page }) => {
  await page.goto('/en/labs/producer-consumer?messages=600&ratePerSecond=0&rounds=1&consumers=1')
  await sweepOver(page, 'Batch', '1 30 100')
  await expectMeasured(page, 'Messages written a second', 'Measured', ['1', '30', '100'])
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText('Batches of 100 write')
  await expect(page.getByRole('figure', { name: 'How long messages take' })).toContainText(
    /Batches of \d+: the flow that wrote the most a second/,
  )
})

test('a sweep over the capacity draws how deep the queue became and how long messages took', async ({ page }) => {
  await page.goto(
    '/en/labs/producer-consumer?messages=2000&ratePerSecond=0&rounds=1&overflow=drop-newest&batchSize=10&durability=normal&writeLatencyMs=2',
  )
  await sweepOver(page, 'Capacity', '10 1000')
  await expectMeasured(page, 'The deepest that the queue became', 'Messages in the queue', ['10', '1,000'])
  await expectMeasured(page, 'Latency by capacity', 'p99', ['10', '1,000'])
  const [shallow = 0, deep = 0] = await valuesOf(page, 'The deepest that the queue became')
  expect(shallow).toBeLessThanOrEqual(10)
  expect(deep).toBeGreaterThan(10)
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText(
    'Room in a queue is time that messages wait',
  )
})

test('a sweep over consumers draws what each number wrote a second, and says when rounds are too few', async ({
  page,
}) => {
  await page.goto('/en/labs/producer-consumer?messages=600&ratePerSecond=0&rounds=1&batchSize=10')
  await sweepOver(page, 'Consumers', '1 2')
  await expectMeasured(page, 'Messages written a second', 'Measured', ['1', '2'])
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText('below 6 rounds')
})

test('while a million messages flow the page answers every click', async ({ page }) => {
  await page.goto(
    '/en/labs/producer-consumer?messages=1000000&arrivals=steady&ratePerSecond=20000&batchSize=1000&consumers=1&durability=normal',
  )
  await run(page)
  const depth = page.getByRole('figure', { name: 'How full the queue is' })
  await expect.poll(async () => (await valuesOf(page, 'How full the queue is')).length).toBeGreaterThan(5)
  await depth.getByRole('button', { name: 'Show as table' }).click()
  await depth.getByRole('button', { name: 'Show as chart' }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('article').getByText('Cancelled', { exact: true }).first()).toBeVisible()
})

test('of hundreds of thousands of messages charts draw some hundred points, and all are counted', async ({ page }) => {
  await page.goto(
    '/en/labs/producer-consumer?messages=300000&arrivals=steady&ratePerSecond=0&capacity=50000&batchSize=1000&consumers=1&durability=normal',
  )
  await run(page)
  await expectSucceeded(page)
  expect((await balanceOf(page))('Written')).toBe(300_000)
  for (const name of ['How full the queue is', 'What comes and what is written', 'How long producers were blocked']) {
    const lines = page.getByRole('figure', { name }).locator('path.recharts-line-curve')
    const pointsDrawn = () =>
      lines.evaluateAll((all) => all.map((line) => (line.getAttribute('d') ?? '').split(/[A-Z]/).length - 1))
    await expect.poll(async () => Math.max(0, ...(await pointsDrawn()))).toBeGreaterThan(1)
    expect(Math.max(...(await pointsDrawn()))).toBeLessThanOrEqual(600)
    expect((await valuesOf(page, name)).length).toBeLessThanOrEqual(100)
  }
})

test('what can not end in time is refused with the estimate and what to change', async ({ page }) => {
  const answer = await page.request.post('/api/runs', {
    data: { experiment: 'producer-consumer', params: { messages: 10_000, ratePerSecond: 1 } },
  })
  expect(answer.status()).toBe(422)
  const problem = await answer.json()
  expect(problem.detail).toContain('a run may take 600 s')
  expect(problem.errors.map(({ path }: { path: string }) => path)).toContain('params.ratePerSecond')
})

test('the page speaks Russian as well', async ({ page }) => {
  await page.goto('/ru/labs/producer-consumer')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Что очередь делает со всплеском')
  await expect(page.getByRole('slider', { name: 'Ёмкость' })).toBeVisible()
})

test('what needs a server that is not there can’t be chosen, and says how to turn it on', async ({ page }) => {
  await page.goto('/en/labs/producer-consumer')
  await expect(page.getByRole('radio', { name: 'Redis Streams' })).toBeDisabled()
  await expect(page.getByRole('radio', { name: 'PostgreSQL' })).toBeDisabled()
  await expect(page.getByText('Redis Streams is not available here: set REDIS_URL')).toBeVisible()
  const answer = await page.request.post('/api/runs', {
    data: { experiment: 'producer-consumer', params: { queue: 'redis' } },
  })
  expect(answer.status()).toBe(422)
  expect((await answer.json()).errors[0].path).toBe('params.queue')
  const { experiments } = await (await page.request.get('/api/experiments')).json()
  const { unavailable } = experiments.find(({ id }: { id: string }) => id === 'producer-consumer')
  expect(unavailable.map(({ value }: { value: string }) => value)).toEqual(['redis', 'postgres'])
})

test('over Redis and PostgreSQL every message is written once, and no address is told', async ({ page }) => {
  const { INTERLEAVE_TEST_REDIS_URL: redis, INTERLEAVE_TEST_DATABASE_URL: database } = process.env
  test.skip(!redis || !database, 'no Redis and PostgreSQL to test with: npm test brings them')
  const other = await startServer({ REDIS_URL: `${redis}/3`, DATABASE_URL: String(database) })
  try {
    await page.goto(`${other.url}/en/labs/producer-consumer?messages=1000&ratePerSecond=1000&burstSize=100`)
    await page.getByText('Redis Streams', { exact: true }).click()
    await page.getByText('PostgreSQL', { exact: true }).click()
    await run(page)
    await expectSucceeded(page)
    expect((await balanceOf(page))('Written')).toBe(1000)
    const id = new URL(page.url()).searchParams.get('run')
    const told = await Promise.all(
      ['', '/trace', '/csv'].map(async (part) => (await page.request.get(`${other.url}/api/runs/${id}${part}`)).text()),
    )
    const passwords = [redis, database].map((url) => new URL(String(url)).password)
    for (const text of told) for (const password of passwords) expect(text).not.toContain(password)
  } finally {
    await stopServer(other)
  }
})

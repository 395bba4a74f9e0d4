/** A first-time visitor reaches a real chart in two clicks and under ten seconds. */
import { expectSucceeded, figuresOf } from './report.ts'
import { expect, test } from './server.ts'

test('one click on home starts a real run, and its first bars stand within ten seconds', async ({ page }) => {
  await page.goto('/en')
  await page.getByRole('link', { name: 'Compare four ways' }).click()
  const chart = page.getByRole('figure', { name: 'Time of one search, by strategy' })
  const measured = chart.getByRole('row', { name: /Async [\d.]+/ })
  await expect(measured).toBeVisible({ timeout: 10_000 })
  await expectSucceeded(page)
  const figures = await figuresOf(chart.getByRole('table'))
  expect([...figures.keys()]).toEqual(['Sequential', 'Async', 'Threads', 'Processes'])
  const [sequential] = figures.get('Sequential') ?? []
  const [async] = figures.get('Async') ?? []
  // 21 requests that wait, 8 at once: overlapping them must win whatever else the machine does.
  expect(sequential).toBeGreaterThan(async ?? Number.POSITIVE_INFINITY)
})

test('a run can be cancelled while it measures, and says so', async ({ page }) => {
  await page.goto('/en/labs/movie-search?preset=wide')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('article').getByRole('heading', { name: 'Cancelled' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeEnabled()
})

/** The history: filtered, compared, deleted and brought back. */
import { expectSucceeded, QUICK, runToEnd } from './report.ts'
import { expect, test } from './server.ts'

test('two runs of one lab are compared side by side, with a word about drift', async ({ page }) => {
  const first = await runToEnd(page, { experiment: 'movie-search', params: QUICK })
  const second = await runToEnd(page, { experiment: 'movie-search', params: { ...QUICK, workers: 8 } })
  await page.goto(`/en/runs/compare?a=${first.id}&b=${second.id}`)
  await expect(page.getByRole('heading', { name: 'Two runs side by side' })).toBeVisible()
  await expect(page.getByText('These runs were measured at different times')).toBeVisible()
  await expect(page.getByRole('row', { name: /Workers/ })).toContainText('differs')
})

test('a deleted run can be brought back, and is gone for good when it is not', async ({ page }) => {
  const kept = await runToEnd(page, { experiment: 'movie-search', params: QUICK })
  await page.goto('/en/runs')
  const remove = page.getByRole('button', { name: /^Delete: / }).first()
  await remove.click()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('list', { name: 'Runs' }).locator(`a[href$="/runs/${kept.id}"]`)).toBeVisible()
  expect((await page.request.get(`/api/runs/${kept.id}`)).status()).toBe(200)
  await page
    .getByRole('button', { name: /^Delete: / })
    .first()
    .click()
  await page.goto('/en')
  await expect.poll(async () => (await page.request.get(`/api/runs/${kept.id}`)).status()).toBe(404)
})

test('the history is filtered by lab and state', async ({ page }) => {
  await runToEnd(page, { experiment: 'movie-search', params: QUICK })
  await page.goto('/en/runs')
  await page.getByLabel('State').selectOption('Failed')
  await expect(page.getByText('No run matches')).toBeVisible()
  await page.getByLabel('State').selectOption('Succeeded')
  await expect(page.getByRole('list', { name: 'Runs' }).getByRole('listitem').first()).toBeVisible()
})

test('two set-ups are run again interleaved, and get a verdict', async ({ page }) => {
  test.setTimeout(180_000)
  const quick = { ...QUICK, strategies: ['sequential', 'async'] }
  const first = await runToEnd(page, { experiment: 'movie-search', params: quick })
  const second = await runToEnd(page, { experiment: 'movie-search', params: { ...quick, latencyMs: 40 } })
  await page.goto(`/en/runs/compare?a=${first.id}&b=${second.id}`)
  await page.getByRole('button', { name: 'Run both again, interleaved, for a verdict' }).click()
  await expectSucceeded(page, 120_000)
  // Eight times the latency, one request after another: no drift of a machine hides that.
  await expect(page.getByRole('article')).toContainText(/Sequential: A is [\d.]+× faster than B/)
})

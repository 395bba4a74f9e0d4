/** Predict first: what was answered is kept with the run and graded by the measurement. */
import { expectSucceeded } from './report.ts'
import { expect, test } from './server.ts'

test('a prediction is stored with the run, graded, and counted', async ({ page }) => {
  await page.goto('/en/labs/movie-search?preset=quick')
  const question = page.getByRole('region', { name: 'Which will finish the search first?' })
  // 21 requests that wait one after another are never the fastest.
  await question.getByRole('button', { name: 'Sequential' }).click()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expectSucceeded(page)
  const report = page.getByRole('article')
  await expect(report.getByText('You said')).toBeVisible()
  await expect(report.getByText(/0 of 1 right/)).toBeVisible()
  const { runs } = await (await page.request.get('/api/runs?limit=1')).json()
  expect(runs[0].prediction).toEqual({ question: 'fastest', answer: 'sequential' })
})

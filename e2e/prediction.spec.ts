/** Predict first: what was answered is kept with the run and graded by the measurement. */
import { expectSucceeded, QUICK, runToEnd } from './report.ts'
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

test("somebody else's prediction is shown graded, and not counted as the reader's", async ({ page }) => {
  const { id } = await runToEnd(page, {
    experiment: 'movie-search',
    params: QUICK,
    prediction: { question: 'fastest', answer: 'sequential' },
  })
  await page.goto(`/en/runs/${id}`)
  const report = page.getByRole('article')
  await expect(report.getByText('Predicted:')).toBeVisible()
  await expect(report.getByText('Measured:')).toBeVisible()
  await expect(report.getByText('You said')).toHaveCount(0)
  await expect(report.getByText(/right so far/)).toHaveCount(0)
  await page.goto('/en/labs/movie-search')
  await expect(page.getByText('Predict first')).toBeVisible()
  await expect(page.getByText(/right so far/)).toHaveCount(0)
})

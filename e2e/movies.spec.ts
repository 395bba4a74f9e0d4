/** Searching films: type-ahead, results, a film, and whatever a person may type. */
import { expect, test } from './server.ts'

test('typing suggests films with one request each, and Enter searches', async ({ page }) => {
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/api/movies/search')) asked.push(request.url())
  })
  await page.goto('/en/movies')
  await page.getByRole('combobox', { name: 'Search films' }).pressSequentially('casablanca', { delay: 20 })
  await expect(page.getByRole('option').first()).toContainText('Casablanca')
  expect(asked.length).toBeLessThan('casablanca'.length)
  expect(asked.every((url) => url.includes('details=false'))).toBe(true)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Results' }).getByRole('link', { name: 'Casablanca' })).toBeVisible()
})

test('a film has a page with what is known of it', async ({ page }) => {
  await page.goto('/en/movies?query=jurassic+park')
  await page.getByRole('link', { name: 'Jurassic Park', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Jurassic Park' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('Steven Spielberg')
})

for (const query of ['%', '"', '🎬', 'AND OR NOT', '*', "'; DROP TABLE movies; --", 'ё', '<script>alert(1)</script>']) {
  test(`the query ${query} is searched as it stands`, async ({ page }) => {
    await page.goto(`/en/movies?query=${encodeURIComponent(query)}`)
    await expect(page.getByRole('combobox', { name: 'Search films' })).toHaveValue(query)
    await expect(
      page
        .getByRole('region', { name: 'Results' })
        .or(page.getByText(/No film|Nothing/i))
        .first(),
    ).toBeVisible()
    await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0)
  })
}

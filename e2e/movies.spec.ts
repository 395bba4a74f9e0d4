/** Searching films: type-ahead, results, a film, and whatever a person may type. */
import type { Page } from '@playwright/test'
import { expect, test } from './server.ts'

/** Time in the page passes only as far as the test lets it. */
const stopTime = async (page: Page): Promise<void> => {
  await page.clock.install()
  await page.goto('/en/movies')
  await page.waitForLoadState('networkidle')
  await page.clock.pauseAt(Date.now() + 60_000)
}

test('typing suggests films with one request each, and Enter searches', async ({ page }) => {
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/api/movies/search')) asked.push(request.url())
  })
  await stopTime(page)
  const field = page.getByRole('combobox', { name: 'Search films' })
  await field.pressSequentially('casab')
  await page.clock.runFor(100)
  await field.pressSequentially('lanca')
  expect(asked, 'nothing is asked while typing goes on').toEqual([])
  await page.clock.runFor(1_000)
  await expect(page.getByRole('option').first()).toContainText('Casablanca')
  expect(asked.map((url) => new URL(url).searchParams.get('query'))).toEqual(['casablanca'])
  expect(asked.every((url) => url.includes('details=false'))).toBe(true)
  await page.clock.resume()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Results' }).getByRole('link', { name: 'Casablanca' })).toBeVisible()
})

test('what is chosen is of the list for what was typed, never of the one before', async ({ page }) => {
  await stopTime(page)
  const field = page.getByRole('combobox', { name: 'Search films' })
  await field.pressSequentially('star')
  await page.clock.runFor(1_000)
  await expect(page.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('option', { selected: true })).toHaveCount(1)
  // Before the pause is over that the next question waits for.
  await field.pressSequentially('t')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('option', { selected: true })).toHaveCount(0)
  await page.keyboard.press('Enter')
  await page.clock.resume()
  await expect(page).toHaveURL(/\/en\/movies\?query=start/)
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

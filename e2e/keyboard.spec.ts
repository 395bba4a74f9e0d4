/** Everything can be done without a pointer. */
import { expectSucceeded } from './report.ts'
import { expect, test } from './server.ts'
import { tabUntil } from './tab-until.ts'

test('four strategies are compared with the keyboard alone', async ({ page }) => {
  await page.goto('/en/labs/movie-search?preset=quick')
  await tabUntil(page, /Quick look/)
  await page.keyboard.press('Control+Enter')
  await expectSucceeded(page)
  await expect(page.getByRole('figure', { name: /Time of one search/ })).toBeVisible()
})

test('the timeline is zoomed and panned by its keys', async ({ page }) => {
  await page.goto('/en/labs/movie-search?preset=quick&start=1')
  await expectSucceeded(page)
  const timeline = page.getByRole('application', { name: 'Timeline' })
  const root = page.locator('[data-timeline]')
  await timeline.focus()
  const width = async () => Number(await root.getAttribute('data-to')) - Number(await root.getAttribute('data-from'))
  const before = await width()
  await page.keyboard.press('+')
  await expect.poll(width).toBeLessThan(before)
  await page.keyboard.press('0')
  await expect.poll(width).toBe(before)
})

test('the skip link leads past the navigation', async ({ page }) => {
  await page.goto('/en')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
})

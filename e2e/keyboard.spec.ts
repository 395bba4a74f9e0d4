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

test('a lab is set up by its controls and run, with the keyboard alone', async ({ page }) => {
  await page.goto('/en/labs/movie-search?preset=quick')
  await tabUntil(page, /^Sequential$/)
  await page.keyboard.press('Space')
  await expect(page.getByRole('checkbox', { name: 'Sequential' })).not.toBeChecked()
  await tabUntil(page, /^Workers/)
  const workers = page.getByRole('slider', { name: 'Workers' })
  await expect(workers).toBeFocused()
  const before = await workers.getAttribute('aria-valuetext')
  await page.keyboard.press('ArrowRight')
  await expect(workers).not.toHaveAttribute('aria-valuetext', before ?? '')
  await tabUntil(page, /^Run$/)
  await page.keyboard.press('Enter')
  await expectSucceeded(page)
  const figure = page.getByRole('figure', { name: /Time of one search/ })
  await expect(figure).toContainText('Threads')
  await expect(figure).not.toContainText('Sequential')
})

test('the timeline is zoomed and panned by its keys, and a stretch of it is summed up and announced', async ({
  page,
}) => {
  await page.goto('/en/labs/movie-search?preset=quick&start=1')
  await expectSucceeded(page)
  const root = page.locator('[data-timeline]')
  await tabUntil(page, /^Timeline/)
  await expect(page.getByRole('application', { name: 'Timeline' })).toBeFocused()
  const from = async () => Number(await root.getAttribute('data-from'))
  const width = async () => Number(await root.getAttribute('data-to')) - (await from())
  const before = await width()
  await page.keyboard.press('+')
  await expect.poll(width).toBeLessThan(before * 0.51)
  const left = await from()
  await page.keyboard.press('ArrowRight')
  await expect.poll(from).toBeGreaterThan(left)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(from).toBeCloseTo(left, 0)
  await page.keyboard.press('0')
  await expect.poll(width).toBe(before)
  for (let press = 0; press < 3; press++) await page.keyboard.press('Shift+ArrowLeft')
  await expect(root.locator('[data-selection]')).toContainText(/Selected .*(I\/O|Computing)/)
  await expect(root.locator('[aria-live=polite]', { hasText: /^Selected / })).toContainText(/, I\/O|, Computing/)
  await page.keyboard.press('Escape')
  await expect(root.locator('[data-selection]')).toHaveCount(0)
})

test('the skip link leads past the navigation', async ({ page }) => {
  await page.goto('/en')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
})

/** Language and appearance are chosen once and kept. */
import { expect, test } from './server.ts'

test.describe('a reader whose browser asks for Russian', () => {
  test.use({ locale: 'ru-RU' })
  test('is greeted in Russian', async ({ page }) => {
    await page.goto('/')
    await expect(page).toHaveURL(/\/ru$/)
    await expect(page.locator('html')).toHaveAttribute('lang', 'ru')
  })
})

test('the language switch keeps the page and its query', async ({ page }) => {
  await page.goto('/en/movies?query=star')
  await page.getByRole('navigation', { name: 'Language' }).getByRole('link', { name: 'Русский' }).click()
  await expect(page).toHaveURL(/\/ru\/movies\?query=star/)
  await page.goto('/')
  await expect(page).toHaveURL(/\/ru$/)
})

test('the theme is kept across pages and loads without a flash', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('/en')
  await page.getByRole('button', { name: 'Display' }).click()
  await page.getByText('Dark', { exact: true }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  // The server already writes the theme: there is no moment in which a script would have to correct it.
  expect(await (await page.request.get('/en/runs')).text()).toContain('data-theme="dark"')
})

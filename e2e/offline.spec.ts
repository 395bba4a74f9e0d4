/** Without a connection a page says so in its language and theme, and comes when the connection is back. */
import { expect, test } from './server.ts'

const TITLES = { en: 'The server can’t be reached', ru: 'Сервер недоступен' }

for (const [locale, title] of Object.entries(TITLES)) {
  test(`a page opened offline says so in the language of its path, ${locale}`, async ({ page, context, baseURL }) => {
    await context.addCookies([{ name: 'theme', value: 'dark', url: baseURL ?? '' }])
    await page.goto(`/${locale}`)
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready
    })
    await context.setOffline(true)
    await page.goto(`/${locale}/labs/strategies`)
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', locale)
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    await context.setOffline(false)
    await page.getByRole('link').click()
    await expect(page).toHaveURL(new RegExp(`/${locale}/labs/strategies$`))
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeHidden()
    await expect(page.getByRole('navigation').first()).toBeVisible()
  })
}

test('nothing is stored, and neither the API nor any file passes through the worker', async ({ page, context }) => {
  await page.goto('/en')
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await page.goto('/en/movies')
  expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  expect(await page.evaluate(() => caches.keys())).toEqual([])
  await context.setOffline(true)
  const failed = await page.evaluate(() =>
    fetch('/api/experiments').then(
      () => false,
      () => true,
    ),
  )
  expect(failed).toBe(true)
})

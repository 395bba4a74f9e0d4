/** Language and appearance are chosen once and kept. */
import type { Page } from '@playwright/test'
import { expectSucceeded, QUICK, runToEnd } from './report.ts'
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

/** As the reader sees it, whatever the attributes say. */
const lookOf = (page: Page): Promise<{ ground: string; typePx: number; words: string }> =>
  page.evaluate(() => ({
    ground: getComputedStyle(document.documentElement).backgroundColor,
    typePx: Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
    words: document.querySelector('header nav a')?.textContent ?? '',
  }))

test('theme, language and wall mode are seen on every page that follows', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('/en')
  const before = await lookOf(page)
  await page.getByRole('navigation', { name: 'Language' }).getByRole('link', { name: 'RU Русский' }).click()
  await page.getByRole('button', { name: 'Вид' }).click()
  await page.getByText('Тёмная', { exact: true }).click()
  await page.getByRole('switch', { name: 'Режим для проектора' }).press('Space')
  await page.keyboard.press('Escape')
  const chosen = await lookOf(page)
  expect(chosen.ground).not.toBe(before.ground)
  expect(chosen.typePx).toBeGreaterThan(before.typePx)
  expect(chosen.words).not.toBe(before.words)
  // By a link, which renders in the browser, and by loading anew, which renders on the server.
  await page.getByRole('navigation', { name: 'Разделы' }).getByRole('link', { name: 'Запуски' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Запуски' })).toBeVisible()
  expect(await lookOf(page)).toEqual(chosen)
  for (const path of ['/', '/ru/labs/movie-search', '/ru/nowhere']) {
    await page.goto(path)
    expect(await lookOf(page), path).toEqual(chosen)
  }
})

test.describe('a reader in Tokyo', () => {
  test.use({ timezoneId: 'Asia/Tokyo' })
  test('sees the time of a run in Tokyo, at the second visit from the first byte on', async ({ page }) => {
    const { id } = await runToEnd(page, { experiment: 'movie-search', params: QUICK })
    const { createdAt } = await (await page.request.get(`/api/runs/${id}`)).json()
    const inTokyo = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Tokyo' })
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    await page.goto(`/en/runs/${id}`)
    await expectSucceeded(page)
    const shown = page.getByRole('article').locator(`time[datetime="${createdAt}"]`)
    await expect(shown).toHaveText(inTokyo.format(new Date(createdAt)))
    await expect(shown).toHaveAttribute('title', /Japan|GMT\+9/)
    expect(complaints).toEqual([])
    const again = await (await page.request.get(`/en/runs/${id}`)).text()
    expect(again).toContain(inTokyo.format(new Date(createdAt)))
  })
})

/** No violation that axe can find on any page, in both languages and themes, without a connection and in wall mode too. */
import { expectNoViolation, LOCALES, open, openReport } from './axe.ts'
import { QUICK, runToEnd } from './report.ts'
import { expect, test } from './server.ts'

const PAGES = ['', '/movies', '/movies?query=star', '/movies/904', '/labs', '/runs', '/runs/compare', '/nowhere']

for (const locale of LOCALES) {
  test(`pages in ${locale} have no accessibility violation`, async ({ page }) => {
    test.setTimeout(240_000) // every page there is, and there will be more
    const { id } = await runToEnd(page, { experiment: 'movie-search', params: { ...QUICK, rounds: 1 } })
    const { experiments } = await (await page.request.get('/api/experiments')).json()
    const labs = experiments.map((experiment: { id: string }) => `/labs/${experiment.id}`)
    for (const path of [...PAGES, ...labs, `/runs/compare?a=${id}&b=${id}`]) {
      await open(page, `/${locale}${path}`)
      await expectNoViolation(page, `/${locale}${path}`)
    }
  })

  test(`the offline page in ${locale} has none either`, async ({ page, context }) => {
    await page.goto(`/${locale}`)
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready
    })
    await context.setOffline(true)
    await page.goto(`/${locale}/labs`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expectNoViolation(page, 'offline')
  })

  test(`wall mode, menus, help and tables in ${locale} have none either`, async ({ page, context, baseURL }) => {
    test.setTimeout(180_000)
    await context.addCookies([{ name: 'wall', value: '1', url: baseURL ?? '' }])
    const { id } = await runToEnd(page, { experiment: 'movie-search', params: { ...QUICK, rounds: 1 } })
    await openReport(page, `/${locale}/runs/${id}`)
    await expectNoViolation(page, 'wall mode')
    const timeline = page.locator('[data-timeline]')
    await timeline.getByRole('button', { name: locale === 'en' ? 'Show as table' : 'Показать таблицей' }).click()
    await timeline.getByRole('button', { name: locale === 'en' ? /List the spans/ : /Перечислить отрезки/ }).click()
    await expect(timeline.getByRole('table')).toHaveCount(2)
    await expectNoViolation(page, 'the timeline as tables')
    await timeline.getByRole('button', { name: locale === 'en' ? 'Keys and gestures' : 'Клавиши и жесты' }).click()
    await expect(timeline.locator('[popover]:popover-open')).toBeVisible()
    await expectNoViolation(page, 'keys and gestures')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: locale === 'en' ? 'Display' : 'Вид', exact: true }).click()
    await expect(page.locator('#display-menu')).toBeVisible()
    await expectNoViolation(page, 'the display menu')
  })
}

/** No violation that axe can find, on any page in any state of a run, in both languages and themes, menus and tables opened. */
import AxeBuilder from '@axe-core/playwright'
import type { APIRequestContext, Page } from '@playwright/test'
import { childrenOf } from './processes.ts'
import { QUICK, runToEnd } from './report.ts'
import { expect, test } from './server.ts'
import { SMALL_RUNS } from './small-runs.ts'

const PAGES = ['', '/movies', '/movies?query=star', '/movies/904', '/labs', '/labs/movie-search', '/runs', '/nowhere']
const LONG = { experiment: 'movie-search', params: { ...QUICK, strategies: ['sequential'], latencyMs: 40, rounds: 50 } }

const expectNoViolation = async (page: Page, where: string): Promise<void> => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.map(
    ({ id: rule, nodes }) =>
      `${rule}: ${nodes
        .map((node) => node.html)
        .join(' ')
        .slice(0, 300)}`,
  )
  expect(found, where).toEqual([])
}

const open = async (page: Page, path: string): Promise<void> => {
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  // The server may send the title after the page's content.
  await expect(page).toHaveTitle(/Interleave/)
}

/** The page of a run that has ended, with its charts and its timeline drawn. */
const openReport = async (page: Page, path: string): Promise<void> => {
  await open(page, path)
  await expect(page.locator('[data-timeline][data-live=false][data-visible-spans]')).toBeAttached()
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
}

const startRun = async (request: APIRequestContext, body: object): Promise<string> => {
  const started = await request.post('/api/runs', { data: body })
  expect(started.status()).toBe(201)
  return (await started.json()).id
}
const statusOf = async (request: APIRequestContext, id: string): Promise<string> =>
  (await (await request.get(`/api/runs/${id}`)).json()).status
const cancel = async (request: APIRequestContext, id: string): Promise<void> => {
  await request.post(`/api/runs/${id}/commands`, { data: { command: 'cancel' } })
  await expect.poll(() => statusOf(request, id)).toBe('cancelled')
}

for (const locale of ['en', 'ru']) {
  for (const theme of ['light', 'dark'] as const) {
    test(`pages in ${locale}, ${theme}, have no accessibility violation`, async ({ page }) => {
      test.setTimeout(240_000) // every page there is, and there will be more
      const { id } = await runToEnd(page, { experiment: 'movie-search', params: { ...QUICK, rounds: 1 } })
      const { experiments } = await (await page.request.get('/api/experiments')).json()
      const labs = experiments.map((experiment: { id: string }) => `/labs/${experiment.id}`)
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      for (const path of new Set([...PAGES, ...labs, `/runs/compare?a=${id}&b=${id}`])) {
        await open(page, `/${locale}${path}`)
        await expectNoViolation(page, `/${locale}${path}`)
      }
      await openReport(page, `/${locale}/runs/${id}`)
      await expectNoViolation(page, `/${locale}/runs/${id}`)
    })
  }
}

// Every language and every theme once: words and colours of a report don't depend on each other.
for (const { locale, theme } of [
  { locale: 'en', theme: 'dark' },
  { locale: 'ru', theme: 'light' },
] as const) {
  test(`reports of every lab in ${locale}, ${theme}, have no accessibility violation`, async ({ page }) => {
    test.setTimeout(240_000) // a run and a page for each lab
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    for (const [experiment, [params]] of Object.entries(SMALL_RUNS)) {
      const run = await runToEnd(page, { experiment, params })
      expect(run.status, JSON.stringify(run.error)).toBe('succeeded')
      await openReport(page, `/${locale}/runs/${run.id}`)
      await expectNoViolation(page, `a run of ${experiment}`)
    }
  })

  test(`a failed, a cancelled, a going and a queued run in ${locale}, ${theme}, have none either`, async ({
    page,
    request,
    server,
  }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    const failed = await startRun(request, LONG)
    await expect.poll(() => childrenOf(server.process.pid ?? 0, 'runner.ts').length).toBe(1)
    for (const runner of childrenOf(server.process.pid ?? 0, 'runner.ts')) process.kill(runner, 'SIGKILL')
    await expect.poll(() => statusOf(request, failed)).toBe('failed')
    const going = await startRun(request, LONG)
    const queued = await startRun(request, LONG)
    const cancelled = await startRun(request, LONG)
    await cancel(request, cancelled)
    for (const id of [failed, cancelled, queued, going]) {
      await open(page, `/${locale}/runs/${id}`)
      await expectNoViolation(page, `a run that is ${await statusOf(request, id)}`)
    }
    expect([await statusOf(request, going), await statusOf(request, queued)]).toEqual(['running', 'queued'])
    await cancel(request, queued)
    await cancel(request, going)
  })

  test(`wall mode, menus, help and tables in ${locale}, ${theme}, have none either`, async ({
    page,
    context,
    baseURL,
  }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
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

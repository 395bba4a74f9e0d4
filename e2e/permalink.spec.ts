/** A link reproduces what was seen: a set-up before the run, the same figures after it. */
import { expectSucceeded, figuresOf } from './report.ts'
import { expect, test } from './server.ts'

test('a permalink shows the figures that were live', async ({ page }) => {
  await page.goto('/en/labs/movie-search?preset=quick&start=1')
  await expectSucceeded(page)
  const table = page.getByRole('figure', { name: /Time of one search/ }).getByRole('table')
  const live = await figuresOf(table)
  const rounds = await figuresOf(page.getByRole('table', { name: 'Every round' }))
  expect(live.size).toBe(4)
  const { runs } = await (await page.request.get('/api/runs?limit=1')).json()
  await page.goto(`/en/runs/${runs[0].id}`)
  await expectSucceeded(page)
  // Charts come a moment after the record.
  await expect.poll(() => figuresOf(table)).toEqual(live)
  await expect.poll(() => figuresOf(page.getByRole('table', { name: 'Every round' }))).toEqual(rounds)
})

test('a link reproduces a set-up', async ({ page, context }) => {
  await page.goto('/en/labs/movie-search')
  await page.getByLabel('Search for').fill('amélie')
  await page.getByRole('group', { name: 'Strategies' }).getByText('Processes').click()
  await page.getByRole('slider', { name: 'Workers' }).fill('12')
  // The address follows the form a moment later: the last change is the one to wait for.
  await expect(page).toHaveURL(/workers=12/)
  const other = await context.newPage()
  await other.goto(page.url())
  await expect(other.getByLabel('Search for')).toHaveValue('amélie')
  await expect(other.getByRole('checkbox', { name: 'Processes' })).not.toBeChecked()
  await expect(other.getByRole('slider', { name: 'Workers' })).toHaveValue('12')
})

test('a link of a preset, a number, a sweep and a language reproduces them all, and what it starts', async ({
  page,
  context,
}) => {
  await page.goto('/ru/labs/strategies?preset=waiting')
  await page.getByText('Ещё параметры').click()
  await page.getByRole('slider', { name: 'Раунды' }).fill('1')
  await page.getByRole('slider', { name: 'Прогрев' }).fill('0')
  await page.getByRole('slider', { name: 'Исполнители' }).fill('3')
  await page.getByLabel('Перебор').selectOption('tasks')
  await page.getByLabel('Значения').fill('2 4')
  await expect(page).toHaveURL(/sweep=tasks:2,4/)
  const link = page.url()
  const other = await context.newPage()
  await other.goto(link)
  await expect(other.locator('html')).toHaveAttribute('lang', 'ru')
  await expect(other.getByRole('combobox', { name: 'Работа' })).toHaveValue('http')
  await expect(other.getByRole('slider', { name: 'Исполнители' })).toHaveValue('3')
  const started: { id: string; params: Record<string, unknown> }[] = []
  for (const shown of [page, other]) {
    const response = shown.waitForResponse((answer) => answer.request().method() === 'POST')
    await shown.getByRole('button', { name: 'Запустить', exact: true }).click()
    started.push(await (await response).json())
    await expect(shown.getByRole('article').getByText('Завершён', { exact: true })).toBeVisible({ timeout: 60_000 })
  }
  const [first, second] = started
  expect(second?.id).not.toBe(first?.id)
  expect(second?.params).toEqual(first?.params)
  expect(first?.params).toMatchObject({
    workload: 'http',
    size: 'small',
    workers: 3,
    rounds: 1,
    warmup: 0,
    sweep: { param: 'tasks', values: [2, 4] },
  })
})

test("a run's page carries its headline for whoever is sent the link", async ({ page }) => {
  await page.goto('/en/labs/movie-search?preset=quick&start=1')
  await expectSucceeded(page)
  const { runs } = await (await page.request.get('/api/runs?limit=1')).json()
  await page.goto(`/ru/runs/${runs[0].id}`)
  await expect(page.locator('meta[property="og:title"]')).toHaveAttribute('content', /\S/)
  await expect(page.locator('meta[property="og:image"]')).toHaveAttribute('content', /^https?:/)
  await expect(page.locator('html')).toHaveAttribute('lang', 'ru')
})

/** The history: filtered, compared, repeated, deleted and brought back; and the queue in front of it. */
import { expectSucceeded, QUICK, runToEnd } from './report.ts'
import { expect, test } from './server.ts'

test('two runs of one lab are compared side by side, with a word about drift', async ({ page }) => {
  const first = await runToEnd(page, { experiment: 'movie-search', params: QUICK })
  const second = await runToEnd(page, { experiment: 'movie-search', params: { ...QUICK, workers: 8 } })
  await page.goto(`/en/runs/compare?a=${first.id}&b=${second.id}`)
  await expect(page.getByRole('heading', { name: 'Two runs side by side' })).toBeVisible()
  await expect(page.getByText('These runs were measured at different times')).toBeVisible()
  await expect(page.getByRole('row', { name: /Workers/ })).toContainText('differs')
})

test('a deleted run can be brought back, and is gone for good when it is not', async ({ page }) => {
  const kept = await runToEnd(page, { experiment: 'movie-search', params: QUICK })
  await page.goto('/en/runs')
  const remove = page.getByRole('button', { name: /^Delete: / }).first()
  await remove.click()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('list', { name: 'Runs' }).locator(`a[href$="/runs/${kept.id}"]`)).toBeVisible()
  expect((await page.request.get(`/api/runs/${kept.id}`)).status()).toBe(200)
  await page
    .getByRole('button', { name: /^Delete: / })
    .first()
    .click()
  await page.goto('/en')
  await expect.poll(async () => (await page.request.get(`/api/runs/${kept.id}`)).status()).toBe(404)
})

test('the history is filtered by lab and state', async ({ page }) => {
  const { id } = await runToEnd(page, { experiment: 'movie-search', params: QUICK })
  const own = page.getByRole('list', { name: 'Runs' }).locator(`a[href$="/runs/${id}"]`)
  await page.goto('/en/runs')
  await expect(own).toBeVisible()
  await page.getByLabel('State').selectOption('Failed')
  await expect(own).toBeHidden()
  await page.getByLabel('State').selectOption('Succeeded')
  await expect(own).toBeVisible()
  await page.getByLabel('Lab').selectOption('Semaphore')
  await expect(own).toBeHidden()
  // Nothing waits while nothing runs, whatever ran on this server before.
  await page.getByLabel('State').selectOption('Queued')
  await expect(page.getByText('No run matches')).toBeVisible()
})

test('two set-ups are run again interleaved, and get a verdict', async ({ page }) => {
  test.setTimeout(180_000)
  const quick = { ...QUICK, strategies: ['sequential', 'async'] }
  const first = await runToEnd(page, { experiment: 'movie-search', params: quick })
  const second = await runToEnd(page, { experiment: 'movie-search', params: { ...quick, latencyMs: 40 } })
  await page.goto(`/en/runs/compare?a=${first.id}&b=${second.id}`)
  await page.getByRole('button', { name: 'Run both again, interleaved, for a verdict' }).click()
  await expectSucceeded(page, 120_000)
  // Eight times the latency, one request after another: no drift of a machine hides that.
  await expect(page.getByRole('article')).toContainText(/Sequential: A is [\d.]+× faster than B/)
  const setUps = page.getByRole('table', { name: 'Set-ups', exact: true })
  const latency = setUps.getByRole('row', { name: /Latency/ }).getByRole('cell')
  await expect(latency).toHaveText([/^5\sms$/, /^40\sms$/])
  // Of rounds there are the pair's own.
  await expect(setUps.getByRole('row', { name: /Rounds/ })).toHaveCount(0)
})

test('a race is run again with another guard, and the page of the pair starts the same pair once more', async ({
  page,
}) => {
  test.setTimeout(180_000)
  const race = { scenario: 'counter', threads: 2, trials: 2, iterations: 20_000, warmup: 0 }
  const first = await runToEnd(page, { experiment: 'race', params: { ...race, iterations: 1_000, guard: 'mutex' } })
  const second = await runToEnd(page, { experiment: 'race', params: { ...race, guard: 'mutex' } })
  await page.goto(`/en/runs/compare?a=${first.id}&b=${second.id}`)
  await page.getByRole('button', { name: 'Run both again, interleaved, for a verdict' }).click()
  await expectSucceeded(page, 120_000)
  // Twenty times the work under one lock: no drift of a machine hides that.
  await expect(page.getByRole('article')).toContainText(/A counter: A is [\d.]+× faster than B/)
  const pair = page.url().split('/').at(-1) ?? ''
  await page.getByRole('button', { name: 'Run again', exact: true }).click()
  await expect(page).not.toHaveURL(new RegExp(pair))
  await expectSucceeded(page, 120_000)
  await expect(page.getByRole('article')).toContainText(/A counter: A is [\d.]+× faster than B/)
  const again = page.url().split('/').at(-1) ?? ''
  const [before, after] = await Promise.all(
    [pair, again].map(async (id) => (await page.request.get(`/api/runs/${id}`)).json()),
  )
  expect(after.params).toEqual(before.params)
})

test('two scenarios of a race measure different things, so no verdict is offered', async ({ page }) => {
  const race = { threads: 2, trials: 2, iterations: 100, warmup: 0 }
  const first = await runToEnd(page, { experiment: 'race', params: race })
  const second = await runToEnd(page, { experiment: 'race', params: { ...race, scenario: 'bank' } })
  await page.goto(`/en/runs/compare?a=${first.id}&b=${second.id}`)
  await expect(page.getByText('measured nothing in common')).toBeVisible()
  await expect(page.getByRole('button', { name: /interleaved/ })).toHaveCount(0)
})

test('two runs are picked in the history by keyboard and compared; runs of other labs can not be the second', async ({
  page,
}) => {
  const other = await runToEnd(page, { experiment: 'semaphore', params: { jobs: 4, jobMs: 1 } })
  const first = await runToEnd(page, { experiment: 'movie-search', params: QUICK })
  const second = await runToEnd(page, { experiment: 'movie-search', params: { ...QUICK, workers: 8 } })
  await page.goto('/en/runs')
  const boxOf = ({ id }: { id: string }) =>
    page
      .getByRole('list', { name: 'Runs' })
      .getByRole('listitem')
      .filter({ has: page.locator(`a[href$="/runs/${id}"]`) })
      .getByRole('checkbox', { name: /^Compare: / })
  await boxOf(first).focus()
  await page.keyboard.press('Space')
  await expect(page.getByText('One run chosen.')).toBeVisible()
  await expect(boxOf(other)).toBeDisabled()
  await boxOf(second).focus()
  await page.keyboard.press('Space')
  await page.getByRole('link', { name: 'Compare both' }).click()
  await expect(page).toHaveURL(new RegExp(`/runs/compare\\?a=${first.id}&b=${second.id}$`))
  await expect(page.getByRole('row', { name: /Workers/ })).toContainText('differs')
})

test('a run is put beside an earlier one with other settings from its own page', async ({ page }) => {
  const earlier = await runToEnd(page, { experiment: 'movie-search', params: { ...QUICK, workers: 3 } })
  const later = await runToEnd(page, { experiment: 'movie-search', params: { ...QUICK, workers: 5 } })
  await page.goto(`/en/runs/${later.id}`)
  const others = page.getByRole('region', { name: 'With other settings' })
  await others
    .getByRole('link', { name: /^Compare: / })
    .first()
    .click()
  await expect(page).toHaveURL(new RegExp(`/runs/compare\\?a=${earlier.id}&b=${later.id}$`))
})

test('runs of a lab without a common measure are compared by their own charts, and no verdict is offered', async ({
  page,
}) => {
  const first = await runToEnd(page, { experiment: 'deadlock' })
  const second = await runToEnd(page, { experiment: 'deadlock', params: { policy: 'ordered', rounds: 20 } })
  await page.goto(`/en/runs/compare?a=${first.id}&b=${second.id}`)
  for (const name of ['Charts of run A', 'Charts of run B']) {
    await expect(page.getByRole('region', { name }).getByRole('figure').first()).toBeVisible()
  }
  await expect(page.getByText('can’t be run interleaved')).toBeVisible()
  await expect(page.getByText('a deadlock never ends by itself')).toBeVisible()
  await expect(page.getByRole('button', { name: /interleaved/ })).toHaveCount(0)
  await page.goto(`/ru/runs/compare?a=${first.id}&b=${second.id}`)
  await expect(page.getByText('взаимная блокировка сама не кончается')).toBeVisible()
})

test('a run is repeated from the history with the very same parameters', async ({ page }) => {
  const params = { ...QUICK, workers: 3, latencyMs: 7 }
  const first = await runToEnd(page, { experiment: 'movie-search', params })
  await page.goto('/en/runs')
  await page
    .getByRole('button', { name: /^Run again: / })
    .first()
    .click()
  await expect(page).toHaveURL(/\/runs\/\w+$/)
  await expectSucceeded(page)
  const id = page.url().split('/').at(-1) ?? ''
  expect(id).not.toBe(first.id)
  const [before, after] = await Promise.all(
    [first.id, id].map(async (each) => (await page.request.get(`/api/runs/${each}`)).json()),
  )
  expect(after.params).toEqual(before.params)
})

test('after a deletion the focus stays in the list, and F8 leads to the way back', async ({ page }) => {
  await runToEnd(page, { experiment: 'movie-search', params: QUICK })
  const last = await runToEnd(page, { experiment: 'movie-search', params: QUICK })
  await page.goto('/en/runs')
  const list = page.getByRole('list', { name: 'Runs' })
  await list
    .getByRole('button', { name: /^Delete: / })
    .first()
    .focus()
  await page.keyboard.press('Enter')
  await expect(list.locator(`a[href$="/runs/${last.id}"]`)).toHaveCount(0)
  await expect(list.getByRole('listitem').first().getByRole('link')).toBeFocused()
  await page.keyboard.press('F8')
  await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused()
  // A pointer that passes over the notice must not let it go while it has the focus.
  await page.getByText('Run deleted').hover()
  await page.mouse.move(0, 0)
  await page.keyboard.press('Enter')
  await expect(list.locator(`a[href$="/runs/${last.id}"]`)).toBeFocused()
  expect((await page.request.get(`/api/runs/${last.id}`)).status()).toBe(200)
})

test('a deletion that was not undone is kept, whichever page is shown when the reader leaves', async ({ page }) => {
  const { id } = await runToEnd(page, { experiment: 'movie-search', params: QUICK })
  await page.goto('/en/runs')
  await page
    .getByRole('button', { name: /^Delete: / })
    .first()
    .click()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Labs' }).click()
  await expect(page).toHaveURL(/\/labs$/)
  expect((await page.request.get(`/api/runs/${id}`)).status()).toBe(200)
  await page.goto('/ru/movies')
  await expect.poll(async () => (await page.request.get(`/api/runs/${id}`)).status()).toBe(404)
})

test('runs that wait tell how many are ahead of them', async ({ page }) => {
  const ids: string[] = []
  for (let index = 0; index < 4; index++) {
    const started = await page.request.post('/api/runs', {
      data: { experiment: 'movie-search', params: { ...QUICK, latencyMs: 200, rounds: 50 } },
    })
    ids.push((await started.json()).id)
  }
  const [going, next, third, fourth] = ids
  await page.goto(`/en/runs/${fourth}`)
  await expect(page.getByText('3 runs ahead in the queue')).toBeVisible()
  await page.goto(`/ru/runs/${third}`)
  await expect(page.getByText('Впереди в очереди 2 запуска')).toBeVisible()
  await page.request.post(`/api/runs/${next}/commands`, { data: { command: 'cancel' } })
  await expect(page.getByText('Впереди в очереди 1 запуск')).toBeVisible()
  for (const id of [fourth, third, going]) {
    await page.request.post(`/api/runs/${id}/commands`, { data: { command: 'cancel' } })
  }
  await expect(page.getByRole('article').getByRole('heading', { name: 'Отменён' })).toBeVisible()
})

test('a comparison says which of its runs does not exist', async ({ page }) => {
  await page.goto('/en/runs/compare?a=aaaaaaaaaaaa&b=bbbbbbbbbbbb')
  await expect(page.getByText('Neither run exists')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Choose other runs' })).toBeVisible()
})

test('a filter by an experiment that does not exist shows all runs', async ({ page }) => {
  await page.goto(`/en/runs?experiment=${'x'.repeat(80)}`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByText(/Too big|Refused/)).toHaveCount(0)
})

test('on a phone a comparison with a long query fits the page', async ({ page }) => {
  const first = await runToEnd(page, { experiment: 'movie-search', params: QUICK })
  const second = await runToEnd(page, {
    experiment: 'movie-search',
    params: { ...QUICK, query: 'a long title '.repeat(6) },
  })
  await page.setViewportSize({ width: 360, height: 780 })
  await page.goto(`/ru/runs/compare?a=${first.id}&b=${second.id}`)
  await expect(page.getByRole('row', { name: /Что искать/ })).toContainText('различается')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
})

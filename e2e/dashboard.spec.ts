/** The three pictures on the home page: run by one button, one after another, live whoever started the run, and called off. */
import type { Page } from '@playwright/test'
import { expect, startServer, stopServer, test } from './server.ts'

const NAMES = ['Four strategies', 'Lock contention', 'Producer and consumer'] as const
const picture = (page: Page, name: string) => page.getByRole('article', { name, exact: true })

test('one button runs all three, and each picture shows what was measured', async ({ page }) => {
  test.setTimeout(150_000)
  // A server where nothing was ever run.
  const server = await startServer()
  try {
    await runAllThree(page, server.url)
  } finally {
    await stopServer(server)
  }
})

const runAllThree = async (page: Page, url: string): Promise<void> => {
  await page.goto(`${url}/en`)
  for (const name of NAMES) await expect(picture(page, name)).toContainText('Not measured yet')
  await page.getByRole('button', { name: 'Run all three' }).click()
  await expect(page.getByText(/^1 of 3: Four strategies$/).first()).toBeVisible()
  await expect(picture(page, 'Four strategies').getByRole('progressbar')).toBeVisible()
  await expect(page.getByText(/^3 of 3: Producer and consumer$/).first()).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText('All three are done').first()).toBeVisible({ timeout: 60_000 })

  await expect(picture(page, 'Four strategies').getByRole('listitem').filter({ hasText: 'Sequential' })).toContainText(
    /\d ms/,
  )
  await expect(picture(page, 'Lock contention').getByRole('listitem').filter({ hasText: 'Mutex' })).toContainText(
    /\d% waiting · [\d,]+ \/ s/,
  )
  await expect(picture(page, 'Producer and consumer')).toContainText(/up to [\d,]+ of 3,000/)
  await expect(picture(page, 'Producer and consumer').getByRole('heading')).toContainText('12,000 messages')

  // They are ordinary runs: kept, and shown to the next visitor without running anything.
  await page.goto(`${url}/ru`)
  for (const name of ['Четыре стратегии', 'Производитель и потребитель']) {
    await expect(picture(page, name).getByText(/^Измерено /)).toBeVisible()
  }
  await picture(page, 'Производитель и потребитель').getByRole('link', { name: 'Открыть запуск' }).click()
  await expect(page).toHaveURL(/\/ru\/runs\/\w+$/)
}

test('a run that somebody else starts moves its picture', async ({ page }) => {
  await page.goto('/en')
  const started = await page.request.post('/api/runs', { data: { experiment: 'strategies', params: { rounds: 6 } } })
  expect(started.status()).toBe(201)
  await expect(picture(page, 'Four strategies').getByText('Live')).toBeVisible()
  await expect(picture(page, 'Four strategies').getByText('Live')).toBeHidden({ timeout: 60_000 })
  await expect(picture(page, 'Four strategies').getByRole('listitem').filter({ hasText: 'Threads' })).toContainText(/×/)
})

test('all three are called off by one button, and nothing of them goes on', async ({ page }) => {
  await page.goto('/en')
  await page.getByRole('button', { name: 'Run all three' }).click()
  await expect(page.getByText(/^1 of 3/).first()).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('button', { name: 'Run all three' })).toBeVisible()
  await expect
    .poll(async () => {
      const { runs } = await (await page.request.get('/api/runs?limit=3')).json()
      return runs.filter((run: { status: string }) => run.status === 'queued' || run.status === 'running').length
    })
    .toBe(0)
  await expect(page.getByText('The newest run was cancelled.').first()).toBeVisible()
})

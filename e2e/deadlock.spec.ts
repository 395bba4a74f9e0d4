/** The deadlock lab: without a policy real threads freeze and the cycle is named, with an order they don't, and time-outs can livelock. */
import type { Page } from '@playwright/test'
import { expectSucceeded, figuresOf } from './report.ts'
import { expect, test } from './server.ts'

const runPreset = async (page: Page, preset: string): Promise<void> => {
  await page.goto('/en/labs/deadlock')
  await page.getByRole('button', { name: preset, exact: true }).click()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expectSucceeded(page)
}

const headline = (page: Page) => page.getByRole('article').getByRole('heading', { level: 2 }).first()
const tableOf = (page: Page, name: string) => page.getByRole('table', { name, exact: true })

test('two threads freeze without a policy, the cycle of two is shown, and the same server runs the next', async ({
  page,
}) => {
  await runPreset(page, 'Two lists')
  await expect(headline(page)).toContainText(/Deadlock after .* 2 threads hold a lock each/)
  const graph = page.getByRole('figure', { name: 'Who waits for whom' })
  await expect(graph).toContainText('Thread 1 → List 2 → Thread 2 → List 1 → Thread 1')
  // The drawing has an equivalent in words, for everyone: what each holds, wants, and who has it.
  await graph.getByRole('button', { name: 'Show as table' }).click()
  const rows = await tableOf(page, 'Who waits for whom').getByRole('row').allTextContents()
  expect(rows.slice(1)).toEqual(['Thread 1List 1List 2Thread 2yes', 'Thread 2List 2List 1Thread 1yes'])
  await expect(tableOf(page, 'The four conditions of a deadlock').getByText('left in place')).toHaveCount(4)
  const done = await figuresOf(tableOf(page, 'Rounds done by each thread'))
  expect([...done.values()].every(([rounds = 0]) => rounds < 200)).toBe(true)

  await page.getByRole('button', { name: 'One order', exact: true }).click()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(headline(page)).toContainText('No deadlock: 400 rounds', { timeout: 60_000 })
  await expect
    .poll(async () => [...(await figuresOf(tableOf(page, 'Rounds done by each thread'))).values()])
    .toEqual([
      [200, 0],
      [200, 0],
    ])
  const conditions = tableOf(page, 'The four conditions of a deadlock')
  await expect(conditions.getByRole('row', { name: /Circular wait/ })).toContainText('taken away')
  await expect(conditions.getByText('taken away')).toHaveCount(1)
})

test('time-outs without a random pause livelock: retries grow over time, and rounds stand still', async ({ page }) => {
  await runPreset(page, 'Livelock')
  await expect(headline(page)).toContainText(/Livelock: \d+ retries .* not one round completed/)
  const rows = await tableOf(page, 'Progress and retries over time').getByRole('row').allTextContents()
  const last = (name: string): number =>
    Number(
      rows
        .filter((row) => row.startsWith(name))
        .at(-1)
        ?.match(/\d+$/)?.[0],
    )
  expect(rows.filter((row) => row.startsWith('Retries')).length).toBeGreaterThan(10)
  expect(last('Retries')).toBeGreaterThanOrEqual(20)
})

test('a watchdog breaks what freezes the philosophers, and all rounds get done', async ({ page }) => {
  await runPreset(page, 'Watchdog')
  await expect(headline(page)).toContainText('All 1,000 rounds got done')
  const done = await figuresOf(tableOf(page, 'Rounds done by each thread'))
  expect([...done.keys()]).toEqual([1, 2, 3, 4, 5].map((number) => `Philosopher ${number}`))
  expect([...done.values()].every(([rounds]) => rounds === 200)).toBe(true)
})

test('a policy that makes no sense is refused at its field, with the reason', async ({ page }) => {
  await page.goto('/en/labs/deadlock?preset=self')
  await page.getByLabel('Against it').selectOption('ordered')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByText(/only one lock, so there is no order to keep/)).toBeVisible()
  await page.getByLabel('Against it').selectOption('reentrant')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(headline(page)).toContainText('the owner was let in again', { timeout: 60_000 })
})

test('twelve threads in Russian fit a narrow screen', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto('/ru/labs/deadlock?participants=12')
  await page.getByRole('button', { name: 'Запустить', exact: true }).click()
  const graph = page.getByRole('figure', { name: 'Кто кого ждёт' })
  await expect(graph).toContainText('Цикл: Поток 1 → Список 2', { timeout: 60_000 })
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
})

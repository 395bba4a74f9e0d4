/** The semaphore lab, clicked through: the counter keeps its bounds, and a stranger's release is refused by the mutex alone. */
import { expectSucceeded } from './report.ts'
import { expect, test } from './server.ts'

test('the counter stays between zero and the permits, and the four cards tell what each release was told', async ({
  page,
}) => {
  await page.goto('/en/labs/semaphore?permits=2&threads=5&jobs=20&jobMs=5&rounds=2')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expectSucceeded(page)

  const counter = page.getByRole('figure', { name: 'Free permits over time' })
  await counter.getByRole('button', { name: 'Show as table' }).click()
  const values = await counter
    .getByRole('row')
    .evaluateAll((rows) => rows.slice(1).map((row) => Number(row.lastElementChild?.textContent)))
  expect(values.length).toBeGreaterThan(20)
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...values)).toBe(2)
  await expect(counter).toContainText('at most 2 inside')

  const card = (name: string) =>
    page.getByRole('listitem', { name, exact: true }).filter({ has: page.getByRole('img') })
  await expect(card('Mutex')).toContainText('B releases what A holdsNotOwnerError')
  await expect(card('Mutex').getByRole('img', { name: 'A is alone inside, B stays outside' })).toBeVisible()
  for (const name of ['Lock', 'Semaphore', 'Bounded semaphore']) {
    await expect(card(name)).toContainText('B releases what A holdsaccepted')
    await expect(card(name).getByRole('img', { name: 'A and B are inside together' })).toBeVisible()
  }
  await expect(card('Bounded semaphore')).toContainText('A releases in the endOverReleaseError')
})

test('the page speaks Russian as well', async ({ page }) => {
  await page.goto('/ru/labs/semaphore?preset=one-permit')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Мьютекс или семафор')
  await expect(page.getByRole('slider', { name: 'Разрешения' })).toBeVisible()
})

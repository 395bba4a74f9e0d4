/** The lock-contention lab, clicked through: more threads wait more, an unguarded counter loses, what doesn't fit is refused. */
import { expectSucceeded } from './report.ts'
import { expect, test } from './server.ts'

/** A cell of the table of all locks: the first number that stands in it. */
const numberIn = (text: string | null): number =>
  Number(/[\d.,]+/.exec(text ?? '')?.[0].replaceAll(',', '') ?? Number.NaN)

test('with one thread nobody waits, with four they do, and the sweep shows both', async ({ page }) => {
  await page.goto('/en/labs/lock-contention?locks=ticket&durationMs=40&holdUs=50&rounds=6&sweep=threads:1,4')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expectSucceeded(page)

  const locks = page.getByRole('table', { name: 'The locks side by side' })
  const row = locks.getByRole('row', { name: /Ticket lock/ })
  await expect(row).toBeVisible()
  const waited = numberIn(await row.getByRole('cell').nth(2).textContent())
  expect(waited).toBeGreaterThan(0)
  expect(numberIn(await row.getByRole('cell').last().textContent())).toBe(0)

  await expect(page.getByRole('figure', { name: 'Throughput by number of threads' })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Waiting and holding, by thread' }).getByRole('row')).toHaveCount(5)
  await expect(page.getByRole('figure', { name: 'How long each thread waited' })).toBeVisible()

  // The same set-up with a single thread.
  await page.goto('/en/labs/lock-contention?locks=ticket&durationMs=40&rounds=1&threads=1')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expectSucceeded(page)
  const alone = page.getByRole('table', { name: 'The locks side by side' }).getByRole('row', { name: /Ticket lock/ })
  expect(numberIn(await alone.getByRole('cell').nth(2).textContent())).toBe(0)
  await expect(page.getByText('Ticket lock: nobody had to wait.')).toBeVisible()
})

test('the threads of each lock can be looked at, and a mutex keeps every update', async ({ page }) => {
  await page.goto('/en/labs/lock-contention?locks=none,mutex&durationMs=60&rounds=2')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expectSucceeded(page)

  const locks = page.getByRole('table', { name: 'The locks side by side' })
  expect(numberIn(await locks.getByRole('row', { name: /Mutex/ }).getByRole('cell').last().textContent())).toBe(0)
  const lost = await locks
    .getByRole('row', { name: /No lock/ })
    .getByRole('cell')
    .last()
    .textContent()
  expect(numberIn(lost)).toBeGreaterThan(0)
  await expect(page.getByRole('heading', { name: /Without a lock .* updates were lost/ })).toBeVisible()

  const shares = page.getByRole('figure', { name: 'Where the time of each thread went' })
  await expect(shares).toContainText('Mutex')
  await page.getByRole('radio', { name: 'No lock' }).press('Space')
  await expect(shares).toContainText('No lock')
})

test('a parameter of a lock that is not chosen is neither shown nor sent; sent by hand it is refused', async ({
  page,
  request,
}) => {
  await page.goto('/en/labs/lock-contention')
  await expect(page.getByRole('slider', { name: 'Permits' })).toHaveCount(0)
  await page.getByRole('checkbox', { name: 'Semaphore' }).press('Space')
  await expect(page.getByRole('slider', { name: 'Permits' })).toBeVisible()

  const answer = await request.post('/api/runs', {
    data: { experiment: 'lock-contention', params: { locks: ['mutex'], permits: 3 } },
  })
  expect(answer.status()).toBe(422)
  const problem = await answer.json()
  expect(problem.errors[0].path).toBe('params.permits')
  expect(problem.errors[0].message).toContain('only "semaphore" has permits')
})

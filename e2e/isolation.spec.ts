/** Isolation: run by clicking; the counts, the survivors and the costs read off the page. */
import { expectSucceeded, figuresOf } from './report.ts'
import { expect, test } from './server.ts'

test('processes count for themselves, atomics lose nothing, and every kind has its price', async ({ page }) => {
  await page.goto('/en/labs/isolation')
  await page.getByRole('button', { name: 'Quick look' }).click()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expectSucceeded(page)
  const counts = page.getByRole('figure', { name: 'What the counter holds when all have counted' })
  await counts.getByRole('button', { name: 'Show as table' }).click()
  await expect(counts.getByRole('row', { name: 'Threads, shared memory, atomic: 200,000 of 200,000' })).toBeVisible()
  await expect(counts.getByRole('row', { name: 'Processes: 0 of 200,000' })).toBeVisible()
  for (const name of ['Start, until it answers', 'A message there and back']) {
    const chart = page.getByRole('figure', { name })
    const figures = await figuresOf(chart.getByRole('table'))
    expect([...figures.keys()]).toEqual(['Thread', 'Process (fork)', 'Program (exec)'])
    for (const [median = 0] of figures.values()) expect(median).toBeGreaterThan(0)
  }
})

test('a thread that aborts takes its process and every other thread with it, a process only itself; the server lives on', async ({
  page,
}) => {
  await page.goto('/en/labs/isolation?crash=abort&workers=3&rounds=1')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expectSucceeded(page)
  const threads = page.getByRole('region', { name: 'Threads in one process' })
  await expect(threads.getByText('dead', { exact: true })).toHaveCount(4)
  const processes = page.getByRole('region', { name: 'Processes of their own' })
  await expect(processes.getByText('dead', { exact: true })).toHaveCount(1)
  await expect(processes.getByText('alive', { exact: true })).toHaveCount(3)
  expect((await page.request.get('/api/health')).ok()).toBe(true)
})

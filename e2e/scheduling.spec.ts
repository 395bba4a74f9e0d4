/** Scheduling: run by clicking, the blocked event loop read off the page and its tables. */
import { expectSucceeded, figuresOf } from './report.ts'
import { expect, test } from './server.ts'

test('an event loop that never yields makes requests wait for the long computation, one that yields does not', async ({
  page,
}) => {
  await page.goto('/en/labs/scheduling')
  await page.getByRole('button', { name: 'Quick look' }).click()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expectSucceeded(page)
  const latency = page.getByRole('figure', { name: 'Latency of short requests, all stretches together' })
  await latency.getByRole('button', { name: 'Show as table' }).click()
  const figures = await figuresOf(latency.getByRole('table'))
  expect([...figures.keys()]).toEqual(['Loop that never yields', 'Loop that yields', 'Threads', 'Processes'])
  // 120 ms of computing at a stretch: whoever arrives as it begins waits for most of it, whatever else the machine does.
  const [, , , slowest = 0] = figures.get('Loop that never yields') ?? []
  expect(slowest).toBeGreaterThan(60)
  await expect(page.getByText(/The event loop that never yields made \d+ requests wait up to/)).toBeVisible()
  const switches = page.getByRole('figure', { name: 'Context switches' })
  await expect(switches.getByRole('row', { name: /^Threads/ })).toBeAttached()

  const lanes = await figuresOf(
    page.getByRole('region', { name: 'What the system counted, thread by thread' }).getByRole('table'),
  )
  expect([...lanes.keys()]).toEqual([
    'Loop that never yields: both kinds of work',
    'Loop that yields: both kinds of work',
    'Threads: short requests',
    'Threads: the long computation',
    'Processes: short requests',
    'Processes: the long computation',
  ])
  for (const [lane, [onCoreMs = 0]] of lanes) expect(onCoreMs, `${lane} computes`).toBeGreaterThan(0)
  // Who answers requests gives up its core between them.
  expect(lanes.get('Threads: short requests')?.[2]).toBeGreaterThan(10)
})

test('a slice that is no slice is refused at its field, with what is accepted', async ({ page }) => {
  await page.goto('/en/labs/scheduling?longMs=100&sliceMs=100')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByText('Less than 100, everything else being equal.')).toBeVisible()
})

test('in Russian the lab speaks of an event loop and threads', async ({ page }) => {
  await page.goto('/ru/labs/scheduling')
  await expect(page.getByRole('heading', { level: 1, name: 'Кто решает, когда переключаться?' })).toBeVisible()
  await expect(page.getByRole('checkbox', { name: 'Цикл без уступок' })).toBeChecked()
})

/** The five labs in which threads meet: each by keyboard alone on a narrow screen in Russian, and nothing is left of what was cancelled. */
import { childrenOf } from './processes.ts'
import { expect, test } from './server.ts'
import { tabUntil } from './tab-until.ts'

const SHORT = {
  'lock-contention': 'locks=mutex,ticket&durationMs=40&rounds=6',
  semaphore: 'threads=8&jobs=20&jobMs=2&rounds=2',
  coordination: 'threads=6&items=40&workUs=50',
  race: 'scenario=bank&trials=5&iterations=500',
  deadlock: 'scenario=philosophers&participants=5',
} as const

for (const [lab, params] of Object.entries(SHORT)) {
  test(`${lab} is set up, run and read by keyboard at 360 pixels`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 })
    await page.goto(`/ru/labs/${lab}?${params}`)
    await tabUntil(page, /^\s*Запустить/)
    await page.keyboard.press('Enter')
    const report = page.getByRole('article')
    await expect(report.getByText('Завершён', { exact: true })).toBeVisible({ timeout: 60_000 })
    await expect(report.getByRole('heading', { level: 2 }).first()).toBeVisible()
    await expect(page.getByRole('figure').first()).toBeVisible()
    // Each drawing is there as a table, too, and is got at without a pointer.
    await tabUntil(page, /Показать таблицей|таблиц/i)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('figure').getByRole('table').first()).toBeVisible()
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
  })
}

for (const [what, experiment, params] of [
  // Until the watchdog looks again, twice a second, both threads sleep in each other's locks.
  ['a deadlock', 'deadlock', { policy: 'detect', checkEveryMs: 500, rounds: 100 }],
  ['threads that spin', 'lock-contention', { locks: ['spin'], threads: 8, holdUs: 500, durationMs: 2000, rounds: 10 }],
] as const) {
  test(`of ${what} no process and no thread is left when the run is cancelled`, async ({ page, server }) => {
    const pid = server.process.pid ?? 0
    const before = childrenOf(pid, '')
    const started = await page.request.post('/api/runs', { data: { experiment, params } })
    expect(started.status()).toBe(201)
    const { id } = await started.json()
    const run = async () => (await page.request.get(`/api/runs/${id}`)).json()
    await expect.poll(async () => (await run()).progress?.done ?? 0).toBeGreaterThan(0)
    expect(childrenOf(pid, 'runner.ts').length).toBe(1)
    await page.request.post(`/api/runs/${id}/commands`, { data: { command: 'cancel' } })
    await expect.poll(async () => (await run()).status).toBe('cancelled')
    // Threads live in the runner's process: with it they are gone.
    await expect.poll(() => childrenOf(pid, '').filter((child) => !before.includes(child))).toEqual([])
    expect(childrenOf(pid, 'runner.ts')).toEqual([])
  })
}

/** Nothing on a lab's page moves by itself from the press of Run until the results are there. */
import type { Page } from '@playwright/test'
import { expect, test } from './server.ts'

interface Shift {
  value: number
  at: number
  what: string[]
}

interface LayoutShift extends PerformanceEntry {
  value: number
  hadRecentInput: boolean
  sources: { node: Node | null }[]
}

/** Collects into `window.shifts` what moved without the reader's doing. */
const watchShifts = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const shifts: Shift[] = []
    Object.assign(window, { shifts })
    const wordsFor = (node: Node | null): string =>
      node instanceof Element ? `${node.tagName} ${node.textContent?.slice(0, 40)}` : (node?.nodeName ?? 'gone')
    const isShift = (entry: PerformanceEntry): entry is LayoutShift => 'hadRecentInput' in entry
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (!isShift(entry) || entry.hadRecentInput) continue
        shifts.push({
          value: entry.value,
          at: entry.startTime,
          what: entry.sources.map(({ node }) => wordsFor(node)),
        })
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
}

for (const address of ['/en/labs/movie-search?preset=quick', '/ru/labs/strategies?preset=computing']) {
  test(`no layout shift when results arrive at ${address}`, async ({ page }) => {
    await watchShifts(page)
    await page.goto(address)
    const run = page.getByRole('button', { name: /^(Run|Запустить)$/ })
    await expect(run).toBeEnabled()
    await page.waitForLoadState('networkidle')
    const pressedAt = await page.evaluate(() => performance.now())
    await run.click()
    await expect(page.locator('[data-timeline][data-live=false][data-from]')).toBeAttached({ timeout: 60_000 })
    await expect(page.getByRole('figure').first()).toBeVisible()
    await page.waitForLoadState('networkidle')
    const shifts = await page.evaluate((): Shift[] => Reflect.get(window, 'shifts'))
    const after = shifts.filter(({ at }) => at > pressedAt)
    expect(
      after.reduce((sum, { value }) => sum + value, 0),
      JSON.stringify(after),
    ).toBeLessThan(0.02)
  })
}

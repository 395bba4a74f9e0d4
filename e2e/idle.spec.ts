/** A page that waits for its reader leaves the server alone: what it asked for would disturb what is measured. */
import type { Page } from '@playwright/test'
import { expectSucceeded, QUICK, runToEnd } from './report.ts'
import { expect, test } from './server.ts'

const requestsOf = (page: Page): string[] => {
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/api/')) asked.push(new URL(request.url()).pathname)
  })
  return asked
}

/** Tabs through the page and back, each press waiting for its frame: time for an effect that asks without end to ask often. */
const lookAround = async (page: Page): Promise<void> => {
  for (let press = 0; press < 40; press++) {
    await page.keyboard.press(press < 20 ? 'Tab' : 'Shift+Tab')
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
  }
}

test('a lab that lists earlier runs asks the server nothing while it is only looked at', async ({ page }) => {
  await runToEnd(page, { experiment: 'movie-search', params: QUICK })
  const asked = requestsOf(page)
  await page.goto('/en/labs/movie-search')
  await expect(page.getByRole('region', { name: /Earlier runs/ })).toBeVisible()
  await page.waitForLoadState('networkidle')
  const before = asked.length
  await lookAround(page)
  expect(asked.slice(before)).toEqual([])
})

test('a report asks nothing more once its run has ended and is listed', async ({ page }) => {
  await page.goto('/en/labs/movie-search?preset=quick')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expectSucceeded(page)
  await page.waitForLoadState('networkidle')
  const asked = requestsOf(page)
  await lookAround(page)
  expect(asked).toEqual([])
})

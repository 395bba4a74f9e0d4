/** The coordination lab by clicking: everything arrives, the two mistakes do damage that is counted, what doesn't fit is refused. */
import type { Page } from '@playwright/test'
import { expectSucceeded } from './report.ts'
import { expect, test } from './server.ts'

const figure = async (page: Page, name: string): Promise<number> => {
  const row = page
    .getByRole('table', { name: 'What came of it' })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: true }) })
  return Number(((await row.getByRole('cell').first().textContent()) ?? '').replaceAll(',', ''))
}

const runInAddress = (page: Page): string | null => new URL(page.url()).searchParams.get('run')

/** Earlier runs are listed on the page, too: what counts is the report of the run that the address names from now on. */
const run = async (page: Page): Promise<void> => {
  const before = runInAddress(page)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect.poll(() => runInAddress(page)).not.toBe(before)
  await expectSucceeded(page)
}

test('at a small buffer every item arrives once, and the consumers wait for the producer', async ({ page }) => {
  await page.goto('/en/labs/coordination')
  await run(page)
  expect(await figure(page, 'Items put in and taken out')).toBe(200)
  expect(await figure(page, 'Items taken twice')).toBe(0)
  const waits = page.getByRole('table', { name: 'Who waited for whom at the buffer' })
  await expect(waits.getByRole('rowheader', { name: /Consumer/ }).first()).toBeAttached()
  await expect(waits.getByRole('cell', { name: '1 · Producer' }).first()).toBeAttached()
})

test('if instead of while takes from an empty buffer', async ({ page }) => {
  await page.goto('/en/labs/coordination?preset=if')
  await run(page)
  expect(await figure(page, 'Taken from an empty buffer')).toBeGreaterThan(0)
  expect(await figure(page, 'Items put in and taken out')).toBeLessThan(200)
  await expect(page.getByText('if (buffer.isEmpty) notEmpty.wait(mutex)')).toBeVisible()
  await expect(page.getByText('The mistake')).toBeVisible()
})

test('a pulse is slept through, and the run ends all the same', async ({ page }) => {
  await page.goto('/en/labs/coordination?preset=pulse')
  await run(page)
  expect(await figure(page, 'Signals slept through')).toBeGreaterThan(0)
  expect(await figure(page, 'Announcements heard by all')).toBe(40)
})

test('an odd number of threads can’t play ping-pong: refused with the reason', async ({ page }) => {
  await page.goto('/en/labs/coordination?scenario=ping-pong&threads=3')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByText(/3 does not fit: an even number is needed/)).toBeVisible()
})

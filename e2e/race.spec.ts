/** The race lab by clicking: the unguarded counter loses, the guarded one doesn't, a wrong choice of locks can be mended. */
import type { Page } from '@playwright/test'
import { expectSucceeded, runToEnd } from './report.ts'
import { expect, test } from './server.ts'

const outcomes = (page: Page) => page.getByRole('table', { name: 'What came out' })

/** Outcome and whether it may be, count, share, what happened. */
const countOf = async (page: Page, outcome: string): Promise<number> => {
  const row = outcomes(page)
    .getByRole('row')
    .filter({
      has: page.getByRole('rowheader', { name: new RegExp(`^${outcome} ?(Acceptable|Forbidden|Interesting)$`) }),
    })
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

test('the unguarded counter loses updates, and is shown how', async ({ page }) => {
  await page.goto('/en/labs/race')
  await page.getByRole('button', { name: 'In every trial' }).click()
  await run(page)
  expect(await countOf(page, 'All counted')).toBeLessThan(50)
  expect((await countOf(page, 'Some lost')) + (await countOf(page, 'Fewer than one thread’s'))).toBeGreaterThan(0)
  await expect(page.getByText(/of 50 trials had a forbidden outcome/)).toBeVisible()
  await expect(page.getByRole('heading', { level: 2, name: /lost updates/ })).toBeVisible()
  const moment = page.getByRole('table', { name: 'One moment, step by step' })
  const read = await moment.getByRole('cell', { name: /^reads \d/ }).allInnerTexts()
  expect(new Set(read).size, 'two threads read the same value').toBeLessThan(read.length)
  await expect(page.getByRole('table', { name: 'Increments lost in each trial' })).toBeAttached()
})

test('the mutex loses nothing, and says what that proves', async ({ page }) => {
  await page.goto('/en/labs/race')
  await page.getByRole('group', { name: 'Guard' }).getByText('A mutex', { exact: true }).click()
  await run(page)
  expect(await countOf(page, 'All counted')).toBe(50)
  expect(await countOf(page, 'Some lost')).toBe(0)
  await expect(page.getByText(/Nothing forbidden was observed in 50 trials: that is no proof.*6%/)).toBeVisible()
})

test('the bank is mended by choosing one lock for each account', async ({ page }) => {
  await page.goto('/en/labs/race?preset=fix-it')
  await run(page)
  await expect(
    page.getByRole('table', { name: 'Which lock guards which account' }).getByText('Not excluded').first(),
  ).toBeVisible()
  expect(await countOf(page, 'All accounts right')).toBeLessThan(50)
  const deposit = page.getByRole('group', { name: 'Paying it in: under which lock?' })
  await deposit.getByText('This account’s lock').click()
  await run(page)
  await expect(page.getByRole('heading', { level: 2, name: /Your locks held/ })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('table', { name: 'Which lock guards which account' }).getByText('One lock')).toHaveCount(
    4,
  )
  for (const wrong of ['Money vanished', 'Money appeared', 'Sum right, accounts wrong'])
    expect(await countOf(page, wrong)).toBe(0)
})

test('chosen locks without a bank are refused with the reason, at the field', async ({ page }) => {
  await page.goto('/en/labs/race?guard=chosen')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByRole('group', { name: 'Guard' }).getByText(/Only together with “Bank accounts”/)).toBeVisible()
})

test('what a race repeats is called a trial in both languages, in the timeline as in the table', async ({ page }) => {
  const { id } = await runToEnd(page, { experiment: 'race', params: { trials: 3, iterations: 1_000, warmup: 0 } })
  for (const { locale, trial, first, all } of [
    { locale: 'en', trial: 'Trial', first: 'Trial 1', all: 'Every trial' },
    { locale: 'ru', trial: 'Испытание', first: 'Испытание 1', all: 'Все испытания' },
  ]) {
    await page.goto(`/${locale}/runs/${id}`)
    await page.locator('[data-timeline]').getByRole('combobox', { name: trial, exact: true }).selectOption(first)
    await expect(page.getByRole('table', { name: all }).getByRole('columnheader', { name: trial })).toBeVisible()
  }
})

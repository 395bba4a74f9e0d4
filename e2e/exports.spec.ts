/** What a run measured can be taken away: its link, its samples, its trace; on a phone, and without a single sample, too. */
import { readFile } from 'node:fs/promises'
import { QUICK, runToEnd } from './report.ts'
import { expect, test } from './server.ts'

test('the link that is copied shows the run, and the CSV has a line for every sample', async ({ page, context }) => {
  const run = await runToEnd(page, { experiment: 'movie-search', params: QUICK })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(`/en/labs/movie-search?run=${run.id}`)
  const exports = page.getByRole('region', { name: 'Take it with you' })
  await exports.getByRole('button', { name: 'Copy link' }).click()
  await expect(page.getByText('The link is in the clipboard.')).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  const downloading = page.waitForEvent('download')
  await exports.getByRole('link', { name: 'CSV' }).click()
  const [head = '', ...rows] = (await readFile(await (await downloading).path(), 'utf8')).trim().split('\r\n')
  expect(head.split(',')).toEqual(expect.arrayContaining(['key', 'round']))
  expect(rows).toHaveLength(4 * QUICK.rounds)
  await page.goto(link)
  await expect(page).toHaveURL(new RegExp(`/en/runs/${run.id}$`))
  await expect(page.getByRole('article').getByText('Succeeded', { exact: true })).toBeVisible()
})

test('a deadlock, which has no samples, can be taken along from a phone', async ({ page }) => {
  const run = await runToEnd(page, { experiment: 'deadlock', params: {} })
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto(`/en/runs/${run.id}`)
  const exports = page.getByRole('region', { name: 'Take it with you' })
  await expect(exports.getByRole('button', { name: 'Open in Perfetto' })).toBeVisible()
  await expect(exports.getByRole('button', { name: 'Copy link' })).toBeVisible()
  await expect(exports.getByRole('link', { name: 'CSV' })).toBeVisible()
  const downloading = page.waitForEvent('download')
  await exports.getByRole('link', { name: 'Trace' }).click()
  const trace = JSON.parse(await readFile(await (await downloading).path(), 'utf8'))
  expect(trace.traceEvents.length).toBeGreaterThan(0)
})

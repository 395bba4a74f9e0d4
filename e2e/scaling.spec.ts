/** The scaling lab, clicked through: the speed-up of each number of workers, its law, and the serial share read back. */
import { expectSucceeded, figuresOf } from './report.ts'
import { expect, test } from './server.ts'

test('the baby: no number of workers helps, and the table says what the law allows', async ({ page }) => {
  await page.goto('/en/labs/scaling?preset=baby')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expectSucceeded(page)
  // On a machine that is busy with other tests the points may be too noisy to show the limit, which is said instead.
  await expect(page.getByRole('article').getByRole('heading', { level: 2 }).first()).toContainText(
    /[89]\d(\.\d)?% of the work is serial(: 9 workers reached|, so Amdahl’s limit is)/,
  )

  const chart = page.getByRole('figure', { name: 'How many times faster with more workers' })
  await chart.getByRole('button', { name: 'Show as table' }).click()
  const rows = await chart
    .getByRole('row')
    .evaluateAll((all) => all.slice(1).map((row) => Array.from(row.children, (cell) => cell.textContent ?? '')))
  const of = (name: string) => rows.filter(([series]) => series === name)
  expect(of('Measured').map(([, workers]) => workers)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9'])
  expect(of('Measured')[0]?.[2]).toBe('1')
  const law = of('Amdahl’s law on these cores').map(([, , speedup]) => Number(speedup))
  expect(law).toHaveLength(9)
  // 90% serial, the join besides: the limit is 1/0.9.
  expect(Math.max(...law)).toBeLessThan(1.25)
  expect(law.every((value, i) => i === 0 || value >= (law[i - 1] ?? 0))).toBe(true)

  const shares = await figuresOf(page.getByRole('region', { name: 'The serial share, read back' }).getByRole('table'))
  const [trueShare] = shares.get('The clock: the true share') ?? []
  expect(trueShare).toBeGreaterThan(75)
  expect(trueShare).toBeLessThan(99)
  expect(shares.has('Amdahl’s law, all points')).toBe(true)
})

test('growing work is held against Gustafson’s law', async ({ page }) => {
  await page.goto('/en/labs/scaling?size=small&maxWorkers=2&serialShare=0.5&rounds=6')
  await page.getByText('The work grows with the workers', { exact: true }).click()
  await expect(page.getByRole('switch', { name: 'The work grows with the workers' })).toBeChecked()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expectSucceeded(page)
  const chart = page.getByRole('figure', { name: 'How many times faster with more workers' })
  await expect(chart.getByRole('row', { name: /^Gustafson’s law on these cores 2 1\.[2-8]/ })).toBeAttached()
})

test('what would not fit into memory is refused beside the field, before anything starts', async ({ page }) => {
  const response = await page.request.post('/api/runs', {
    data: { experiment: 'scaling', params: { workload: 'image', size: 'large', scaled: true, maxWorkers: 16 } },
  })
  expect(response.status()).toBe(422)
  expect((await response.json()).errors).toEqual([
    expect.objectContaining({
      path: 'params.maxWorkers',
      message: expect.stringContaining('up to 4 are accepted'),
      code: 'at-most',
    }),
  ])
})

test('the page speaks Russian as well', async ({ page }) => {
  await page.goto('/ru/labs/scaling?preset=lawn')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Девять женщин, один месяц')
  await expect(page.getByRole('slider', { name: 'Последовательная доля' })).toBeVisible()
})

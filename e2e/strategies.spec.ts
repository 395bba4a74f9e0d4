/** The strategies lab: the same work four ways, where the time went, the crossover, and what makes no sense is refused. */
import { expectSucceeded, figuresOf } from './report.ts'
import { expect, test } from './server.ts'

test('computing: every strategy is measured and the losses add up to a bar for each', async ({ page }) => {
  await page.goto('/en/labs/strategies?preset=computing')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expectSucceeded(page, 80_000)
  const times = await figuresOf(
    page.getByRole('figure', { name: 'Time of the whole work, by strategy' }).getByRole('table'),
  )
  expect([...times.keys()]).toEqual(['Sequential', 'Async', 'Threads', 'Processes'])
  const losses = await figuresOf(
    page.getByRole('figure', { name: 'Where the time of the workers went' }).getByRole('table'),
  )
  expect([...losses.keys()]).toEqual([...times.keys()])
  for (const [strategy, [computing = 0]] of losses) expect(computing, `${strategy} computes`).toBeGreaterThan(0)

  // What the losses are of: elapsed × workers of the typical round, and the start-up, which is the last of the columns.
  const rounds = await figuresOf(page.getByRole('region', { name: 'Every round' }).getByRole('table'))
  const counted = [...rounds].flatMap(([round, figures]) => (/^\d+$/.test(round) ? [figures] : []))
  expect(counted).toHaveLength(8)
  const about = await page.getByRole('figure', { name: 'Time of the whole work, by strategy' }).textContent()
  const workers = Number(/(\d+) workers/.exec(about ?? '')?.[1])
  const atOnce = [1, 1, workers, workers]
  for (const [column, [strategy, parts]] of [...losses].entries()) {
    const elapsed = counted.map((figures) => figures[column] ?? 0).sort((one, other) => one - other)
    const typical = elapsed[Math.floor((elapsed.length - 1) / 2)] ?? 0
    const whole = typical * (atOnce[column] ?? 0) + (parts.at(-1) ?? 0)
    const sum = parts.reduce((total, part) => total + part, 0)
    // Cells are rounded: to half a millisecond at worst, six of them and the round's.
    expect(Math.abs(sum - whole), `${strategy}: ${sum} of ${whole} ms`).toBeLessThan(3 + workers / 2)
  }
  await expect(page.getByRole('article')).toContainText('Primes found')
})

test('waiting: overlapping requests are faster than one after another', async ({ page }) => {
  await page.goto('/ru/labs/strategies?preset=waiting&start=1')
  await expect(page.getByRole('article').getByText('Завершён', { exact: true })).toBeVisible({ timeout: 80_000 })
  const times = await figuresOf(page.getByRole('figure').first().getByRole('table'))
  const [sequential = 0] = times.get('Последовательно') ?? []
  const [async = Number.POSITIVE_INFINITY] = times.get('Асинхронно') ?? []
  expect(sequential).toBeGreaterThan(async)
})

test('the crossover map, by its preset: a line for each strategy over the share of computing, waiting said to be emulated', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await page.goto('/en/labs/strategies')
  await page.getByRole('button', { name: 'The crossover map' }).click()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expectSucceeded(page, 150_000)
  const map = page.getByRole('figure', { name: 'Where async stops helping and threads begin to' })
  await expect(map).toContainText('emulated')
  await map.getByRole('button', { name: 'Show as table' }).click()
  const rows = await map
    .getByRole('row')
    .evaluateAll((all) => all.slice(1).map((row) => Array.from(row.children, (cell) => cell.textContent ?? '')))
  for (const strategy of ['Async', 'Threads', 'Processes']) {
    const line = rows.filter(([series]) => series === strategy)
    expect(
      line.map(([, share]) => share),
      strategy,
    ).toEqual(['0 %', '25 %', '50 %', '75 %', '100 %'])
  }
  // Six at once while nothing computes, nothing to overlap while nothing waits: no busy machine turns that round.
  const [onlyWaiting = 0, ...shares] = rows
    .filter(([series]) => series === 'Async')
    .map(([, , speedup]) => Number(speedup))
  expect(onlyWaiting).toBeGreaterThan(2)
  expect(shares.at(-1)).toBeLessThan(1.5)
})

test('a sweep can be cancelled in the middle, and the lab takes the next run', async ({ page }) => {
  await page.goto('/en/labs/strategies?preset=crossover')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByText(/^Measuring: \w+: [\d.]+, round [1-6] of 6/).first()).toBeVisible({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Cancelled', exact: true })).toBeVisible()
  await expect(page.getByRole('article')).toContainText('it supports no verdict')
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeEnabled()
})

test('a picture is shown before and after, and what copying it to processes cost is told', async ({ page }) => {
  await page.goto('/en/labs/strategies')
  await page.getByRole('button', { name: 'A picture' }).click()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expectSucceeded(page, 80_000)
  const before = page.getByRole('img', { name: 'A generated landscape with a sun, hills and lit windows' })
  const after = page.getByRole('img', { name: 'The same landscape, only its edges, bright on black' })
  for (const picture of [before, after]) {
    await expect(picture).toBeVisible()
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100)
  }
  expect(await before.getAttribute('src')).not.toBe(await after.getAttribute('src'))
  await expect(
    page.getByText(/^Handing the buffers to processes and back copied [\d.]+\sMB and took [\d.]+\sms/),
  ).toBeVisible()
})

test('a share of computing without mixed work is refused with the reason', async ({ request }) => {
  const params = { workload: 'primes', cpuShare: 0.2 }
  const response = await request.post('/api/runs', { data: { experiment: 'strategies', params } })
  expect(response.status()).toBe(422)
  expect(JSON.stringify(await response.json())).toContain('only \\"mixed\\"')
})

/** How tests read a run's report: by role and label, figures off the accessible tables that stand behind every chart. */
import { expect, type Locator, type Page } from '@playwright/test'

/** The report's state in words; a run with few rounds takes seconds, on a busy machine many. */
export const expectSucceeded = async (page: Page, timeout = 60_000): Promise<void> => {
  await expect(page.getByRole('article').getByText('Succeeded', { exact: true })).toBeVisible({ timeout })
}

/** The number in a cell, whatever the language writes around it. */
const numberIn = (text: string): number =>
  Number(
    text
      .replace(/[^\d.,-]/g, '')
      .replace(/,(?=\d{3}\b)/g, '')
      .replace(',', '.'),
  )

/** Row header → figures of that row, for a chart's or section's table. */
export const figuresOf = async (table: Locator): Promise<Map<string, number[]>> => {
  const figures = new Map<string, number[]>()
  for (const row of await table.getByRole('row').all()) {
    const header = row.getByRole('rowheader')
    if ((await header.count()) === 0) continue
    const cells = await row.getByRole('cell').allTextContents()
    figures.set((await header.textContent())?.trim() ?? '', cells.map(numberIn))
  }
  return figures
}

/** Starts a run over the API and waits for its end; answers the run. For tests that are about what comes after. */
export const runToEnd = async (
  page: Page,
  body: {
    experiment: string
    params?: Record<string, unknown>
    prediction?: { question: string; answer: string | number }
  },
): Promise<{ id: string; status: string; result: Record<string, unknown> | null; error: { code: string } | null }> => {
  const started = await page.request.post('/api/runs', { data: body })
  expect(started.status()).toBe(201)
  const { id } = await started.json()
  let run = await started.json()
  await expect
    .poll(
      async () => {
        run = await (await page.request.get(`/api/runs/${id}`)).json()
        return run.status
      },
      { timeout: 75_000 },
    )
    .not.toMatch(/queued|running/)
  return run
}

/** A run of films that ends soon. */
export const QUICK = { query: 'star', workers: 4, pages: 1, latencyMs: 5, rounds: 6, warmup: 0 }

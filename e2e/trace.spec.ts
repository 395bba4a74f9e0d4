/** The exported trace of every experiment obeys the format, and every label in it has words in the reader's language. */
import { messagesOf } from '../lib/i18n/messages.ts'
import { assertObeysFormat } from '../lib/trace/chrome-trace-rules-fixture.ts'
import { spanNameOf } from '../lib/trace/span-name.ts'
import { runToEnd } from './report.ts'
import { expect, test } from './server.ts'
import { SMALL_RUNS } from './small-runs.ts'

test('every experiment of the list has a small run here', async ({ request }) => {
  const { experiments } = await (await request.get('/api/experiments')).json()
  const listed = experiments.filter((one: { listed: boolean }) => one.listed).map((one: { id: string }) => one.id)
  expect(listed.toSorted()).toEqual(Object.keys(SMALL_RUNS).toSorted())
})

for (const [experiment, setUps] of Object.entries(SMALL_RUNS)) {
  test(`traces of ${experiment} nest, are named and never lie before zero`, async ({ page }) => {
    const labels = new Set<string>()
    for (const params of setUps) {
      const run = await runToEnd(page, { experiment, params })
      expect(run.status, JSON.stringify(run.error)).toBe('succeeded')
      const file = await (await page.request.get(`/api/runs/${run.id}/trace`)).json()
      assertObeysFormat(file)
      const spans = file.traceEvents.filter(({ ph }: { ph: string }) => ph === 'X' || ph === 'b')
      expect(spans.length).toBeGreaterThan(0)
      for (const { name } of spans) labels.add(name)
    }
    const keys = [...labels].flatMap((label) => spanNameOf(label)?.key ?? [])
    expect(keys.length).toBeGreaterThan(0)
    expect(keys.filter((key) => !Object.hasOwn(messagesOf('ru').spans, key))).toEqual([])
  })
}

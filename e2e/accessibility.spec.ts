/** No violation that axe can find, on any page, in both languages and themes. */
import AxeBuilder from '@axe-core/playwright'
import { QUICK, runToEnd } from './report.ts'
import { expect, test } from './server.ts'

const PAGES = ['', '/movies', '/movies?query=star', '/movies/904', '/labs', '/labs/movie-search', '/runs', '/nowhere']

for (const locale of ['en', 'ru']) {
  for (const theme of ['light', 'dark'] as const) {
    test(`pages in ${locale}, ${theme}, have no accessibility violation`, async ({ page }) => {
      test.setTimeout(240_000) // every page there is, and there will be more
      const { id } = await runToEnd(page, { experiment: 'movie-search', params: { ...QUICK, rounds: 1 } })
      const { experiments } = await (await page.request.get('/api/experiments')).json()
      const labs = experiments.map((experiment: { id: string }) => `/labs/${experiment.id}`)
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      for (const path of new Set([...PAGES, ...labs, `/runs/${id}`, `/runs/compare?a=${id}&b=${id}`])) {
        await page.goto(`/${locale}${path}`)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        const { violations } = await new AxeBuilder({ page }).analyze()
        const found = violations.map(
          ({ id: rule, nodes }) =>
            `${rule}: ${nodes
              .map((node) => node.html)
              .join(' ')
              .slice(0, 300)}`,
        )
        expect(found, `/${locale}${path}`).toEqual([])
      }
    })
  }
}

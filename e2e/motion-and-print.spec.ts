/** The timeline moves only for those who want motion, and is printed in the colours of paper whatever the theme. */
import type { Page } from '@playwright/test'
import { QUICK, runToEnd } from './report.ts'
import { expect, test } from './server.ts'

const openTimeline = async (page: Page): Promise<void> => {
  const { id } = await runToEnd(page, { experiment: 'movie-search', params: { ...QUICK, rounds: 1 } })
  await page.goto(`/en/runs/${id}`)
  await page.locator('[data-timeline]').scrollIntoViewIfNeeded()
  await expect(page.locator('[data-timeline][data-from]')).toBeAttached()
}

for (const motion of ['reduce', 'no-preference'] as const) {
  test(`zooming glides only where motion is welcome: ${motion}`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: motion })
    await openTimeline(page)
    await page.getByRole('application', { name: 'Timeline' }).focus()
    const places = await page.evaluate(async () => {
      const root = document.querySelector<HTMLElement>('[data-timeline]')
      const seen = new Set<string>()
      root
        ?.querySelector('[role=application]')
        ?.dispatchEvent(new KeyboardEvent('keydown', { key: '+', bubbles: true }))
      for (let frame = 0; frame < 30; frame++) {
        await new Promise(requestAnimationFrame)
        seen.add(root?.dataset.to ?? '')
      }
      return seen.size
    })
    // The place before, and the one after.
    if (motion === 'reduce') expect(places).toBeLessThanOrEqual(2)
    else expect(places).toBeGreaterThan(2)
  })
}

test('what is printed from the dark theme is drawn for paper before the sheet is laid out', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await openTimeline(page)
  await page.evaluate(() => {
    const colours = (): string[] => {
      const style = getComputedStyle(document.documentElement)
      const canvas = document.querySelector<HTMLCanvasElement>('[data-timeline] [role=application] canvas')
      const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
      const found = new Set<string>()
      for (let at = 0; at < pixels.length; at += 4)
        found.add(`rgb(${pixels[at]}, ${pixels[at + 1]}, ${pixels[at + 2]})`)
      // The colour that I/O has on the page at this moment, and whether the canvas has it, too.
      return found.has(style.getPropertyValue('--span-io').trim()) ? [style.getPropertyValue('--span-io').trim()] : []
    }
    Object.assign(window, { onScreen: colours(), onPaper: [] })
    window.matchMedia('print').addEventListener('change', ({ matches }) => {
      if (matches) Object.assign(window, { onPaper: colours() })
    })
  })
  await page.pdf()
  const [screen, paper] = await page.evaluate((): string[][] => [
    Reflect.get(window, 'onScreen'),
    Reflect.get(window, 'onPaper'),
  ])
  expect(screen).toEqual(['rgb(127, 208, 242)'])
  expect(paper).toEqual(['rgb(42, 151, 201)'])
})

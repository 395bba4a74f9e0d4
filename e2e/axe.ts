/**
 * What accessibility tests share: a page is opened once in a language and then looked at in both themes, which follow the system's
 * while the reader has chosen none.
 */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './server.ts'

export const LOCALES = ['en', 'ru'] as const
const THEMES = ['light', 'dark'] as const

/** No violation that axe can find, in either theme. */
export const expectNoViolation = async (page: Page, where: string): Promise<void> => {
  const inks = new Set<string>()
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    inks.add(await page.evaluate(() => getComputedStyle(document.body).color))
    const { violations } = await new AxeBuilder({ page }).analyze()
    const found = violations.map(
      ({ id: rule, nodes }) =>
        `${rule}: ${nodes
          .map((node) => node.html)
          .join(' ')
          .slice(0, 300)}`,
    )
    expect(found, `${where}, ${theme}`).toEqual([])
  }
  expect(inks.size, `${where}: the themes differ`).toBe(THEMES.length)
}

export const open = async (page: Page, path: string): Promise<void> => {
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  // The server may send the title after the page's content.
  await expect(page).toHaveTitle(/Interleave/)
}

/** The page of a run that has ended, with its charts and its timeline drawn. */
export const openReport = async (page: Page, path: string): Promise<void> => {
  await open(page, path)
  await expect(page.locator('[data-timeline][data-live=false][data-visible-spans]')).toBeAttached()
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
}

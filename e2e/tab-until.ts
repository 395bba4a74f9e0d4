/** Moving by keyboard alone, as somebody does who has no pointer. */
import type { Page } from '@playwright/test'

/** Presses Tab until what is focused has that name, or a label of it. */
export const tabUntil = async (page: Page, name: RegExp): Promise<void> => {
  for (let presses = 0; presses < 90; presses++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : []
      const texts = [element, ...labels].map((part) => part?.textContent?.trim())
      return [element?.getAttribute('aria-label'), ...texts].filter(Boolean).join(' ')
    })
    if (name.test(focused)) return
  }
  throw new Error(`nothing named ${name} was reached by Tab`)
}

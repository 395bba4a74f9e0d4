/** Moving by keyboard alone, as somebody does who has no pointer. */
import type { Page } from '@playwright/test'

/** Presses Tab until what is focused has that name. */
export const tabUntil = async (page: Page, name: RegExp): Promise<void> => {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      return `${element?.getAttribute('aria-label') ?? ''} ${element?.textContent ?? ''}`
    })
    if (name.test(focused)) return
  }
  throw new Error(`nothing named ${name} was reached by Tab`)
}

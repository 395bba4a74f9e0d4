/** How many tests passed, failed and were skipped, read off what the two test programs leave; what they don't leave counts nothing. */
import { existsSync, readFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'

/** The end of what `node --test` printed. */
export const countsOfOutput = (output) => {
  const text = stripVTControlCharacters(output)
  const number = (word) => Number(text.match(new RegExp(`^. ${word} (\\d+)`, 'm'))?.[1] ?? 0)
  return { passed: number('pass'), failed: number('fail') + number('cancelled'), skipped: number('skipped') }
}

/** Playwright's report; a Playwright that could not begin writes none, and has said why. */
export const countsOfReport = (file) => {
  if (!existsSync(file)) return { passed: 0, failed: 0, skipped: 0 }
  const { stats } = JSON.parse(readFileSync(file, 'utf8'))
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped }
}

/**
 * The samples of a run as CSV (RFC 4180): one a row, warm-up rounds included with their negative numbers. What else was measured
 * beside the fixed columns follows in the order in which it first appears. Texts that a spreadsheet would execute as a formula
 * get an apostrophe in front (OWASP, "CSV Injection"), since a film's title or an error's message may be anything.
 */
import type { Sample } from '../contract/run-event.ts'

type Cell = Sample[string] | undefined

const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/

const textCell = (text: string): string => {
  const harmless = FORMULA_START.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

const cellOf = (value: Cell): string => {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return textCell(value)
  // A number stays a number, minus sign included; NaN and ∞ are no CSV numbers.
  return typeof value === 'number' && !Number.isFinite(value) ? '' : String(value)
}

/** Lines end with CR LF, the last one too. Without samples only the header. */
export const samplesCsv = (samples: readonly Sample[]): string => {
  const columns = new Set(['key', 'round', 'elapsedMs'])
  for (const sample of samples) for (const column of Object.keys(sample)) columns.add(column)
  const rows = [
    [...columns].map(textCell),
    ...samples.map((sample) =>
      [...columns].map((column) => cellOf(Object.hasOwn(sample, column) ? sample[column] : null)),
    ),
  ]
  return `${rows.map((row) => row.join(',')).join('\r\n')}\r\n`
}

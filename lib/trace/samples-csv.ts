/**
 * The samples of a run as CSV (RFC 4180): one a row, rounds numbered from 1 as on the run's page, warm-up rounds included with
 * their negative numbers and told apart by `phase`. Times have microseconds and no more: what a clock adds beyond is noise. What
 * else was measured beside the fixed columns follows in the order in which it first appears. Texts that a spreadsheet would execute as a formula
 * get an apostrophe in front (OWASP, "CSV Injection"), since a film's title or an error's message may be anything.
 */
import type { Sample } from '../contract/run-event.ts'

type Cell = Sample[string] | undefined

const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/

const textCell = (text: string): string => {
  const harmless = FORMULA_START.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

const MICROSECONDS = 3
const DECIMALS = 6

/** A number stays a number, minus sign included; NaN and ∞ are no CSV numbers. */
const numberCell = (value: number, column: string): string =>
  Number.isFinite(value) ? String(Number(value.toFixed(column.endsWith('Ms') ? MICROSECONDS : DECIMALS))) : ''

const cellOf = (value: Cell, column: string): string => {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return textCell(value)
  return typeof value === 'number' ? numberCell(value, column) : String(value)
}

const rowOf = (sample: Sample): Sample => ({
  ...sample,
  round: sample.round < 0 ? sample.round : sample.round + 1,
  phase: sample.round < 0 ? 'warm-up' : 'counted',
})

/** Lines end with CR LF, the last one too. Without samples only the header. */
export const samplesCsv = (samples: readonly Sample[]): string => {
  const columns = new Set(['key', 'round', 'phase', 'elapsedMs'])
  for (const sample of samples) for (const column of Object.keys(sample)) columns.add(column)
  const rows = [
    [...columns].map(textCell),
    ...samples
      .map(rowOf)
      .map((row) => [...columns].map((column) => cellOf(Object.hasOwn(row, column) ? row[column] : null, column))),
  ]
  return `${rows.map((row) => row.join(',')).join('\r\n')}\r\n`
}

/** Numbers and durations in the reader's language: the unit follows the size, and three digits are enough to compare. */
import { type Axis, MICROS_OF, type TimeUnit, unitFor } from './ticks.ts'

export interface TimelineFormat {
  duration(micros: number): string
  tick(micros: number, axis: Pick<Axis, 'unit' | 'decimals'>): string
  /** A moment, exact to a microsecond. */
  moment(micros: number): string
  number(value: number): string
}

export function timelineFormat(locale: string): TimelineFormat {
  const cache = new Map<string, Intl.NumberFormat>()
  const inUnit = (unit: TimeUnit, options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const key = `${unit} ${JSON.stringify(options)}`
    const known = cache.get(key)
    if (known !== undefined) return known
    const made = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', ...options })
    cache.set(key, made)
    return made
  }
  const number = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 })
  const whole = new Intl.NumberFormat(locale)
  return {
    duration(micros) {
      // 999.7 µs would be rounded to "1,000 µs": the unit is chosen by what will be shown.
      const unit = unitFor(Number(micros.toPrecision(3)))
      return inUnit(unit, { maximumSignificantDigits: 3 }).format(micros / MICROS_OF[unit])
    },
    tick(micros, { unit, decimals }) {
      const fixed = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
      return inUnit(unit, fixed).format(micros / MICROS_OF[unit])
    },
    moment(micros) {
      return inUnit('millisecond', { maximumFractionDigits: 3 }).format(micros / 1000)
    },
    number: (value) => (Number.isInteger(value) ? whole : number).format(value),
  }
}

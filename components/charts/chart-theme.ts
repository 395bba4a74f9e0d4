/** How every chart looks, in one place: colours by what is drawn, axes, grid, the model's dashes. Recharts takes these as props. */
import type { CSSProperties } from 'react'

export const AXIS = {
  stroke: 'var(--axis)',
  tickLine: false,
  axisLine: { stroke: 'var(--line-strong)' },
  tick: { fill: 'var(--ink-faint)', fontSize: '0.8125rem' },
  tickMargin: 8,
} as const

/** Pixels for the numbers below an axis, where letters have their usual size. */
export const AXIS_ROOM = 30

export const GRID = { stroke: 'var(--grid)', strokeWidth: 1 } as const

/** What theory predicts, in every chart the same. */
export const MODEL = { stroke: 'var(--model)', strokeWidth: 1.75, strokeDasharray: '5 4' } as const

export const AXIS_TITLE: CSSProperties = { fill: 'var(--ink-faint)', fontSize: '0.8125rem' }

/** For things that are no strategy, in an order in which neighbours differ for colour-blind eyes as well. */
const SERIES = [
  'var(--strategy-async)',
  'var(--strategy-threads)',
  'var(--strategy-processes)',
  'var(--strategy-sequential)',
  'var(--span-held)',
  'var(--span-copy)',
  'var(--span-io)',
  'var(--span-contended)',
] as const

const STRATEGY_COLOURS: Readonly<Record<string, string>> = {
  sequential: 'var(--strategy-sequential)',
  async: 'var(--strategy-async)',
  threads: 'var(--strategy-threads)',
  processes: 'var(--strategy-processes)',
}

/** A strategy keeps its colour wherever it appears, also as 'threads×4'; what else is compared takes the series in order. */
export const colourOf = (key: string, index: number): string => {
  const strategy = key.split('×')[0] ?? key
  const own = Object.hasOwn(STRATEGY_COLOURS, strategy) ? STRATEGY_COLOURS[strategy] : undefined
  return own ?? SERIES[index % SERIES.length] ?? 'var(--ink-muted)'
}

/**
 * Things measured against each other: a bar for each median, its 95% interval, every round as a dot and the model's mark, growing
 * as rounds come in. Rows stand from the start, in the order asked for, so nothing moves when a figure arrives.
 */
'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { memo, type ReactNode } from 'react'
import type { Entry } from '../../lib/contract/comparison.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import type { Column } from '../ui/table.tsx'
import { MS_PER_UNIT, timeUnitFor } from './axis-scale.ts'
import { ChartFrame } from './chart-frame.tsx'
import type { LegendItem } from './chart-legend.tsx'
import { colourOf } from './chart-theme.ts'
import { shortSpeedup, speedupText } from './speedup-text.ts'
import { columnDigits, useQuantity } from './use-quantity.ts'

const Plot = dynamic(() => import('./comparison-bars-plot.tsx'), {
  ssr: false,
  loading: () => <Skeleton className="h-full" />,
})

export interface ComparisonBarsProps {
  title: string
  subtitle?: ReactNode
  /** All that is compared, in order, measured yet or not. */
  keys: readonly string[]
  labelOf: (key: string) => string
  /** Where there is little room; as `labelOf` unless said. */
  shortLabelOf?: (key: string) => string
  entries: readonly Entry[]
  baseline: string | null
  /** What one sample is the time of: 'one search'. */
  axisLabel: string
  /** Said beside a time instead of its speed-up against the baseline. */
  noteOf?: (entry: Entry) => string
  /** The key whose colour a key takes; its own unless said. */
  colourKeyOf?: (key: string) => string
}

export interface ComparisonRow {
  key: string
  label: string
  labelShort: string
  colour: string
  /** null until its first round is in. */
  entry: Entry | null
  time: string
  speedup: string
  /** The same, in few letters. */
  speedupShort: string
}

export const ComparisonBars = memo(function ComparisonBars(props: ComparisonBarsProps) {
  const { title, subtitle, keys, labelOf, shortLabelOf = labelOf, entries, baseline, axisLabel, noteOf } = props
  const { colourKeyOf = (key) => key } = props
  const t = useTranslations('charts')
  const quantity = useQuantity()
  const longest = Math.max(0, ...entries.flatMap((entry) => [...entry.samplesMs, entry.modelMs ?? 0]))
  const unit = timeUnitFor(longest)
  const colourKeys = [...new Set(keys.map(colourKeyOf))]
  // One alone is no baseline: there is nothing that it is compared with.
  const compares = keys.length > 1
  const rows = keys.map((key): ComparisonRow => {
    const entry = entries.find((one) => one.key === key) ?? null
    return {
      key,
      label: labelOf(key),
      labelShort: shortLabelOf(key),
      colour: colourOf(colourKeyOf(key), colourKeys.indexOf(colourKeyOf(key))),
      entry,
      time: entry ? quantity.time(entry.medianMs, unit) : '',
      speedup: entry
        ? (noteOf?.(entry) ?? (compares ? speedupText(entry, baseline, t, quantity) : ''))
        : t('notMeasuredYet'),
      speedupShort: entry ? (noteOf?.(entry) ?? shortSpeedup(entry, baseline, quantity)) : '',
    }
  })
  const hasModel = entries.some((entry) => entry.modelMs !== null)
  const legend: LegendItem[] = [
    { mark: 'bar', label: t('median'), colour: 'var(--ink-faint)' },
    { mark: 'interval', label: t('interval') },
    { mark: 'dot', label: t('oneRound') },
    ...(hasModel ? [{ mark: 'model' as const, label: t('model') }] : []),
  ]
  const digits = columnDigits(longest / MS_PER_UNIT[unit])
  const measured = rows.flatMap((row) => (row.entry ? [{ ...row, entry: row.entry }] : []))
  const interval = (entry: Entry): string =>
    entry.ci95Ms ? entry.ci95Ms.map((end) => quantity.timeNumber(end, unit, digits)).join(' – ') : t('tooFewRounds')
  // 0 where an experiment doesn't measure it.
  const startup: Column<(typeof measured)[number]> = {
    id: 'startup',
    header: t('startup'),
    numeric: true,
    cell: (row) => quantity.time(row.entry.startupMs),
  }
  const columns: Column<(typeof measured)[number]>[] = [
    { id: 'key', header: t('what'), rowHeader: true, cell: (row) => row.label },
    {
      id: 'median',
      header: t('medianIn', { unit: quantity.timeUnit(unit) }),
      numeric: true,
      cell: (row) => quantity.timeNumber(row.entry.medianMs, unit, digits),
    },
    {
      id: 'interval',
      header: t('intervalIn', { unit: quantity.timeUnit(unit) }),
      numeric: true,
      cell: (row) => interval(row.entry),
    },
    {
      id: 'model',
      header: t('modelIn', { unit: quantity.timeUnit(unit) }),
      numeric: true,
      cell: (row) => (row.entry.modelMs === null ? '–' : quantity.timeNumber(row.entry.modelMs, unit, digits)),
    },
    { id: 'speedup', header: noteOf ? t('speedup') : t('speedupIn'), numeric: true, cell: (row) => row.speedup },
    ...(entries.some(({ startupMs }) => startupMs > 0) ? [startup] : []),
    { id: 'rounds', header: t('rounds'), numeric: true, cell: (row) => quantity.number(row.entry.samplesMs.length) },
  ]
  // Beside the medians a reader would take it for their ratio.
  const about = !noteOf && keys.length > 1 && (
    <>
      {t('speedupAbout')} <span className="sm:hidden">{t('sameSign')}</span>
    </>
  )
  const height = `${keys.length * ROW_REM + AXIS_REM}rem`
  return (
    <ChartFrame
      title={title}
      subtitle={
        <>
          {subtitle} {about}
        </>
      }
      legend={legend}
      height={height}
      table={{
        columns: compares ? columns : columns.filter(({ id }) => id !== 'speedup'),
        rows: measured,
        rowKey: (row) => row.key,
      }}
    >
      <Plot rows={rows} longestMs={longest} unit={unit} axisLabel={`${axisLabel}, ${quantity.timeUnit(unit)}`} />
    </ChartFrame>
  )
})

const ROW_REM = 4.25
const AXIS_REM = 3.25

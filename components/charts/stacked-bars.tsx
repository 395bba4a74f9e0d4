/** What a whole is made of, a bar for each thing compared: where the time of the workers went. */
'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Skeleton } from '../ui/skeleton.tsx'
import { ChartFrame } from './chart-frame.tsx'
import { colourOf } from './chart-theme.ts'
import { useQuantity } from './use-quantity.ts'

const Plot = dynamic(() => import('./stacked-bars-plot.tsx'), {
  ssr: false,
  loading: () => <Skeleton className="h-full" />,
})

export interface StackPart {
  key: string
  label: string
  /** Left out: the next of the series' colours. */
  colour?: string
}

export interface StackedRow {
  key: string
  label: string
  /** What it came to, in words of its own line. */
  note?: string
  /** By the key of the part. */
  values: Readonly<Record<string, number>>
}

export interface StackedBarsProps {
  title: string
  subtitle?: ReactNode
  parts: readonly StackPart[]
  rows: readonly StackedRow[]
  /** With its unit: 'Time, ms'. */
  xLabel: string
  format?: (value: number) => string
}

export function StackedBars(props: StackedBarsProps) {
  const { title, subtitle, rows, xLabel } = props
  const t = useTranslations('charts')
  const quantity = useQuantity()
  const format = props.format ?? quantity.number
  const parts = props.parts.map((part, index) => ({ ...part, colour: part.colour ?? colourOf(part.key, index) }))
  return (
    <ChartFrame
      title={title}
      subtitle={subtitle}
      legend={parts.map((part) => ({ mark: 'bar', label: part.label, colour: part.colour }))}
      height={`${rows.length * (rows.some(({ note }) => note) ? ROW_WITH_NOTE_REM : ROW_REM) + AXIS_REM}rem`}
      table={{
        columns: [
          {
            id: 'row',
            header: t('what'),
            rowHeader: true,
            cell: (row) => (row.note ? `${row.label}: ${row.note}` : row.label),
          },
          ...parts.map((part) => ({
            id: part.key,
            header: part.label,
            numeric: true,
            cell: (row: StackedRow) => format(row.values[part.key] ?? 0),
          })),
        ],
        rows,
        rowKey: (row) => row.key,
      }}
    >
      <Plot parts={parts} rows={rows} xLabel={xLabel} format={format} />
    </ChartFrame>
  )
}

const ROW_REM = 3.75
const ROW_WITH_NOTE_REM = 4.75
const AXIS_REM = 3.25

/**
 * Figures of a few things over orders of magnitude: a row for each thing, its figures as marks on one logarithmic axis, the
 * one that matters written out. With one figure a row it reads as bars, with several (percentiles) as a range.
 */
'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Skeleton } from '../ui/skeleton.tsx'
import type { Column } from '../ui/table.tsx'
import { ChartFrame } from './chart-frame.tsx'
import { colourOf } from './chart-theme.ts'

const Plot = dynamic(() => import('./log-rows-plot.tsx'), {
  ssr: false,
  loading: () => <Skeleton className="h-full" />,
})

export interface LogFigure {
  key: string
  label: string
  /** Above 0, in the axis' unit. */
  value: number
  interval?: readonly [number, number] | null
}

export interface LogRow {
  key: string
  label: string
  figures: readonly LogFigure[]
  colour?: string
}

export interface LogRowsProps {
  title: string
  subtitle?: ReactNode
  rows: readonly LogRow[]
  /** The figure that is written out beside its row. */
  emphasis: string
  /** With its unit. */
  axisLabel: string
  /** A value with its unit. */
  format: (value: number) => string
  /** The same without, for the axis. */
  formatTick: (value: number) => string
  level?: 2 | 3
  bare?: boolean
}

export function LogRows(props: LogRowsProps) {
  const { title, subtitle, rows, emphasis, axisLabel, format, formatTick, level, bare } = props
  const t = useTranslations('charts')
  const drawn = rows.map((row, index) => ({ ...row, colour: row.colour ?? colourOf(row.key, index) }))
  const figures = rows[0]?.figures ?? []
  const hasInterval = rows.some((row) => row.figures.some(({ interval }) => interval))
  const columns: Column<LogRow>[] = [
    { id: 'row', header: t('what'), rowHeader: true, cell: (row) => row.label },
    ...figures.map(
      (figure): Column<LogRow> => ({
        id: figure.key,
        header: figure.label,
        numeric: true,
        cell: (row) => {
          const own = row.figures.find(({ key }) => key === figure.key)
          return own ? format(own.value) : '–'
        },
      }),
    ),
    ...(hasInterval
      ? [
          {
            id: 'interval',
            header: t('interval'),
            numeric: true,
            cell: (row: LogRow) =>
              row.figures
                .find(({ key }) => key === emphasis)
                ?.interval?.map(format)
                .join(' – ') ?? t('tooFewRounds'),
          },
        ]
      : []),
  ]
  return (
    <ChartFrame
      title={title}
      subtitle={subtitle}
      level={level}
      bare={bare}
      legend={hasInterval ? [{ mark: 'interval', label: t('interval') }] : undefined}
      height={`${rows.length * (figures.length > 1 ? 4.25 : 3.5) + 3.25}rem`}
      table={{ columns, rows, rowKey: (row) => row.key }}
    >
      <Plot rows={drawn} emphasis={emphasis} axisLabel={axisLabel} format={format} formatTick={formatTick} />
    </ChartFrame>
  )
}

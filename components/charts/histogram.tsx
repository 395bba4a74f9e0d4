/** How values are distributed: how many fell between two limits. Several series stand under each other on one axis. */
'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Skeleton } from '../ui/skeleton.tsx'
import { binText } from './bin-text.ts'
import { ChartFrame } from './chart-frame.tsx'
import { colourOf } from './chart-theme.ts'
import type { ReferenceMark } from './lines-chart.tsx'
import { useQuantity } from './use-quantity.ts'

const Plot = dynamic(() => import('./histogram-plot.tsx'), {
  ssr: false,
  loading: () => <Skeleton className="h-full" />,
})

export interface Bin {
  from: number
  to: number
  count: number
}

export interface HistogramSeries {
  key: string
  label: string
  bins: readonly Bin[]
  /** Such as percentiles: named lines at a value. */
  marks?: readonly Omit<ReferenceMark, 'axis'>[]
  colour?: string
}

export interface HistogramProps {
  title: string
  subtitle?: ReactNode
  series: readonly HistogramSeries[]
  xLabel: string
  xScale?: 'linear' | 'log'
  formatX?: (x: number) => string
  /** The values are whole numbers: so are the ticks, and a bin is named by the first and the last that fall into it. */
  xWhole?: boolean
}

export function Histogram(props: HistogramProps) {
  const { title, subtitle, series, xLabel, xScale = 'linear', xWhole = false } = props
  const t = useTranslations('charts')
  const quantity = useQuantity()
  const formatX = props.formatX ?? quantity.number
  const drawn = series.map((one, index) => ({ ...one, colour: one.colour ?? colourOf(one.key, index) }))
  const rows = drawn.flatMap((one) =>
    one.bins.filter((bin) => bin.count > 0).map((bin) => ({ ...bin, label: one.label, id: `${one.key} ${bin.from}` })),
  )
  return (
    <ChartFrame
      title={title}
      subtitle={subtitle}
      height={`${Math.max(1, series.length) * (series.length > 1 ? 8 : 15) + 3}rem`}
      table={{
        columns: [
          { id: 'series', header: t('what'), rowHeader: true, cell: (row) => row.label },
          { id: 'range', header: xLabel, numeric: true, cell: (row) => binText(row, formatX, xWhole) },
          { id: 'count', header: t('count'), numeric: true, cell: (row) => quantity.number(row.count) },
        ],
        rows,
        rowKey: (row) => row.id,
      }}
    >
      <Plot series={drawn} xLabel={xLabel} xScale={xScale} formatX={formatX} xWhole={xWhole} />
    </ChartFrame>
  )
}

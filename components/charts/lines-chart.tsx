/**
 * Lines over time or over a parameter: measured lines with their interval as a band, models dashed, limits as named lines.
 * Long lines are down-sampled without losing a peak.
 */
'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Skeleton } from '../ui/skeleton.tsx'
import { ChartFrame } from './chart-frame.tsx'
import type { LegendItem } from './chart-legend.tsx'
import { colourOf } from './chart-theme.ts'
import { downSample, type Point } from './down-sample.ts'
import { useQuantity } from './use-quantity.ts'

const Plot = dynamic(() => import('./lines-chart-plot.tsx'), {
  ssr: false,
  loading: () => <Skeleton className="h-full" />,
})

export interface LinePoint extends Point {
  /** The interval around y. */
  lo?: number
  hi?: number
}

export interface LineSeries {
  key: string
  label: string
  points: readonly LinePoint[]
  /** What theory predicts is drawn in the model's style. */
  kind?: 'measured' | 'model'
  /** A value holds until the next one: a counter. */
  stepped?: boolean
  colour?: string
  /** Shows each point as a dot. */
  dots?: boolean
}

export interface ReferenceMark {
  axis: 'x' | 'y'
  value: number
  label: string
}

export interface LinesChartProps {
  title: string
  subtitle?: ReactNode
  series: readonly LineSeries[]
  xLabel: string
  yLabel: string
  references?: readonly ReferenceMark[]
  xScale?: 'linear' | 'log'
  yFromZero?: boolean
  /** What is counted has no halves. */
  yWhole?: boolean
  formatX?: (x: number) => string
  formatY?: (y: number) => string
  /** Only these x are marked, where they are few values of a parameter. */
  xTicks?: readonly number[]
}

/** More points than this are not told apart at any width that a chart gets. */
const POINTS_DRAWN = 600
/** A table for reading, not an export: that is what the CSV is for. */
const TABLE_ROWS = 50

export function LinesChart(props: LinesChartProps) {
  const { title, subtitle, series, references = [] } = props
  const t = useTranslations('charts')
  const quantity = useQuantity()
  const { formatX = quantity.number, formatY = quantity.number } = props
  const drawn = series.map((one, index) => ({
    ...one,
    colour: one.colour ?? (one.kind === 'model' ? 'var(--model)' : colourOf(one.key, index)),
    points: downSample(one.points, POINTS_DRAWN),
  }))
  const hasBand = series.some((one) => one.points.some((point) => point.lo !== undefined))
  const legend: LegendItem[] = [
    ...drawn.map(
      (one): LegendItem => ({
        mark: one.kind === 'model' ? 'model-line' : 'line',
        label: one.label,
        colour: one.colour,
      }),
    ),
    ...(hasBand ? [{ mark: 'band' as const, label: t('interval'), colour: 'var(--ink-muted)' }] : []),
  ]
  const rows = drawn
    .flatMap((one) => downSample(one.points, TABLE_ROWS).map((point) => ({ label: one.label, key: one.key, point })))
    .map((row, index) => ({ ...row, id: `${row.key} ${index}` }))
  return (
    <ChartFrame
      title={title}
      subtitle={subtitle}
      legend={legend}
      height={PLOT_HEIGHT}
      table={{
        columns: [
          { id: 'series', header: t('what'), rowHeader: true, cell: (row) => row.label },
          { id: 'x', header: props.xLabel, numeric: true, cell: (row) => formatX(row.point.x) },
          { id: 'y', header: props.yLabel, numeric: true, cell: (row) => formatY(row.point.y) },
          ...(hasBand
            ? [
                {
                  id: 'interval',
                  header: t('interval'),
                  numeric: true,
                  cell: ({ point }: { point: LinePoint }) =>
                    point.lo === undefined || point.hi === undefined
                      ? '–'
                      : `${formatY(point.lo)} – ${formatY(point.hi)}`,
                },
              ]
            : []),
        ],
        rows,
        rowKey: (row) => row.id,
      }}
    >
      <Plot {...props} series={drawn} references={references} formatX={formatX} formatY={formatY} />
    </ChartFrame>
  )
}

export const PLOT_HEIGHT = 'clamp(16rem, 32vw, 24rem)'

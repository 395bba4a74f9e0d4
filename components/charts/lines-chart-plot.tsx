/** The drawing of `LinesChart`; loaded when it is first shown. */
'use client'

import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts'
import { ticksFromZero, ticksWithin } from './axis-scale.ts'
import { AXIS, AXIS_ROOM, AXIS_TITLE, GRID, MODEL } from './chart-theme.ts'
import { ChartTooltip } from './chart-tooltip.tsx'
import type { LinePoint, LineSeries, LinesChartProps, ReferenceMark } from './lines-chart.tsx'
import { useRem } from './use-rem.ts'

interface LinesChartPlotProps extends LinesChartProps {
  series: readonly (LineSeries & { colour: string })[]
  references: readonly ReferenceMark[]
  formatX: (x: number) => string
  formatY: (y: number) => string
}

/** One x with the point of each series that has one there. */
interface LinesRow {
  x: number
  at: Record<string, LinePoint | undefined>
}

export default function LinesChartPlot(props: LinesChartPlotProps) {
  const {
    series,
    references,
    xLabel,
    yLabel,
    xScale = 'linear',
    yFromZero = true,
    yWhole = false,
    formatX,
    formatY,
    xTicks,
  } = props
  const rem = useRem()
  const rows = rowsOf(series)
  const yScale = ticksFromZero(highest(series, references))
  const isEmpty = series.every(({ points }) => points.length === 0)
  return (
    <ComposedChart
      // An axis that was measured while there was nothing to label stays without room for its labels.
      key={isEmpty ? 'empty' : 'drawn'}
      responsive
      style={{ width: '100%', height: '100%' }}
      data={rows}
      margin={{ top: 24 * rem, right: 20 * rem, bottom: 22 * rem, left: 4 * rem }}
      accessibilityLayer={false}
    >
      <CartesianGrid {...GRID} vertical={false} />
      <XAxis
        {...AXIS}
        height={AXIS_ROOM * rem}
        type="number"
        dataKey="x"
        scale={xScale}
        domain={['dataMin', 'dataMax']}
        ticks={ticksOf(xTicks, xScale, rows)}
        tickFormatter={formatX}
        minTickGap={24}
        label={{ value: xLabel, position: 'insideBottom', offset: -16 * rem, style: AXIS_TITLE }}
      />
      <YAxis
        {...AXIS}
        width="auto"
        axisLine={false}
        allowDecimals={!yWhole}
        domain={yFromZero ? [0, yScale.at(-1) ?? 1] : ['auto', 'auto']}
        ticks={yFromZero ? yScale.filter((tick) => !yWhole || Number.isInteger(tick)) : undefined}
        tickFormatter={formatY}
      />
      {/* Not the axis's own label: the axis would grow as wide as its words. */}
      <text x={4 * rem} y={12 * rem} style={AXIS_TITLE}>
        {yLabel}
      </text>
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: 'var(--line-strong)' }}
        content={({ active, payload }) => {
          const row: LinesRow | undefined = payload[0]?.payload
          if (!active || !row) return null
          const shown = series.flatMap((one) => {
            const point = row.at[one.key]
            return point ? [{ label: one.label, value: formatY(point.y), colour: one.colour }] : []
          })
          return <ChartTooltip title={`${xLabel}: ${formatX(row.x)}`} rows={shown} />
        }}
      />
      {series.map((one) => (
        <Area
          key={`band ${one.key}`}
          dataKey={(row: LinesRow) => bandOf(row.at[one.key])}
          fill={one.colour}
          fillOpacity={0.18}
          stroke="none"
          connectNulls
          isAnimationActive={false}
          activeDot={false}
        />
      ))}
      {references.map((mark) => (
        <ReferenceLine
          key={`${mark.axis} ${mark.label}`}
          x={mark.axis === 'x' ? mark.value : undefined}
          y={mark.axis === 'y' ? mark.value : undefined}
          ifOverflow="extendDomain"
          stroke="var(--ink-muted)"
          strokeDasharray="1 4"
          strokeLinecap="round"
          strokeWidth={1.75}
          label={{
            value: mark.label,
            position: positionOf(mark, rows),
            style: AXIS_TITLE,
          }}
        />
      ))}
      {series.map((one) => (
        <Line
          key={one.key}
          dataKey={(row: LinesRow) => row.at[one.key]?.y}
          type={one.stepped ? 'stepAfter' : 'linear'}
          strokeWidth={2.25}
          stroke={one.colour}
          {...(one.kind === 'model' ? MODEL : {})}
          dot={one.dots ? { r: 3.5, fill: 'var(--surface-raised)', strokeDasharray: '' } : false}
          activeDot={{ r: 4 }}
          connectNulls
          isAnimationActive={false}
        />
      ))}
    </ComposedChart>
  )
}

/** Of the lines, their bands and the marks across them. */
const highest = (series: readonly LineSeries[], references: readonly ReferenceMark[]): number =>
  Math.max(
    0,
    ...series.flatMap(({ points }) => points.map(({ y, hi = y }) => Math.max(y, hi))),
    ...references.filter(({ axis }) => axis === 'y').map(({ value }) => value),
  )

/** An axis that ends where its data end has no number there, unless it is a round one. */
const ticksOf = (given: readonly number[] | undefined, scale: 'linear' | 'log', rows: readonly LinesRow[]) => {
  if (given) return [...given]
  const [first, last] = [rows[0], rows.at(-1)]
  return first && last && scale === 'linear' ? ticksWithin(first.x, last.x) : undefined
}

/** A name stands on the side of its line where there is room for it. */
const positionOf = ({ axis, value }: ReferenceMark, rows: readonly LinesRow[]) => {
  if (axis === 'y') return 'insideBottomRight'
  const middle = ((rows[0]?.x ?? 0) + (rows.at(-1)?.x ?? 0)) / 2
  return value < middle ? 'insideTopLeft' : 'insideTopRight'
}

const bandOf = (point: LinePoint | undefined): [number, number] | undefined =>
  point?.lo === undefined || point.hi === undefined ? undefined : [point.lo, point.hi]

const rowsOf = (series: readonly LineSeries[]): LinesRow[] => {
  const rows = new Map<number, LinesRow>()
  for (const one of series) {
    for (const point of one.points) {
      const row = rows.get(point.x) ?? { x: point.x, at: {} }
      row.at[one.key] = point
      rows.set(point.x, row)
    }
  }
  return [...rows.values()].sort((a, b) => a.x - b.x)
}

/** The drawing of `Histogram`: a small chart for each series, all on the same axis; loaded when it is first shown. */
'use client'

import {
  Bar,
  CartesianGrid,
  ComposedChart,
  ReferenceLine,
  Tooltip,
  useXAxisScale,
  useYAxisScale,
  XAxis,
  YAxis,
} from 'recharts'
import { decadesAround, ticksWithin } from './axis-scale.ts'
import { binText } from './bin-text.ts'
import { AXIS, AXIS_ROOM, AXIS_TITLE, GRID } from './chart-theme.ts'
import { ChartTooltip } from './chart-tooltip.tsx'
import type { Bin, HistogramSeries } from './histogram.tsx'
import { useQuantity } from './use-quantity.ts'
import { useRem } from './use-rem.ts'

export interface HistogramPlotProps {
  series: readonly (HistogramSeries & { colour: string })[]
  xLabel: string
  xScale: 'linear' | 'log'
  formatX: (x: number) => string
  xWhole: boolean
}

export default function HistogramPlot({ series, xLabel, xScale, formatX, xWhole }: HistogramPlotProps) {
  const rem = useRem()
  const quantity = useQuantity()
  const filled = series.flatMap((one) => one.bins.filter((bin) => bin.count > 0))
  const from = Math.min(...filled.map((bin) => bin.from))
  const to = Math.max(...filled.map((bin) => bin.to))
  if (filled.length === 0) return null
  const whole = (ticks: number[]): number[] => (xWhole ? ticks.filter(Number.isInteger) : ticks)
  return (
    <div className="flex h-full flex-col">
      {series.map((one, index) => {
        const last = index === series.length - 1
        return (
          <div key={one.key} className="min-h-0" style={{ flex: last ? '1 1 3rem' : '1 1 0' }}>
            <ComposedChart
              responsive
              style={{ width: '100%', height: '100%' }}
              data={one.bins.map((bin) => ({ bin, x: (bin.from + bin.to) / 2, count: bin.count }))}
              margin={{ top: 18 * rem, right: 20 * rem, bottom: (last ? 22 : 4) * rem, left: 4 * rem }}
              accessibilityLayer={false}
            >
              <CartesianGrid {...GRID} vertical={false} />
              <XAxis
                {...AXIS}
                type="number"
                dataKey="x"
                scale={xScale}
                domain={[xScale === 'log' ? Math.max(from, Number.MIN_VALUE) : from, to]}
                // Those of the axis' own choice are no round numbers where it is logarithmic, nor at its end.
                ticks={xScale === 'log' ? decadesAround([from, to]) : whole(ticksWithin(from, to))}
                tickFormatter={formatX}
                tick={last ? AXIS.tick : false}
                height={last ? AXIS_ROOM * rem : 1}
                minTickGap={24}
                label={
                  last ? { value: xLabel, position: 'insideBottom', offset: -16 * rem, style: AXIS_TITLE } : undefined
                }
              />
              <YAxis
                {...AXIS}
                width={52 * rem}
                axisLine={false}
                allowDecimals={false}
                tickCount={3}
                tickFormatter={quantity.number}
              />
              <Tooltip
                isAnimationActive={false}
                cursor={{ stroke: 'var(--line-strong)' }}
                content={({ active, payload }) => {
                  const bin: Bin | undefined = payload[0]?.payload?.bin
                  if (!active || !bin) return null
                  return (
                    <ChartTooltip
                      title={binText(bin, formatX, xWhole)}
                      rows={[{ label: one.label, value: quantity.number(bin.count), colour: one.colour }]}
                    />
                  )
                }}
              />
              <Bar dataKey="count" fill="transparent" isAnimationActive={false} />
              <Bins bins={one.bins} colour={one.colour} label={series.length > 1 ? one.label : null} />
              {one.marks?.map((mark) => (
                <ReferenceLine
                  key={mark.label}
                  x={mark.value}
                  stroke="var(--ink)"
                  strokeWidth={1.25}
                  label={{ value: mark.label, position: 'top', style: { ...AXIS_TITLE, fontSize: '0.75rem' } }}
                />
              ))}
            </ComposedChart>
          </div>
        )
      })}
    </div>
  )
}

/** So that a bin that is narrow among wide ones is still seen. */
const NARROWEST_PX = 4

/** Bars between their own limits: bins need not be equally wide, and a narrow one lies above its neighbour. */
function Bins({ bins, colour, label }: { bins: readonly Bin[]; colour: string; label: string | null }) {
  const xScale = useXAxisScale()
  const yScale = useYAxisScale()
  const rem = useRem()
  if (!xScale || !yScale) return null
  const floor = yScale(0) ?? 0
  return (
    <g>
      {bins
        .toSorted((a, b) => b.to - b.from - (a.to - a.from))
        .map((bin) => {
          const left = xScale(bin.from)
          const right = xScale(bin.to)
          const top = yScale(bin.count)
          if (bin.count === 0 || left === undefined || right === undefined || top === undefined) return null
          return (
            <rect
              key={bin.from}
              x={left}
              y={top}
              width={Math.max(NARROWEST_PX, right - left - 1)}
              height={Math.max(1, floor - top)}
              fill={colour}
            />
          )
        })}
      {label && (
        <text x={56 * rem} y={12 * rem} fill="var(--ink)" fontSize="0.875rem" fontWeight={500}>
          {label}
        </text>
      )}
    </g>
  )
}

/** The drawing of `StackedBars`; loaded when it is first shown. */
'use client'

import { Bar, BarChart, CartesianGrid, Tooltip, useXAxisScale, useYAxisScale, XAxis, YAxis } from 'recharts'
import { ticksFromZero } from './axis-scale.ts'
import { AXIS, AXIS_ROOM, AXIS_TITLE, GRID } from './chart-theme.ts'
import { ChartTooltip } from './chart-tooltip.tsx'
import type { StackedRow, StackPart } from './stacked-bars.tsx'
import { useRem } from './use-rem.ts'

export interface StackedBarsPlotProps {
  parts: readonly (StackPart & { colour: string })[]
  rows: readonly StackedRow[]
  xLabel: string
  format: (value: number) => string
}

const totalOf = (row: StackedRow): number => Object.values(row.values).reduce((sum, value) => sum + value, 0)

export default function StackedBarsPlot({ parts, rows, xLabel, format }: StackedBarsPlotProps) {
  const rem = useRem()
  const ticks = ticksFromZero(Math.max(0, ...rows.map(totalOf)))
  return (
    <BarChart
      responsive
      style={{ width: '100%', height: '100%' }}
      layout="vertical"
      data={[...rows]}
      barCategoryGap={0}
      margin={{ top: 0, right: 20 * rem, bottom: 20 * rem, left: 4 * rem }}
      accessibilityLayer={false}
    >
      <CartesianGrid {...GRID} horizontal={false} />
      <XAxis
        {...AXIS}
        height={AXIS_ROOM * rem}
        type="number"
        domain={[0, ticks.at(-1) ?? 1]}
        ticks={ticks}
        tickFormatter={format}
        label={{ value: xLabel, position: 'insideBottom', offset: -14 * rem, style: AXIS_TITLE }}
      />
      <YAxis type="category" dataKey="key" hide width={0} />
      <Tooltip
        isAnimationActive={false}
        cursor={{ fill: 'var(--surface-hover)', fillOpacity: 0.6 }}
        content={({ active, payload }) => {
          const row: StackedRow | undefined = payload[0]?.payload
          if (!active || !row) return null
          return (
            <ChartTooltip
              title={row.label}
              rows={parts.map((part) => ({
                label: part.label,
                value: format(row.values[part.key] ?? 0),
                colour: part.colour,
              }))}
            />
          )
        }}
      />
      {/* Gives the rows their place and the tooltip something to point at; the marks are drawn beside their names. */}
      <Bar dataKey={totalOf} fill="transparent" isAnimationActive={false} />
      {rows.map((row) => (
        <StackMarks key={row.key} row={row} parts={parts} />
      ))}
    </BarChart>
  )
}

/** How the height of a row is divided, as shares of it: the words above, the bar below. */
const PLAIN = { words: 0.32, note: 0, bar: 0.44, height: 0.4 }
const WITH_NOTE = { words: 0.25, note: 0.5, bar: 0.59, height: 0.3 }

function StackMarks({ row, parts }: { row: StackedRow; parts: readonly (StackPart & { colour: string })[] }) {
  const xScale = useXAxisScale()
  const yScale = useYAxisScale()
  const top = yScale?.(row.key, { position: 'start' })
  const bottom = yScale?.(row.key, { position: 'end' })
  if (!xScale || top === undefined || bottom === undefined) return null
  const band = bottom - top
  const at = row.note ? WITH_NOTE : PLAIN
  let from = 0
  return (
    <g>
      <text x={xScale(0)} y={top + band * at.words} fill="var(--ink)" fontSize="0.9375rem" fontWeight={500}>
        {row.label}
      </text>
      {row.note && (
        <text x={xScale(0)} y={top + band * at.note} fill="var(--ink-muted)" fontSize="0.875rem" className="figures">
          {row.note}
        </text>
      )}
      {parts.map((part) => {
        const left = xScale(from) ?? 0
        from += row.values[part.key] ?? 0
        const width = (xScale(from) ?? left) - left
        return (
          <rect
            key={part.key}
            x={left}
            y={top + band * at.bar}
            // A pixel of the surface between parts, so that neighbours are told apart without their colours.
            width={Math.max(0, width - 1)}
            height={band * at.height}
            fill={part.colour}
          />
        )
      })}
    </g>
  )
}

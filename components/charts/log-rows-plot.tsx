/** The drawing of `LogRows`; loaded when it is first shown. */
'use client'

import { Bar, CartesianGrid, ComposedChart, Tooltip, useXAxisScale, useYAxisScale, XAxis, YAxis } from 'recharts'
import { decadesAround } from './axis-scale.ts'
import { AXIS, AXIS_ROOM, AXIS_TITLE, GRID } from './chart-theme.ts'
import { ChartTooltip } from './chart-tooltip.tsx'
import type { LogRow, LogRowsProps } from './log-rows.tsx'
import { useElementWidth } from './use-element-width.ts'
import { useRem } from './use-rem.ts'

type DrawnRow = LogRow & { colour: string }

interface LogRowsPlotProps extends Pick<LogRowsProps, 'emphasis' | 'axisLabel' | 'format' | 'formatTick'> {
  rows: readonly DrawnRow[]
}

export default function LogRowsPlot({ rows, emphasis, axisLabel, format, formatTick }: LogRowsPlotProps) {
  const rem = useRem()
  const [box, width] = useElementWidth<HTMLDivElement>()
  const values = rows.flatMap((row) => row.figures.flatMap(({ value, interval }) => [value, ...(interval ?? [])]))
  const ticks = decadesAround(values)
  const [from = 1, to = 10] = [ticks[0], ticks.at(-1)]
  return (
    <div ref={box} className="h-full">
      <ComposedChart
        responsive
        style={{ width: '100%', height: '100%' }}
        layout="vertical"
        barCategoryGap={0}
        data={rows.map((row) => ({ row, key: row.key, value: to }))}
        margin={{ top: 0, right: 16 * rem, bottom: 20 * rem, left: 8 * rem }}
        accessibilityLayer={false}
      >
        <CartesianGrid {...GRID} horizontal={false} />
        <XAxis
          {...AXIS}
          height={AXIS_ROOM * rem}
          type="number"
          scale="log"
          domain={[from, to]}
          ticks={ticks}
          interval="preserveStartEnd"
          tickFormatter={formatTick}
          label={{ value: axisLabel, position: 'insideBottom', offset: -14 * rem, style: AXIS_TITLE }}
        />
        <YAxis type="category" dataKey="key" hide width={0} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: 'var(--surface-hover)', fillOpacity: 0.6 }}
          content={({ active, payload }) => {
            const row: DrawnRow | undefined = payload[0]?.payload?.row
            if (!active || !row) return null
            return (
              <ChartTooltip
                title={row.label}
                rows={row.figures.map(({ label, value }) => ({ label, value: format(value), colour: row.colour }))}
              />
            )
          }}
        />
        <Bar dataKey="value" fill="transparent" isAnimationActive={false} />
        {rows.map((row) => (
          <RowMarks
            key={row.key}
            row={row}
            from={from}
            to={to}
            emphasis={emphasis}
            format={format}
            narrow={width < NARROW}
          />
        ))}
      </ComposedChart>
    </div>
  )
}

/** Below this width, in pixels, there is no room for the name of the figure that is written out; it stands at its mark. */
const NARROW = 460

/** How the height of a row is divided, as shares of it. */
const WORDS_AT = 0.3
const MARKS_AT = 0.58
const NAMES_AT = 0.92
/** Names of figures nearer than this, in pixels, would run into each other: the less important one goes without. */
const ROOM_FOR_NAME = 34

interface RowMarksProps {
  row: DrawnRow
  from: number
  to: number
  emphasis: string
  format: (value: number) => string
  narrow: boolean
}

function RowMarks({ row, from, to, emphasis, format, narrow }: RowMarksProps) {
  const xScale = useXAxisScale()
  const yScale = useYAxisScale()
  const top = yScale?.(row.key, { position: 'start' })
  const bottom = yScale?.(row.key, { position: 'end' })
  if (!xScale || top === undefined || bottom === undefined) return null
  const at = (value: number): number => xScale(Math.max(from, value)) ?? 0
  const band = bottom - top
  const y = top + band * MARKS_AT
  const { figures, colour } = row
  const main = figures.find(({ key }) => key === emphasis)
  const single = figures.length === 1
  const left = Math.min(...figures.map(({ value }) => at(value)))
  const right = Math.max(...figures.map(({ value }) => at(value)))
  const named: { x: number; label: string }[] = []
  for (const figure of [...(main ? [main] : []), ...figures]) {
    const x = at(figure.value)
    if (named.every((other) => Math.abs(other.x - x) >= ROOM_FOR_NAME)) named.push({ x, label: figure.label })
  }
  return (
    <g>
      <text x={at(from)} y={top + band * WORDS_AT} fill="var(--ink)" fontSize="0.9375rem" fontWeight={500}>
        {row.label}
      </text>
      {main && (
        <text
          x={at(to)}
          y={top + band * WORDS_AT}
          textAnchor="end"
          fill="var(--ink)"
          fontSize="0.875rem"
          className="figures"
        >
          {!single && !narrow && <tspan fill="var(--ink-muted)">{main.label}</tspan>}
          <tspan dx={single || narrow ? 0 : '0.5em'} fontWeight={600}>
            {format(main.value)}
          </tspan>
        </text>
      )}
      <rect x={at(from)} y={y - 6} width={at(to) - at(from)} height={12} rx={3} fill="var(--surface-sunken)" />
      <rect
        x={single ? at(from) : left}
        y={y - 6}
        width={Math.max(2, single ? right - at(from) : right - left)}
        height={12}
        rx={3}
        fill={colour}
        opacity={single ? 1 : 0.3}
      />
      {!single &&
        figures.map(({ key, value }) => (
          <circle
            key={key}
            cx={at(value)}
            cy={y}
            r={key === emphasis ? 6.5 : 4.5}
            fill={colour}
            stroke="var(--surface-raised)"
            strokeWidth={1.5}
          />
        ))}
      {main?.interval && (
        <path
          d={`M${at(main.interval[0])} ${y - 8}v16M${at(main.interval[1])} ${y - 8}v16M${at(main.interval[0])} ${y}H${at(main.interval[1])}`}
          stroke="var(--ink)"
          strokeWidth={1.5}
          fill="none"
        />
      )}
      {!single &&
        named.map(({ x, label }) => (
          <text
            key={label}
            x={x}
            y={top + band * NAMES_AT}
            textAnchor="middle"
            fill="var(--ink-muted)"
            fontSize="0.75rem"
          >
            {label}
          </text>
        ))}
    </g>
  )
}

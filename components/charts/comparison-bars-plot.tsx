/** The drawing of `ComparisonBars`; loaded when it is first shown. */
'use client'

import { useTranslations } from 'next-intl'
import { Bar, CartesianGrid, ComposedChart, Tooltip, useXAxisScale, useYAxisScale, XAxis, YAxis } from 'recharts'
import { MS_PER_UNIT, type TimeUnit, ticksFromZero } from './axis-scale.ts'
import { AXIS, AXIS_ROOM, AXIS_TITLE, GRID, MODEL } from './chart-theme.ts'
import { ChartTooltip } from './chart-tooltip.tsx'
import type { ComparisonRow } from './comparison-bars.tsx'
import { useElementWidth } from './use-element-width.ts'
import { useQuantity } from './use-quantity.ts'
import { useRem } from './use-rem.ts'

export interface ComparisonBarsPlotProps {
  rows: readonly ComparisonRow[]
  longestMs: number
  unit: TimeUnit
  axisLabel: string
}

/** Below this width, in pixels, words are shorter and smaller and the axis has fewer ticks. */
const NARROW = 460

export default function ComparisonBarsPlot({ rows, longestMs, unit, axisLabel }: ComparisonBarsPlotProps) {
  const rem = useRem()
  const quantity = useQuantity()
  const t = useTranslations('charts')
  const [box, width] = useElementWidth<HTMLDivElement>()
  const narrow = width < NARROW
  const perUnit = MS_PER_UNIT[unit]
  const ticks = ticksFromZero(longestMs / perUnit, narrow ? 3 : 6).map((tick) => tick * perUnit)
  const data = rows.map((row) => ({ row, key: row.key, medianMs: row.entry?.medianMs ?? 0 }))
  return (
    <div ref={box} className="h-full">
      <ComposedChart
        responsive
        style={{ width: '100%', height: '100%' }}
        layout="vertical"
        barCategoryGap={0}
        data={data}
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
          interval={0}
          tickFormatter={(ms: number) => (longestMs > 0 ? quantity.timeNumber(ms, unit) : '')}
          label={{ value: axisLabel, position: 'insideBottom', offset: -14 * rem, style: AXIS_TITLE }}
        />
        <YAxis type="category" dataKey="key" hide width={0} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: 'var(--surface-hover)', fillOpacity: 0.6 }}
          content={({ active, payload }) => {
            const row: ComparisonRow | undefined = payload[0]?.payload?.row
            if (!active || !row?.entry) return null
            const { entry } = row
            return (
              <ChartTooltip
                title={row.label}
                rows={[
                  { label: t('median'), value: row.time, colour: row.colour },
                  ...(entry.ci95Ms
                    ? [
                        {
                          label: t('interval'),
                          value: entry.ci95Ms.map((end) => quantity.timeNumber(end, unit)).join(' – '),
                        },
                      ]
                    : []),
                  ...(entry.modelMs === null ? [] : [{ label: t('model'), value: quantity.time(entry.modelMs, unit) }]),
                  ...(entry.startupMs > 0 ? [{ label: t('startup'), value: quantity.time(entry.startupMs) }] : []),
                  { label: t('rounds'), value: quantity.number(entry.samplesMs.length) },
                ]}
              />
            )
          }}
        />
        <Bar dataKey="medianMs" fill="transparent" isAnimationActive={false} />
        {rows.map((row) => (
          <EntryMarks key={row.key} row={row} end={ticks.at(-1) ?? 1} narrow={narrow} />
        ))}
      </ComposedChart>
    </div>
  )
}

/** How the height of a row is divided, as shares of it: the words above, the bar below. */
const WORDS_AT = 0.27
const BAR_FROM = 0.38
const BAR_HEIGHT = 0.38
/** An en space: spacing by `dx` would not be counted by an anchor at the end. */
const GAP = '\u2002'
/** Where the dots stand within the bar's height, one after another, so that equal times don't hide each other. */
const SPREAD = [0, 0.3, -0.3, 0.15, -0.15] as const

function EntryMarks({ row, end, narrow }: { row: ComparisonRow; end: number; narrow: boolean }) {
  const xScale = useXAxisScale()
  const yScale = useYAxisScale()
  const top = yScale?.(row.key, { position: 'start' })
  const bottom = yScale?.(row.key, { position: 'end' })
  if (!xScale || top === undefined || bottom === undefined) return null
  const at = (ms: number): number => xScale(ms) ?? 0
  const { entry } = row
  const band = bottom - top
  const barTop = top + band * BAR_FROM
  const barHeight = band * BAR_HEIGHT
  const left = at(0)
  const words = { y: top + band * WORDS_AT, fill: 'var(--ink)' }
  return (
    <g>
      <text {...words} x={left} fontSize={narrow ? '0.8125rem' : '0.9375rem'} fontWeight={500}>
        {narrow ? row.labelShort : row.label}
      </text>
      <text {...words} x={at(end)} textAnchor="end" fontSize={narrow ? '0.8125rem' : '0.875rem'} className="figures">
        <tspan fill="var(--ink-muted)">{`${narrow ? row.speedupShort : row.speedup}${GAP}`}</tspan>
        <tspan fontWeight={600}>{row.time}</tspan>
      </text>
      <rect x={left} y={barTop} width={at(end) - left} height={barHeight} rx={3} fill="var(--surface-sunken)" />
      {entry && (
        <>
          <rect
            x={left}
            y={barTop}
            width={Math.max(1.5, at(entry.medianMs) - left)}
            height={barHeight}
            rx={3}
            fill={row.colour}
          />
          {entry.samplesMs.map((ms, round) => (
            <circle
              // biome-ignore lint/suspicious/noArrayIndexKey: a round is its place in the list
              key={round}
              cx={at(ms)}
              cy={barTop + barHeight * (0.5 + (SPREAD[round % SPREAD.length] ?? 0))}
              r={2.75}
              fill="var(--surface-raised)"
              stroke="var(--ink)"
              strokeWidth={1}
              opacity={entry.samplesMs.length > 20 ? 0.6 : 0.9}
            />
          ))}
          {entry.ci95Ms && <Interval from={at(entry.ci95Ms[0])} to={at(entry.ci95Ms[1])} y={barTop + barHeight + 7} />}
          {entry.modelMs !== null && <ModelMark x={at(entry.modelMs)} from={barTop - 5} to={barTop + barHeight + 5} />}
        </>
      )}
    </g>
  )
}

function Interval({ from, to, y }: { from: number; to: number; y: number }) {
  return (
    <path
      d={`M${from} ${y - 4}v8M${from} ${y}H${to}M${to} ${y - 4}v8`}
      stroke="var(--ink)"
      strokeWidth={1.75}
      fill="none"
    />
  )
}

/** On a rim of the surface, because a bar may have nearly its colour. */
function ModelMark({ x, from, to }: { x: number; from: number; to: number }) {
  return (
    <>
      <line x1={x} x2={x} y1={from} y2={to} stroke="var(--surface-raised)" strokeWidth={5} />
      <line x1={x} x2={x} y1={from} y2={to} {...MODEL} />
    </>
  )
}

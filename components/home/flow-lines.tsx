/**
 * A queue between bursts and a database: what comes in and what is written, a second, and under it on the same clock how full the
 * queue was. Plain SVG, so that the home page needs no chart library; the figures stand in words beside it.
 */
'use client'

import { useTranslations } from 'next-intl'
import { useQuantity } from '../charts/use-quantity.ts'
import type { FlowLine, FlowPicture } from './dashboard-pictures.ts'

const WIDTH = 300
const RATES = 100
const DEPTH = 44
const GAP = 14

const topOf = (line: FlowLine): number => Math.max(0, ...line.values)

export function FlowLines({ flow }: { flow: FlowPicture }) {
  const t = useTranslations('dashboard')
  const quantity = useQuantity()
  const endMs = Math.max(1, ...[flow.depth, flow.in, flow.out].map(({ atMs }) => atMs.at(-1) ?? 0))
  const mostRate = Math.max(1, topOf(flow.in), topOf(flow.out))
  const mostDepth = Math.max(1, topOf(flow.depth))
  const path = ({ atMs, values }: FlowLine, most: number, height: number): string =>
    atMs
      .map((ms, i) => {
        const x = ((ms / endMs) * WIDTH).toFixed(1)
        const y = (height - ((values[i] ?? 0) / most) * (height - 1)).toFixed(1)
        return `${i === 0 ? 'M' : 'L'}${x} ${y}`
      })
      .join('')
  const depth = path(flow.depth, mostDepth, DEPTH)
  const lastX = (((flow.depth.atMs.at(-1) ?? 0) / endMs) * WIDTH).toFixed(1)
  const line = { fill: 'none', strokeWidth: 2, vectorEffect: 'non-scaling-stroke', strokeLinejoin: 'round' } as const
  return (
    <div className="flex flex-col gap-2">
      <ul className="flex flex-wrap justify-between gap-x-4 gap-y-1 text-sm">
        <Series
          colour="var(--strategy-async)"
          label={t('in')}
          value={t('peak', { count: Math.round(topOf(flow.in)) })}
        />
        <Series
          colour="var(--strategy-threads)"
          label={t('out')}
          value={t('peak', { count: Math.round(topOf(flow.out)) })}
          dashed
        />
      </ul>
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${WIDTH} ${RATES + GAP + DEPTH}`}
        preserveAspectRatio="none"
        className="h-40 w-full"
      >
        <path d={`M0 ${RATES}H${WIDTH}`} stroke="var(--axis)" vectorEffect="non-scaling-stroke" />
        <path d={path(flow.in, mostRate, RATES)} {...line} stroke="var(--strategy-async)" />
        <path d={path(flow.out, mostRate, RATES)} {...line} stroke="var(--strategy-threads)" strokeDasharray="6 3" />
        <g transform={`translate(0 ${RATES + GAP})`}>
          {depth !== '' && (
            <path d={`${depth}L${lastX} ${DEPTH}L0 ${DEPTH}Z`} fill="var(--span-contended)" opacity="0.55" />
          )}
          <path d={`M0 ${DEPTH}H${WIDTH}`} stroke="var(--axis)" vectorEffect="non-scaling-stroke" />
        </g>
      </svg>
      <div className="flex flex-wrap justify-between gap-x-4 text-xs text-faint">
        <span className="inline-flex items-center gap-1.5">
          <span
            aria-hidden="true"
            className="h-2.5 w-4 rounded-[2px] opacity-55"
            style={{ background: 'var(--span-contended)' }}
          />
          {t('depth', { deepest: Math.round(topOf(flow.depth)), capacity: flow.capacity })}
        </span>
        <span className="figures">{t('seconds', { time: quantity.time(endMs, 'second') })}</span>
      </div>
    </div>
  )
}

function Series({
  colour,
  label,
  value,
  dashed = false,
}: {
  colour: string
  label: string
  value: string
  dashed?: boolean
}) {
  return (
    <li className="inline-flex items-center gap-2">
      <svg aria-hidden="true" viewBox="0 0 20 4" width="1.25rem" height="0.25rem">
        <path d="M0 2h20" stroke={colour} strokeWidth="3" strokeDasharray={dashed ? '6 3' : undefined} />
      </svg>
      <span className="font-medium">{label}</span>
      <span className="figures text-muted">{value}</span>
    </li>
  )
}

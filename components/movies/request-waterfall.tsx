/**
 * When each request of a search was under way: one thin row per request in the order in which they began, on one clock. A
 * grey row above is the start of workers, where they had to be started. A summary in words stands for the picture.
 */
'use client'

import { useFormatter, useTranslations } from 'next-intl'
import type { MovieSearchResponse } from '../../lib/contract/movie.ts'
import type { Span } from '../../lib/contract/trace.ts'
import { useSpanName } from '../charts/use-span-name.ts'

const ROW = 7
const AXIS = 18

/** The most spans under way at one moment. */
export const mostAtOnce = (spans: readonly Pick<Span, 'start' | 'duration'>[]): number => {
  const turns = spans
    .flatMap(({ start, duration }) => [
      { at: start, by: 1 },
      { at: start + duration, by: -1 },
    ])
    // One that ends as another begins doesn't overlap it.
    .sort((a, b) => a.at - b.at || a.by - b.by)
  let now = 0
  let most = 0
  for (const turn of turns) {
    now += turn.by
    most = Math.max(most, now)
  }
  return most
}

const extentOf = (spans: readonly Pick<Span, 'start' | 'duration'>[]): { start: number; end: number } => ({
  start: Math.min(...spans.map((span) => span.start)),
  end: Math.max(...spans.map((span) => span.start + span.duration)),
})

/** Steps of 1, 2 or 5 times a power of ten, about four of them. */
const ticksTo = (end: number): number[] => {
  const raw = end / 4
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = ([1, 2, 5].find((factor) => factor * power >= raw) ?? 10) * power
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step)
}

export function RequestWaterfall({ answer }: { answer: MovieSearchResponse }) {
  const t = useTranslations('movies.waterfall')
  const format = useFormatter()
  const spanName = useSpanName()
  const requests = answer.trace.spans.filter((span) => span.kind === 'io').sort((a, b) => a.start - b.start)
  const [first] = requests
  if (!first) return null

  const starts = answer.trace.spans.filter((span) => span.kind === 'startup')
  const startup = starts.length > 0 ? extentOf(starts) : null
  const { end } = extentOf([...requests, ...starts])
  const share = (micros: number): string => `${(micros / end) * 100}%`
  const top = startup ? ROW + 4 : 0
  const height = top + requests.length * ROW
  const colour = `var(--strategy-${answer.strategy})`
  return (
    <figure className="flex flex-col gap-2">
      <figcaption className="text-sm text-muted">
        {t('summary', { count: requests.length, most: mostAtOnce(requests) })}
        {startup &&
          ` ${t('started', { ms: format.number((startup.end - startup.start) / 1000, { maximumFractionDigits: 0 }) })}`}
      </figcaption>
      <svg width="100%" height={height + AXIS} aria-hidden="true" className="overflow-visible">
        {ticksTo(end / 1000).map((ms) => (
          <g key={ms}>
            <line x1={share(ms * 1000)} x2={share(ms * 1000)} y1="0" y2={height + 2} stroke="var(--grid)" />
            <text
              x={share(ms * 1000)}
              y={height + AXIS - 3}
              textAnchor={ms === 0 ? 'start' : ms * 1000 > end * 0.95 ? 'end' : 'middle'}
              fill="var(--ink-faint)"
              className="figures"
              fontSize="0.75rem"
            >
              {ms === 0 ? '0' : t('ms', { ms: format.number(ms) })}
            </text>
          </g>
        ))}
        {startup && (
          <rect
            x={share(startup.start)}
            y="1"
            width={share(startup.end - startup.start)}
            height={ROW - 2}
            rx="1.5"
            fill="var(--span-startup)"
          >
            <title>{t('startup')}</title>
          </rect>
        )}
        {requests.map((span, row) => (
          <rect
            key={`${span.lane} ${span.start} ${span.name}`}
            x={share(span.start)}
            y={top + row * ROW + 1}
            width={share(Math.max(span.duration, end / 400))}
            height={ROW - 2}
            rx="1.5"
            fill={colour}
          >
            <title>{`${spanName(span.name)}: ${t('ms', { ms: format.number(span.duration / 1000, { maximumFractionDigits: 1 }) })}`}</title>
          </rect>
        ))}
      </svg>
    </figure>
  )
}

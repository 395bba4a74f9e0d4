/**
 * The miniature of the last result: a bar for each thing compared, its length the median time, with the figures in words for who
 * can't see it. Plain SVG, rendered by the server: no chart library for a thumbnail.
 */
import { useFormatter, useTranslations } from 'next-intl'
import type { Comparison } from '../../lib/contract/comparison.ts'
import type { Run } from '../../lib/contract/run.ts'
import { colourOf } from '../charts/chart-theme.ts'
import { useExperimentWords } from './use-experiment-words.ts'

const ROW = 14
const BAR = 8
const MOST = 6

/** null where the result compares nothing. */
export function LastResult({ run }: { run: Run }) {
  const t = useTranslations('lab.index')
  const format = useFormatter()
  const words = useExperimentWords(run.experiment)
  const comparison = run.result?.comparison as Comparison | undefined
  const entries = comparison?.entries.slice(0, MOST) ?? []
  if (entries.length === 0) return null
  const longest = Math.max(...entries.map((entry) => entry.medianMs))
  const figures = entries
    .map(
      (entry) =>
        `${words.key(entry.key)}: ${format.number(entry.medianMs, { style: 'unit', unit: 'millisecond', maximumFractionDigits: 0 })}`,
    )
    .join('; ')
  return (
    <figure>
      <svg
        viewBox={`0 0 240 ${entries.length * ROW}`}
        role="img"
        aria-label={figures}
        preserveAspectRatio="none"
        className="block w-full"
        style={{ height: `${entries.length * 0.875}rem` }}
      >
        {entries.map((entry, index) => (
          <g key={entry.key}>
            <rect x="0" y={index * ROW + 3} width="240" height={BAR} fill="var(--surface-sunken)" />
            <rect
              x="0"
              y={index * ROW + 3}
              width={Math.max(1.5, (entry.medianMs / longest) * 240)}
              height={BAR}
              fill={colourOf(entry.key, index)}
            />
          </g>
        ))}
      </svg>
      <figcaption className="mt-2 text-xs text-faint">
        {t('lastMeasured', {
          at: format.dateTime(new Date(run.createdAt), { dateStyle: 'medium', timeStyle: 'short' }),
        })}
      </figcaption>
    </figure>
  )
}

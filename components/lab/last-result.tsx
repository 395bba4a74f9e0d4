/**
 * The miniature of the last result: a bar for each thing compared, its length the median time, with name and figure beside it; where
 * an experiment compares nothing, what came out in one sentence. Rendered by the server: no chart library for a thumbnail.
 */
import { useFormatter, useTranslations } from 'next-intl'
import type { Comparison } from '../../lib/contract/comparison.ts'
import type { Run, RunSummary } from '../../lib/contract/run.ts'
import { MS_PER_UNIT, timeUnitFor } from '../charts/axis-scale.ts'
import { colourOf } from '../charts/chart-theme.ts'
import { Time } from '../ui/time.tsx'
import { useRunWords } from './use-experiment-words.ts'

const MOST = 4

export function LastResult({ run, headline }: { run: Run; headline: RunSummary['headline'] }) {
  const t = useTranslations('lab.index')
  const format = useFormatter()
  const words = useRunWords(run)
  const comparison = run.result?.comparison as Comparison | undefined
  const entries = comparison?.entries.slice(0, MOST) ?? []
  if (entries.length === 0 && headline === null) return null
  const longest = Math.max(...entries.map((entry) => entry.medianMs))
  const unit = timeUnitFor(longest)
  const time = (ms: number): string =>
    format.number(ms / MS_PER_UNIT[unit], { style: 'unit', unit, unitDisplay: 'short', maximumSignificantDigits: 3 })
  return (
    <figure>
      {entries.length > 0 ? (
        <ul className="grid grid-cols-[minmax(0,max-content)_minmax(3rem,1fr)_max-content] items-center gap-x-3 gap-y-1.5 text-xs">
          {entries.map((entry, index) => (
            <li key={entry.key} className="col-span-3 grid grid-cols-subgrid items-center">
              <span className="truncate text-muted">{words.key(entry.key)}</span>
              <span aria-hidden="true" className="h-2 rounded-[2px] bg-sunken">
                <span
                  className="block h-full rounded-[2px]"
                  style={{
                    width: `max(2px, ${(entry.medianMs / longest) * 100}%)`,
                    background: colourOf(entry.key, index),
                  }}
                />
              </span>
              <span className="figures text-right text-muted">{time(entry.medianMs)}</span>
            </li>
          ))}
        </ul>
      ) : (
        headline && <p className="border-l-2 border-line-strong pl-3 text-sm text-muted">{words.finding(headline)}</p>
      )}
      <figcaption className="mt-2 text-xs text-faint">
        {t.rich('lastMeasured', { at: () => <Time moment={run.createdAt} /> })}
      </figcaption>
    </figure>
  )
}

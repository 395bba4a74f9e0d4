/** What the marks of a chart mean, each drawn as it is in the chart. */
import { MODEL } from './chart-theme.ts'

export interface LegendItem {
  label: string
  mark:
    | 'bar'
    | 'line'
    | 'dashed-line'
    | 'model'
    | 'model-line'
    | 'dot'
    | 'interval'
    | 'band'
    | 'limit'
    | 'circle'
    | 'square'
  colour?: string
}

export function ChartLegend({ items }: { items: readonly LegendItem[] }) {
  return (
    <ul className="mb-3 flex flex-wrap gap-x-5 gap-y-1.5 text-xs text-muted">
      {items.map((item) => (
        <li key={`${item.mark} ${item.label}`} className="inline-flex items-center gap-2">
          <LegendMark mark={item.mark} colour={item.colour ?? 'var(--ink)'} />
          {item.label}
        </li>
      ))}
    </ul>
  )
}

function LegendMark({ mark, colour }: { mark: LegendItem['mark']; colour: string }) {
  return (
    <svg viewBox="0 0 20 14" width="1.25rem" height="0.875rem" aria-hidden="true" className="shrink-0">
      {mark === 'bar' && <rect x="2" y="2" width="16" height="10" rx="2" fill={colour} />}
      {mark === 'band' && <rect x="1" y="2" width="18" height="10" rx="1" fill={colour} opacity="0.22" />}
      {mark === 'line' && <path d="M1 7h18" stroke={colour} strokeWidth="2.25" />}
      {mark === 'dashed-line' && <path d="M1 7h18" stroke={colour} strokeWidth="2.25" strokeDasharray="5 3" />}
      {mark === 'circle' && <circle cx="10" cy="7" r="5.5" fill="none" stroke={colour} strokeWidth="1.5" />}
      {mark === 'square' && (
        <rect x="4.5" y="1.5" width="11" height="11" rx="2" fill="none" stroke={colour} strokeWidth="1.5" />
      )}
      {mark === 'limit' && (
        <path d="M1 7h18" stroke={colour} strokeWidth="1.5" strokeDasharray="1 3" strokeLinecap="round" />
      )}
      {mark === 'dot' && <circle cx="10" cy="7" r="3" fill={colour} opacity="0.75" />}
      {mark === 'interval' && <path d="M2 3v8M18 3v8M2 7h16" stroke={colour} strokeWidth="1.75" fill="none" />}
      {mark === 'model-line' && <path d="M1 7h18" {...MODEL} />}
      {mark === 'model' && <path d="M10 0v14" {...MODEL} />}
    </svg>
  )
}

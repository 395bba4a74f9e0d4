/** A short word about a thing's state or kind. The tone supports the word and never replaces it. */
import type { ReactNode } from 'react'
import { classes } from './classes.ts'

export type Tone = 'neutral' | 'accent' | 'positive' | 'negative' | 'caution'

const TONES: Record<Tone, string> = {
  neutral: 'bg-sunken text-muted',
  accent: 'bg-accent-soft text-accent',
  positive: 'bg-positive-soft text-positive',
  negative: 'bg-negative-soft text-negative',
  caution: 'bg-caution-soft text-caution',
}

export function Badge({ tone = 'neutral', swatch, children }: { tone?: Tone; swatch?: string; children: ReactNode }) {
  return (
    <span
      className={classes(
        'inline-flex items-center gap-1.5 rounded-sm px-2 py-0.5 text-xs font-medium whitespace-nowrap',
        TONES[tone],
      )}
    >
      {swatch && <span aria-hidden="true" className="size-2.5 rounded-[2px]" style={{ background: swatch }} />}
      {children}
    </span>
  )
}

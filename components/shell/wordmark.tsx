/** The sign of the project: two threads that take turns in being above, and its name. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2.5">
      <Mark />
      <span className="text-lg font-semibold tracking-tight">Interleave</span>
    </span>
  )
}

const OVER = 'M2 16C9 16 9 4 16 4'
const UNDER = 'M2 4C9 4 9 16 16 16'

/** `ground` is what it stands on: the halo in that colour is what makes one thread pass over the other. */
export function Mark({ ground = 'var(--surface-page)' }: { ground?: string }) {
  return (
    <svg viewBox="0 0 46 20" className="h-5 w-auto" fill="none" strokeLinecap="round" aria-hidden="true">
      <path d={UNDER} stroke="var(--accent)" strokeWidth="3" />
      <path d={OVER} stroke={ground} strokeWidth="7" strokeLinecap="butt" />
      <path d={OVER} stroke="currentColor" strokeWidth="3" />
      <g transform="translate(14)">
        <path d={UNDER} stroke="currentColor" strokeWidth="3" />
        <path d={OVER} stroke={ground} strokeWidth="7" strokeLinecap="butt" />
        <path d={OVER} stroke="var(--accent)" strokeWidth="3" />
      </g>
      <g transform="translate(28)">
        <path d={UNDER} stroke="var(--accent)" strokeWidth="3" />
        <path d={OVER} stroke={ground} strokeWidth="7" strokeLinecap="butt" />
        <path d={OVER} stroke="currentColor" strokeWidth="3" />
      </g>
    </svg>
  )
}

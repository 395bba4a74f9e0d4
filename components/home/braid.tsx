/**
 * The picture of the home page: four threads, in the colours of the four strategies, that take turns in being in front. A
 * helix seen from the side, drawn slice by slice from back to front; no chart, and nothing was measured for it.
 */
const STRANDS = [
  { colour: 'var(--strategy-sequential)', phase: 0 },
  { colour: 'var(--strategy-async)', phase: Math.PI / 2 },
  { colour: 'var(--strategy-threads)', phase: Math.PI },
  { colour: 'var(--strategy-processes)', phase: (3 * Math.PI) / 2 },
] as const

const WIDTH = 640
const HEIGHT = 300
const SLICE = Math.PI / 4
const SLICES = 13
/** Strands cross at multiples of a slice, so slices are cut between the crossings. */
const START = -SLICE / 2

const round = (value: number): number => Math.round(value * 10) / 10
const xOf = (angle: number): number => ((angle - START) / (SLICE * SLICES)) * WIDTH
/** The swing widens from left to right: what begins as one ends as four. */
const swing = (angle: number): number => 26 + 100 * Math.max(0, xOf(angle) / WIDTH) ** 0.8

const pointAt = (angle: number, phase: number): [number, number] => [
  round(xOf(angle)),
  round(HEIGHT / 2 + swing(angle) * Math.sin(angle + phase)),
]

/** Short enough that a line through a few points looks bent. */
const curve = (index: number, phase: number, parts: readonly number[]): string =>
  parts
    .map((part) => pointAt(START + (index + part) * SLICE, phase).join(' '))
    .map((point, at) => `${at === 0 ? 'M' : 'L'}${point}`)
    .join('')

/** The threads overlap from slice to slice; their halos keep to the middle, where the crossings are, and leave no seams. */
const THREAD = [-0.04, 0.2, 0.4, 0.6, 0.8, 1.04]
const HALO = [0.12, 0.3, 0.5, 0.7, 0.88]

export function Braid() {
  const slices = Array.from({ length: SLICES }, (_, index) => {
    const middle = START + (index + 0.5) * SLICE
    return STRANDS.map(({ colour, phase }) => ({
      colour,
      depth: Math.cos(middle + phase),
      path: curve(index, phase, THREAD),
      halo: curve(index, phase, HALO),
    })).sort((a, b) => a.depth - b.depth)
  })
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="h-auto w-full" fill="none" aria-hidden="true">
      {slices.flat().map(({ colour, path, halo }) => (
        <g key={path}>
          <path d={halo} stroke="var(--surface-page)" strokeWidth="19" />
          <path d={path} stroke={colour} strokeWidth="11" strokeLinejoin="round" />
        </g>
      ))}
    </svg>
  )
}

/**
 * A poster drawn from what is known of a film: its title, year and genre. The same film always gets the same one, since
 * every choice comes from its id and title. It scales with the width it is given, at 2:3.
 */
import { createSeededRandom } from '../../lib/statistics/seeded-random.ts'
import { COMPOSITIONS } from './poster-art.tsx'
import { paletteOf } from './poster-palette.ts'
import { setTitle } from './title-lines.ts'

export interface DrawnPosterProps {
  id: number
  title: string
  year: number | null
  /** In English, as the movie API names them: they choose the colours. */
  genres: readonly string[]
  /** The genre in the reader's language, printed at the foot. */
  genreName?: string
  /** Read aloud; without it the poster is decoration. */
  label?: string
}

const MARGIN = 14
const FIELD = 200

/** FNV-1a, 32 bits. */
const hash = (text: string): number => {
  let value = 0x811c9dc5
  for (const char of text) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return value
}

export function DrawnPoster({ id, title, year, genres, genreName, label }: DrawnPosterProps) {
  const random = createSeededRandom(hash(`${id} ${title}`))
  // Colours have random numbers of their own: a film whose genre isn't known keeps its picture and loses its colours only.
  const inks = createSeededRandom(hash(`inks ${id} ${title}`))
  const colours = paletteOf(genres, (below) => inks.integer(below))
  const composition = COMPOSITIONS[random.integer(COMPOSITIONS.length)]
  const pictureOnTop = random.uniform() < 0.7
  const name = setTitle(title, { width: FIELD - 2 * MARGIN, height: 62, largest: 29, smallest: 10 })
  const pictureTop = pictureOnTop ? 0 : 100
  const firstLine = (pictureOnTop ? FIELD + 12 : MARGIN) + name.fontSize * 0.82
  const lines = name.lines.map((line, index) => ({ line, y: firstLine + index * name.lineHeight }))
  const footLine = pictureOnTop ? 288 : 92
  return (
    <svg
      viewBox="0 0 200 300"
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      className="block h-auto w-full select-none"
      fontFamily="var(--font-sans)"
    >
      <rect width="200" height="300" fill={colours.ground} />
      <svg y={pictureTop} width={FIELD} height={FIELD} viewBox={`0 0 ${FIELD} ${FIELD}`} aria-hidden="true">
        {composition?.(colours, (from, to) => from + random.uniform() * (to - from))}
      </svg>
      <text fill={colours.ink} fontSize={name.fontSize} fontWeight="700" letterSpacing="-0.02em">
        {lines.map(({ line, y }) => (
          <tspan key={y} x={MARGIN} y={y}>
            {line}
          </tspan>
        ))}
      </text>
      <g fill={colours.ink} fontSize="8.5" fontWeight="500">
        <text x={MARGIN} y={footLine}>
          {genreName}
        </text>
        <text x={FIELD - MARGIN} y={footLine} textAnchor="end">
          {year}
        </text>
      </g>
    </svg>
  )
}

/** A kind's colour and texture as a small square, for the legend, the tooltip and the table. */
import type { SpanKind } from '#lib/contract/trace.ts'
import { HATCHES, TILE } from './hatch.ts'

export function KindSwatch({ kind }: { kind: SpanKind }) {
  const hatch = HATCHES[kind]
  const tiles = [0, TILE]
  return (
    <svg viewBox="0 0 16 16" width="0.875em" height="0.875em" aria-hidden="true" className="shrink-0 rounded-[2px]">
      <rect width="16" height="16" fill={`var(--span-${kind})`} />
      {tiles.flatMap((x) =>
        tiles.map((y) => (
          <svg key={`${x} ${y}`} x={x} y={y} width={TILE} height={TILE} overflow="hidden" aria-hidden="true">
            {hatch?.lines.map((line) => (
              <line
                key={line.join()}
                x1={line[0]}
                y1={line[1]}
                x2={line[2]}
                y2={line[3]}
                stroke="var(--surface-raised)"
                strokeOpacity="0.5"
                strokeWidth={hatch.stroke}
              />
            ))}
            {hatch?.dots.map((dot) => (
              <circle
                key={dot.join()}
                cx={dot[0]}
                cy={dot[1]}
                r={hatch.stroke}
                fill="var(--surface-raised)"
                fillOpacity="0.75"
              />
            ))}
          </svg>
        )),
      )}
    </svg>
  )
}

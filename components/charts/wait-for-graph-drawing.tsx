/** The drawing of `WaitForGraphChart`, in the pixels it is given. */
'use client'

import type { WaitForGraph } from '../../lib/experiments/wait-for-graph.ts'
import { edgePath, type Placed, planGraph } from './wait-for-graph-layout.ts'

export interface WaitForGraphDrawingProps {
  graph: WaitForGraph
  width: number
  height: number
  nameOf: (id: string) => string
}

type Edge = WaitForGraph['edges'][number]

const COLOURS: Readonly<Record<Edge['kind'], string>> = { holds: 'var(--span-held)', wants: 'var(--span-wait)' }
/** For two edges between the same two nodes. */
const BEND = 34

export function WaitForGraphDrawing({ graph, width, height, nameOf }: WaitForGraphDrawingProps) {
  const { nodes, edges, cycle } = graph
  const plan = planGraph(nodes, width, height)
  const places = new Map(plan.nodes.map((placed) => [placed.id, placed]))
  const follows = (from: string, to: string): boolean => {
    const at = cycle.indexOf(from)
    return at >= 0 && cycle[(at + 1) % cycle.length] === to
  }
  const hasReverse = ({ from, to }: Edge): boolean => edges.some((other) => other.from === to && other.to === from)
  return (
    <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
      {edges.map((edge) => {
        const [from, to] = [places.get(edge.from), places.get(edge.to)]
        if (!from || !to) return null
        const path = edgePath(from, to, hasReverse(edge) ? BEND : 0)
        const colour = COLOURS[edge.kind]
        return (
          <g
            key={`${edge.from} ${edge.to}`}
            data-edge={edge.kind}
            data-cycle={follows(edge.from, edge.to) || undefined}
          >
            <path
              d={path.line}
              fill="none"
              stroke={colour}
              strokeWidth={follows(edge.from, edge.to) ? 3.25 : 1.75}
              strokeDasharray={edge.kind === 'wants' ? '7 5' : undefined}
            />
            <polygon points={path.head} fill={colour} />
          </g>
        )
      })}
      {nodes.map(({ id, kind }) => {
        const placed = places.get(id)
        return (
          placed && (
            <Node
              key={id}
              placed={placed}
              kind={kind}
              number={id.split('-').at(-1) ?? ''}
              name={plan.named ? nameOf(id) : null}
              above={placed.y < height / 2 - 1}
              inCycle={cycle.includes(id)}
              idle={!edges.some(({ from, to }) => from === id || to === id)}
            />
          )
        )
      })}
    </svg>
  )
}

interface NodeProps {
  placed: Placed
  kind: 'thread' | 'lock'
  number: string
  name: string | null
  above: boolean
  inCycle: boolean
  idle: boolean
}

const NAME_GAP = 16

function Node({ placed: { x, y, size }, kind, number, name, above, inCycle, idle }: NodeProps) {
  const shape = {
    fill: inCycle ? 'var(--negative-soft)' : 'var(--surface-sunken)',
    stroke: inCycle ? 'var(--negative)' : 'var(--line-strong)',
    strokeWidth: inCycle ? 2.5 : 1.5,
    opacity: idle ? 0.55 : 1,
  }
  return (
    <g>
      {kind === 'thread' ? (
        <circle cx={x} cy={y} r={size} {...shape} />
      ) : (
        <rect x={x - size} y={y - size} width={2 * size} height={2 * size} rx={size / 5} {...shape} />
      )}
      <text
        x={x}
        y={y}
        textAnchor="middle"
        dominantBaseline="central"
        fill="var(--ink)"
        fontWeight={600}
        fontSize={Math.max(11, size * 0.75)}
      >
        {number}
      </text>
      {name && (
        <text
          x={x}
          y={above ? y - size - NAME_GAP + 6 : y + size + NAME_GAP + 2}
          textAnchor="middle"
          fill="var(--ink-muted)"
          fontSize="0.875rem"
          // A rim of the surface, so that an edge behind it doesn't strike the name through.
          stroke="var(--surface-raised)"
          strokeWidth={5}
          strokeLinejoin="round"
          paintOrder="stroke"
        >
          {name}
        </text>
      )}
    </g>
  )
}

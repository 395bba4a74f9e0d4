/** Who waited for whom: an arrow from the one who waits to the one it waits for, the thicker the longer. The table says the same. */
'use client'

import { useTranslations } from 'next-intl'
import { type CoordinationScenario, type Role, roleOf } from '../../lib/experiments/coordination-kinds.ts'
import { ChartFrame } from '../charts/chart-frame.tsx'
import { useElementWidth } from '../charts/use-element-width.ts'
import { useQuantity } from '../charts/use-quantity.ts'

interface Edge {
  waiter: number
  for: number
  ms: number
}

export interface CoordinationDiagramProps {
  scenario: CoordinationScenario
  threads: number
  /** Threads count from 1; the longest first. */
  edges: readonly Edge[]
}

const ROW = 64
const NODE_WIDTH = 104
const NODE_HEIGHT = 40
const RADIUS = 22
/** More arrows can't be told apart; the table has them all. */
const MOST_EDGES = 24
/** On a narrow screen only the longest have room for their figure, and short waits never are worth one. */
const labelled = (width: number, edges: readonly Edge[]): readonly Edge[] =>
  edges.slice(0, width < 480 ? 3 : 8).filter(({ ms }) => ms > (edges[0]?.ms ?? 0) / 5)

interface Point {
  x: number
  y: number
}

const FIRST_ROLES: readonly Role[] = ['producer', 'announcer', 'ping']

/** Those who give stand at the left, those who take at the right; equals stand in a circle. */
const positionsOf = (scenario: CoordinationScenario, threads: number, width: number, height: number): Point[] => {
  const all = Array.from({ length: threads }, (_, index) => index)
  if (scenario === 'barrier') {
    const radius = Math.min(width, height) / 2 - RADIUS - 8
    return all.map((index) => {
      const angle = (2 * Math.PI * index) / threads - Math.PI / 2
      return { x: width / 2 + radius * Math.cos(angle), y: height / 2 + radius * Math.sin(angle) }
    })
  }
  const isLeft = (index: number): boolean => FIRST_ROLES.includes(roleOf(scenario, index, threads))
  return all.map((index) => {
    const column = all.filter((other) => isLeft(other) === isLeft(index))
    return {
      x: isLeft(index) ? NODE_WIDTH / 2 + 2 : width - NODE_WIDTH / 2 - 2,
      y: (height * (column.indexOf(index) + 0.5)) / column.length,
    }
  })
}

const heightOf = (scenario: CoordinationScenario, threads: number): number =>
  scenario === 'barrier'
    ? Math.max(320, threads * 30)
    : Math.max(2, threads - 1) * ROW * (scenario === 'ping-pong' ? 0.6 : 1)

/** Bent to one side, so that two arrows between the same two don't lie upon each other; ends at the nodes' borders. */
const curveOf = (from: Point, to: Point, isCircle: boolean): { path: string; label: Point } => {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
  const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length }
  const gap = isCircle ? RADIUS + 3 : NODE_WIDTH / 2 + 4
  const start = isCircle
    ? { x: from.x + along.x * gap, y: from.y + along.y * gap }
    : { x: from.x + Math.sign(along.x) * gap, y: from.y }
  const end = isCircle
    ? { x: to.x - along.x * (gap + 5), y: to.y - along.y * (gap + 5) }
    : { x: to.x - Math.sign(along.x) * (gap + 5), y: to.y }
  const bend = Math.min(30, length / 6)
  const middle = { x: (start.x + end.x) / 2 - along.y * bend, y: (start.y + end.y) / 2 + along.x * bend }
  const t = 0.32
  const at = (a: number, b: number, c: number): number => (1 - t) ** 2 * a + 2 * (1 - t) * t * b + t ** 2 * c
  return {
    path: `M${start.x} ${start.y} Q${middle.x} ${middle.y} ${end.x} ${end.y}`,
    label: { x: at(start.x, middle.x, end.x), y: at(start.y, middle.y, end.y) },
  }
}

export function CoordinationDiagram({ scenario, threads, edges }: CoordinationDiagramProps) {
  const t = useTranslations('experiments.coordination')
  const quantity = useQuantity()
  const [frame, width] = useElementWidth<HTMLDivElement>()
  const height = heightOf(scenario, threads)
  const positions = positionsOf(scenario, threads, Math.max(width, 280), height)
  const most = edges[0]?.ms ?? 1
  const roleName = (thread: number): string => t(`roles.${roleOf(scenario, thread - 1, threads)}`)
  const isCircle = scenario === 'barrier'
  const withLabel = new Set(labelled(width, edges))
  return (
    <ChartFrame
      title={t(`diagram.titles.${scenario}`)}
      subtitle={t('diagram.about')}
      height={`${height}px`}
      table={{
        columns: [
          {
            id: 'waiter',
            header: t('diagram.waiter'),
            rowHeader: true,
            cell: (edge) => t('diagram.thread', { thread: edge.waiter, role: roleName(edge.waiter) }),
          },
          {
            id: 'for',
            header: t('diagram.for'),
            cell: (edge) => t('diagram.thread', { thread: edge.for, role: roleName(edge.for) }),
          },
          {
            id: 'ms',
            header: t('diagram.ms'),
            numeric: true,
            cell: (edge) => quantity.timeNumber(edge.ms, 'millisecond'),
          },
        ],
        rows: edges,
        rowKey: (edge) => `${edge.waiter} ${edge.for}`,
      }}
    >
      <div ref={frame} className="h-full">
        {width > 0 && (
          <svg width={width} height={height} viewBox={`0 0 ${Math.max(width, 280)} ${height}`} role="presentation">
            <defs>
              <marker
                id="waits-for"
                viewBox="0 0 10 10"
                refX="6"
                refY="5"
                markerWidth="11"
                markerHeight="11"
                markerUnits="userSpaceOnUse"
                orient="auto"
              >
                <path d="M0 0 10 5 0 10Z" fill="var(--span-wait)" />
              </marker>
            </defs>
            {edges.slice(0, MOST_EDGES).map((edge) => {
              const [from, to] = [positions[edge.waiter - 1], positions[edge.for - 1]]
              if (!from || !to) return null
              const { path, label } = curveOf(from, to, isCircle)
              return (
                <g key={`${edge.waiter} ${edge.for}`}>
                  <path
                    d={path}
                    fill="none"
                    stroke="var(--span-wait)"
                    strokeOpacity="0.8"
                    strokeWidth={1 + 4 * (edge.ms / most)}
                    markerEnd="url(#waits-for)"
                  />
                  {withLabel.has(edge) && (
                    <text
                      x={label.x}
                      y={label.y}
                      textAnchor="middle"
                      dominantBaseline="middle"
                      fontSize="11"
                      fill="var(--ink)"
                      stroke="var(--surface-raised)"
                      strokeWidth="4"
                      paintOrder="stroke"
                    >
                      {quantity.time(edge.ms, 'millisecond')}
                    </text>
                  )}
                </g>
              )
            })}
            {positions.map(({ x, y }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a thread is its number
              <g key={index}>
                {isCircle ? (
                  <circle cx={x} cy={y} r={RADIUS} fill="var(--surface-raised)" stroke="var(--line-strong)" />
                ) : (
                  <rect
                    x={x - NODE_WIDTH / 2}
                    y={y - NODE_HEIGHT / 2}
                    width={NODE_WIDTH}
                    height={NODE_HEIGHT}
                    rx="6"
                    fill="var(--surface-raised)"
                    stroke="var(--line-strong)"
                  />
                )}
                <text
                  x={x}
                  y={isCircle ? y : y - 7}
                  textAnchor="middle"
                  dominantBaseline="middle"
                  fontSize="13"
                  fontWeight="600"
                  fill="var(--ink)"
                >
                  {isCircle ? index + 1 : t('diagram.threadOnly', { thread: index + 1 })}
                </text>
                {!isCircle && (
                  <text
                    x={x}
                    y={y + 9}
                    textAnchor="middle"
                    dominantBaseline="middle"
                    fontSize="11"
                    fill="var(--ink-muted)"
                  >
                    {roleName(index + 1)}
                  </text>
                )}
              </g>
            ))}
          </svg>
        )}
      </div>
    </ChartFrame>
  )
}

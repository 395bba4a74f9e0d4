/**
 * Who waits for whom: threads as circles, locks as squares; a dashed edge leads from a thread to the lock it waits for, a solid one
 * from a lock to the thread that holds it. A cycle is drawn heavier, and its nodes are filled. The table says the same in words.
 */
'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { WaitForGraph } from '../../lib/experiments/wait-for-graph.ts'
import { ChartFrame } from './chart-frame.tsx'
import { useElementWidth } from './use-element-width.ts'
import { WaitForGraphDrawing } from './wait-for-graph-drawing.tsx'

export interface WaitForGraphChartProps {
  title: string
  subtitle?: ReactNode
  graph: WaitForGraph
  /** From a node's id. */
  nameOf: (id: string) => string
  threadsLabel: string
  locksLabel: string
}

const HEIGHT = 320
const TALL = 420
/** More nodes than this need the height. */
const FEW_NODES = 6

interface ThreadRow {
  id: string
  holds: string[]
  wants: string | null
  heldBy: string | null
  inCycle: boolean
}

export const threadRows = ({ nodes, edges, cycle }: WaitForGraph): ThreadRow[] =>
  nodes
    .filter(({ kind }) => kind === 'thread')
    .map(({ id }) => {
      const wants = edges.find((edge) => edge.kind === 'wants' && edge.from === id)?.to ?? null
      return {
        id,
        holds: edges.filter((edge) => edge.kind === 'holds' && edge.to === id).map(({ from }) => from),
        wants,
        heldBy: edges.find((edge) => edge.kind === 'holds' && edge.from === wants)?.to ?? null,
        inCycle: cycle.includes(id),
      }
    })

export function WaitForGraphChart(props: WaitForGraphChartProps) {
  const { title, subtitle, graph, nameOf, threadsLabel, locksLabel } = props
  const t = useTranslations('charts.waitForGraph')
  const [box, width] = useElementWidth<HTMLDivElement>()
  const height = graph.nodes.length > FEW_NODES ? TALL : HEIGHT
  const named = (id: string | null): string => (id === null ? '–' : nameOf(id))
  return (
    <ChartFrame
      title={title}
      subtitle={subtitle}
      height={`${height / 16}rem`}
      legend={[
        { mark: 'circle', label: threadsLabel, colour: 'var(--ink-muted)' },
        { mark: 'square', label: locksLabel, colour: 'var(--ink-muted)' },
        { mark: 'line', label: t('holds'), colour: 'var(--span-held)' },
        { mark: 'dashed-line', label: t('wants'), colour: 'var(--span-wait)' },
        { mark: 'bar', label: t('inCycle'), colour: 'var(--negative)' },
      ]}
      table={{
        columns: [
          { id: 'thread', header: threadsLabel, rowHeader: true, cell: (row) => nameOf(row.id) },
          { id: 'holds', header: t('holdsColumn'), cell: (row) => row.holds.map(nameOf).join(', ') || '–' },
          { id: 'wants', header: t('wants'), cell: (row) => named(row.wants) },
          { id: 'heldBy', header: t('heldByColumn'), cell: (row) => named(row.heldBy) },
          { id: 'cycle', header: t('inCycle'), cell: (row) => (row.inCycle ? t('yes') : t('no')) },
        ],
        rows: threadRows(graph),
        rowKey: (row) => row.id,
      }}
    >
      <div ref={box} className="h-full">
        {width > 0 && <WaitForGraphDrawing graph={graph} width={width} height={height} nameOf={nameOf} />}
      </div>
    </ChartFrame>
  )
}

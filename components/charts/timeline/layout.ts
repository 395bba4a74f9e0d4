/**
 * Where everything stands vertically: a heading per group, below it its counters and lanes, a lane as many sub-rows high as its spans
 * overlap. Rows are as high as the room allows, between a smallest height at which they can be told apart and a largest at which they look calm;
 * what then doesn't fit is scrolled. Pure: pixels in, pixels out.
 */
export interface LayoutLane {
  id: string
  rows: number
}

export interface LayoutGroup {
  key: string
  lanes: LayoutLane[]
  counters: string[]
  collapsed: boolean
}

export type Block =
  | { type: 'heading'; group: string; y: number; height: number; collapsed: boolean }
  | { type: 'lane'; group: string; id: string; y: number; height: number; rows: number; rowHeight: number }
  | { type: 'counter'; group: string; id: string; y: number; height: number }

export interface Layout {
  blocks: Block[]
  height: number
  /** With rows as high as they like to be: what the whole would take where there is room. */
  calmHeight: number
  rowHeight: number
}

export interface LayoutMetrics {
  heading: number
  counter: number
  gap: number
  groupGap: number
  /** Of a lane's block, so that its label fits. */
  smallestLane: number
  smallestRow: number
  largestRow: number
}

export const METRICS: LayoutMetrics = {
  heading: 24,
  counter: 40,
  gap: 2,
  groupGap: 8,
  smallestLane: 15,
  smallestRow: 4,
  largestRow: 24,
}

const laneHeight = (lane: LayoutLane, rowHeight: number, metrics: LayoutMetrics): number =>
  Math.max(metrics.smallestLane, Math.max(1, lane.rows) * rowHeight)

function place(groups: readonly LayoutGroup[], rowHeight: number, metrics: LayoutMetrics): Omit<Layout, 'calmHeight'> {
  const blocks: Block[] = []
  let y = 0
  for (const [position, group] of groups.entries()) {
    if (position > 0) y += metrics.groupGap
    blocks.push({ type: 'heading', group: group.key, y, height: metrics.heading, collapsed: group.collapsed })
    y += metrics.heading
    if (group.collapsed) continue
    y += metrics.gap
    for (const id of group.counters) {
      blocks.push({ type: 'counter', group: group.key, id, y, height: metrics.counter })
      y += metrics.counter + metrics.gap
    }
    for (const lane of group.lanes) {
      const height = laneHeight(lane, rowHeight, metrics)
      const rows = Math.max(1, lane.rows)
      blocks.push({
        type: 'lane',
        group: group.key,
        id: lane.id,
        y,
        height,
        rows,
        rowHeight: rows === 1 ? height : rowHeight,
      })
      y += height + metrics.gap
    }
  }
  return { blocks, height: y, rowHeight }
}

/** `room` null: rows as high as they like to be. */
export function layOut(groups: readonly LayoutGroup[], room: number | null, metrics: LayoutMetrics = METRICS): Layout {
  let layout = place(groups, metrics.largestRow, metrics)
  const calmHeight = layout.height
  if (room === null) return { ...layout, calmHeight }
  for (let height = metrics.largestRow - 1; layout.height > room && height >= metrics.smallestRow; height--) {
    layout = place(groups, height, metrics)
  }
  return { ...layout, calmHeight }
}

/** The block at a height, by binary search; null in a gap. */
export function blockAt(layout: Layout, y: number): Block | null {
  let low = 0
  let high = layout.blocks.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const block = layout.blocks[middle]
    if (block !== undefined && block.y + block.height > y) high = middle
    else low = middle + 1
  }
  const found = layout.blocks[low]
  return found !== undefined && found.y <= y ? found : null
}

/** The sums of a stretch of the display clock over every lane that is shown, per kind; kinds that are hidden don't count. */
import type { Scene } from './hit-test.ts'
import { addRow, emptySummary, type Summary } from './lane-summary.ts'
import type { Viewport } from './viewport.ts'

/** The lanes of a scene: those of folded groups too, since folding hides nothing. */
export function shownLanes(scene: Scene): string[] {
  const groups = new Map(
    scene.layout.blocks.flatMap((block) => (block.type === 'heading' ? [[block.group, block.collapsed] as const] : [])),
  )
  const placed = new Set(scene.layout.blocks.flatMap((block) => (block.type === 'lane' ? [block.id] : [])))
  return [...scene.index.lanes.values()].flatMap(({ lane }) =>
    placed.has(lane.id) || groups.get(lane.group) === true ? [lane.id] : [],
  )
}

export function selectionSums(scene: Scene, range: Viewport): Summary {
  const summary = emptySummary()
  for (const id of shownLanes(scene)) {
    const indexed = scene.index.lanes.get(id)
    const window = indexed === undefined ? null : scene.window(indexed.lane.group)
    if (indexed === undefined || window === null) continue
    const from = Math.max(range.from + window.offset, window.from)
    const to = Math.min(range.to + window.offset, window.to)
    for (const row of indexed.rows) addRow(summary, row, from, to)
  }
  return { spans: summary.spans, busy: summary.busy.map((micros, kind) => (scene.kinds & (1 << kind) ? micros : 0)) }
}

/** Scrolls the lane of a span that was reached by keyboard into the part that is seen. */
import type { TimelineStore } from './timeline-store.ts'

export function keepInSight(box: HTMLElement | null, store: TimelineStore, lane: string): void {
  const block = store.getState().layout.blocks.find((candidate) => candidate.type === 'lane' && candidate.id === lane)
  if (box === null || block === undefined) return
  if (block.y < box.scrollTop) box.scrollTop = block.y
  else if (block.y + block.height > box.scrollTop + box.clientHeight) {
    box.scrollTop = Math.min(block.y, block.y + block.height - box.clientHeight)
  }
}

/**
 * Arrows between lanes, such as from a message's arrival to its commit. A few show what goes where; more would bury the spans, so
 * of many a sample is drawn faintly and the rest is counted.
 */
import type { Picture } from './picture.ts'
import { pixelOf } from './viewport.ts'

const MOST = 40
/** From so many on they are faint. */
const MANY = 12

export function drawFlows(
  context: CanvasRenderingContext2D,
  picture: Picture,
): { flows: number; flowsLeftOut: number } {
  const { index, layout, view, pixels, palette } = picture
  if (index.flows.length === 0) return { flows: 0, flowsLeftOut: 0 }
  const middles = new Map<string, number>()
  for (const block of layout.blocks) {
    if (block.type === 'lane') middles.set(block.id, block.y + Math.min(block.height, block.rowHeight) / 2)
    else if (block.type === 'heading' && block.collapsed) {
      for (const { lane } of index.lanes.values()) {
        if (lane.group === block.group) middles.set(lane.id, block.y + block.height / 2)
      }
    }
  }
  // Groups may stand on shifted clocks; the offsets of the groups bound where an arrow can be.
  const offsets = index.groups.map((group) => picture.window(group)?.offset ?? 0)
  const { flows, all } = index.flows.crossing(view.from + Math.min(...offsets), view.to + Math.max(...offsets), MOST)
  context.save()
  context.beginPath()
  context.rect(0, picture.top, pixels, picture.height)
  context.clip()
  context.fillStyle = palette.ink
  const strength = flows.length > MANY ? 0.3 : 0.85
  for (const flow of flows) {
    const fromLane = index.lanes.get(flow.from.lane)
    const toLane = index.lanes.get(flow.to.lane)
    const y1 = middles.get(flow.from.lane)
    const y2 = middles.get(flow.to.lane)
    if (fromLane === undefined || toLane === undefined || y1 === undefined || y2 === undefined) continue
    const before = picture.window(fromLane.lane.group)
    const after = picture.window(toLane.lane.group)
    if (before === null || after === null || flow.from.at < before.from || flow.to.at > after.to) continue
    const x1 = pixelOf(view, flow.from.at - before.offset, pixels)
    const x2 = pixelOf(view, flow.to.at - after.offset, pixels)
    const bend = Math.min(60, Math.max(12, Math.abs(x2 - x1) / 2))
    context.beginPath()
    context.moveTo(x1, y1)
    context.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2 - 5, y2)
    context.globalAlpha = strength / 2
    context.strokeStyle = palette.raised
    context.lineWidth = 3
    context.stroke()
    context.globalAlpha = strength
    context.strokeStyle = palette.ink
    context.lineWidth = 1.25
    context.stroke()
    context.beginPath()
    context.moveTo(x2, y2)
    context.lineTo(x2 - 6, y2 - 3)
    context.lineTo(x2 - 6, y2 + 3)
    context.fill()
    context.beginPath()
    context.arc(x1, y1, 2, 0, 2 * Math.PI)
    context.fill()
  }
  context.restore()
  return { flows: flows.length, flowsLeftOut: all - flows.length }
}

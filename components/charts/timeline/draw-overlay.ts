/** What changes with the pointer, on a canvas of its own, so that hovering redraws no span: outlines, the selected stretch, markers. */
import type { Scene, SpanPlace } from './hit-test.ts'
import { fontOf, type Picture } from './picture.ts'
import { pixelOf, type Viewport } from './viewport.ts'

export interface Overlay {
  hovered: SpanPlace | null
  cursor: SpanPlace | null
  /** On the display clock. */
  range: Viewport | null
  pointer: number | null
}

interface Box {
  x: number
  y: number
  width: number
  height: number
}

export function boxOf(picture: Scene, place: SpanPlace): Box | null {
  const { index, layout, view, pixels } = picture
  const block = layout.blocks.find((candidate) => candidate.type === 'lane' && candidate.id === place.lane)
  const row = index.lanes.get(place.lane)?.rows[place.row]
  if (block?.type !== 'lane' || row === undefined || place.i >= row.length) return null
  const window = picture.window(block.group)
  if (window === null) return null
  const from = Math.max(-4, pixelOf(view, row.start(place.i) - window.offset, pixels))
  const to = Math.min(pixels + 4, pixelOf(view, row.end(place.i) - window.offset, pixels))
  if (to < -4 || from > pixels + 4) return null
  return {
    x: from,
    y: block.y + place.row * block.rowHeight,
    width: Math.max(2, to - from),
    height: block.rowHeight - 1,
  }
}

function outline(
  context: CanvasRenderingContext2D,
  picture: Picture,
  place: SpanPlace,
  colour: string,
  stroke: number,
) {
  const box = boxOf(picture, place)
  if (box === null) return
  // A line of the surface between span and outline keeps the outline visible on any colour.
  context.lineWidth = stroke + 2
  context.strokeStyle = picture.palette.raised
  context.strokeRect(box.x - 1, box.y - 1, box.width + 1, box.height + 2)
  context.lineWidth = stroke
  context.strokeStyle = colour
  context.strokeRect(box.x - 1, box.y - 1, box.width + 1, box.height + 2)
}

function drawRange(context: CanvasRenderingContext2D, picture: Picture, range: Viewport): void {
  const { view, pixels, palette } = picture
  const from = Math.max(-2, pixelOf(view, range.from, pixels))
  const to = Math.min(pixels + 2, pixelOf(view, range.to, pixels))
  if (to < from) return
  context.globalAlpha = 0.14
  context.fillStyle = palette.accent
  context.fillRect(from, picture.top, to - from, picture.height)
  context.globalAlpha = 1
  context.fillRect(from, picture.top, 1, picture.height)
  context.fillRect(to - 1, picture.top, 1, picture.height)
}

function drawMarkers(context: CanvasRenderingContext2D, picture: Picture): void {
  const { view, pixels, palette } = picture
  const offsets = new Set(picture.index.groups.map((group) => picture.window(group)?.offset ?? 0))
  // A marker is a moment of the run; where groups stand on different clocks there is no one place for it.
  if (offsets.size > 1) return
  const [offset = 0] = offsets
  context.font = fontOf(palette, 12, 600)
  context.textBaseline = 'middle'
  for (const marker of picture.markers) {
    const x = Math.round(pixelOf(view, marker.at - offset, pixels))
    if (x < 0 || x > pixels) continue
    context.fillStyle = palette.negative
    for (let y = picture.top; y < picture.top + picture.height; y += 8) context.fillRect(x, y, 2, 5)
    const wide = context.measureText(marker.label).width + 12
    const left = x + 2 + wide > pixels ? x - wide : x + 2
    const height = 20 * palette.rem
    context.fillRect(left, picture.top + 3, wide, height)
    context.fillStyle = palette.kinds[8]?.ink ?? palette.raised
    context.textAlign = 'left'
    context.fillText(marker.label, left + 6, picture.top + 3 + height / 2 + 0.5)
  }
}

export function drawOverlay(context: CanvasRenderingContext2D, picture: Picture, overlay: Overlay): void {
  context.clearRect(-8, picture.top, picture.pixels + 16, picture.height)
  if (overlay.range !== null) drawRange(context, picture, overlay.range)
  if (overlay.pointer !== null && overlay.hovered === null) {
    context.fillStyle = picture.palette.faint
    context.globalAlpha = 0.6
    context.fillRect(Math.round(overlay.pointer), picture.top, 1, picture.height)
    context.globalAlpha = 1
  }
  drawMarkers(context, picture)
  if (overlay.hovered !== null) outline(context, picture, overlay.hovered, picture.palette.ink, 1.5)
  if (overlay.cursor !== null) outline(context, picture, overlay.cursor, picture.palette.accent, 2.5)
}

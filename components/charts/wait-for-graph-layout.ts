/**
 * Where the nodes of a wait-for graph stand: threads and locks in turn around an ellipse, each thread between the lock of its own
 * number and the next, so that in a ring every edge leads to a neighbour; a lock that all share stands in the middle.
 */

export interface Placed {
  id: string
  x: number
  y: number
  /** Half of the node's width. */
  size: number
}

export interface GraphPlan {
  nodes: readonly Placed[]
  /** Whether names fit beside the nodes; otherwise numbers inside have to do. */
  named: boolean
}

export interface GraphNode {
  id: string
  kind: 'thread' | 'lock'
}

const LARGEST = 26
const SMALLEST = 9
/** Of a node's size, the part of the distance to its neighbour: the rest is for the edge. */
const SIZE_SHARE = 0.28
/** Of a node and its name; names stand above and below. */
const NAME_WIDTH = 104
const NAME_HEIGHT = 30
const MARGIN = 4
/** An ellipse much wider than high draws its edges nearly parallel. */
const WIDEST = 2.2
const SAMPLES = 720

interface Point {
  x: number
  y: number
}

export const planGraph = (nodes: readonly GraphNode[], width: number, height: number): GraphPlan => {
  const threads = nodes.filter(({ kind }) => kind === 'thread')
  const locks = nodes.filter(({ kind }) => kind === 'lock')
  const isRing = locks.length === threads.length
  const around = isRing ? threads.flatMap((thread, i) => [locks[i] ?? thread, thread]) : threads
  const inside = isRing ? [] : locks
  const centre = { x: width / 2, y: height / 2 }
  const ellipse = (halfWidth: number, halfHeight: number): Point[] => {
    const ry = height / 2 - MARGIN - halfHeight
    return evenlyAround(centre, Math.min(width / 2 - MARGIN - halfWidth, WIDEST * ry), ry, around.length)
  }
  const roomy = ellipse(NAME_WIDTH / 2, LARGEST + NAME_HEIGHT)
  const named = around.length <= 2 || nearest(roomy) >= NAME_WIDTH
  const points = named ? roomy : ellipse(LARGEST, LARGEST)
  const size = Math.max(SMALLEST, Math.min(LARGEST, SIZE_SHARE * nearest(points)))
  return {
    nodes: [
      ...around.map(({ id }, i): Placed => ({ id, ...(points[i] ?? centre), size })),
      ...inside.map(({ id }): Placed => ({ id, ...centre, size: LARGEST })),
    ],
    named,
  }
}

/** Equal stretches of the ellipse apart, beginning at its left end: by equal angles nodes would crowd at both ends. */
const evenlyAround = (centre: Point, rx: number, ry: number, count: number): Point[] => {
  const at = (sample: number): Point => {
    const angle = Math.PI + (2 * Math.PI * sample) / SAMPLES
    return { x: centre.x + rx * Math.cos(angle), y: centre.y + ry * Math.sin(angle) }
  }
  const lengths = [0]
  for (let i = 1; i <= SAMPLES; i++) lengths.push((lengths[i - 1] ?? 0) + distance(at(i - 1), at(i)))
  const whole = lengths[SAMPLES] ?? 0
  return Array.from({ length: count }, (_, i) => at(lengths.findIndex((length) => length >= (whole * i) / count)))
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)

/** Between neighbours; Infinity where there is only one. */
const nearest = (points: readonly Point[]): number =>
  points.length < 2
    ? Number.POSITIVE_INFINITY
    : Math.min(...points.map((point, i) => distance(point, points[(i + 1) % points.length] ?? point)))

export interface EdgePath {
  /** An SVG path from one node's border to the other's, as far as the arrow's head. */
  line: string
  /** The corners of the arrow's head. */
  head: string
}

const HEAD = 11
const HALF_HEAD = 5.5
const CLEAR = 3

/** `bend`: how far the middle stands off the straight line, to the left of its direction; for two edges between the same nodes. */
export const edgePath = (from: Placed, to: Placed, bend: number): EdgePath => {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = Math.hypot(dx, dy) || 1
  const middle = {
    x: (from.x + to.x) / 2 + (2 * bend * dy) / length,
    y: (from.y + to.y) / 2 - (2 * bend * dx) / length,
  }
  const start = towards(from, middle, from.size + CLEAR)
  const tip = towards(to, middle, to.size + CLEAR)
  const base = towards(to, middle, to.size + CLEAR + HEAD)
  const [ux, uy] = [(tip.x - base.x) / HEAD, (tip.y - base.y) / HEAD]
  const corner = (side: number): string => point(base.x - side * uy * HALF_HEAD, base.y + side * ux * HALF_HEAD)
  return {
    line: `M${point(start.x, start.y)} Q${point(middle.x, middle.y)} ${point(base.x, base.y)}`,
    head: `${point(tip.x, tip.y)} ${corner(1)} ${corner(-1)}`,
  }
}

const towards = (from: Point, to: Point, by: number): Point => {
  const share = by / (distance(from, to) || 1)
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
}

const point = (x: number, y: number): string => `${x.toFixed(1)},${y.toFixed(1)}`

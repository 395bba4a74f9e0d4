/**
 * The state of one timeline and everything that can be done to it: what is in view, which kinds and groups are shown, what is selected.
 * Drawing and React both listen to it; neither owns a part of it. Runs without a browser, so its rules are tested as such.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Trace } from '#lib/contract/trace.ts'
import { displayExtent, type Focus, type GroupWindow, groupWindow, roundsOf } from './group-clock.ts'
import type { Scene, SpanPlace } from './hit-test.ts'
import { type Layout, type LayoutGroup, layOut, METRICS } from './layout.ts'
import type { Drawn } from './picture.ts'
import { type IndexedLane, SpanIndex } from './span-index.ts'
import { clamped, fitted, revealing, type Viewport } from './viewport.ts'

const ALL_KINDS = -1

export interface TimelineState {
  /** Counts the batches read, because the index itself changes in place. */
  version: number
  layout: Layout
  bounds: Viewport
  view: Viewport
  /** The view is the whole and grows with it. */
  following: boolean
  live: boolean
  focus: Focus
  kinds: number
  collapsed: ReadonlySet<string>
  tall: boolean
  cursor: SpanPlace | null
  range: Viewport | null
  /** The end of `range` that stays where it is while keys move the other; null where a pointer selected. */
  rangeAnchor: number | null
  /** Where the pointer is, in pixels of the plot and of the layout. */
  hover: { x: number; y: number } | null
  /** What the last frame showed; told at most a few times a second. */
  drawn: Drawn
  /** CSS pixels of the plot, its visible height, and the factor of rem. */
  size: { pixels: number; room: number; rem: number }
}

export interface TimelineStore extends StoreApi<TimelineState> {
  readonly index: SpanIndex
  readTrace(trace: Trace, live: boolean): void
  resize(size: TimelineState['size']): void
  look(view: Viewport): void
  fit(): void
  focusOn(focus: Focus): void
  toggleKind(kind: number): void
  toggleGroup(group: string): void
  setTall(tall: boolean): void
  setCursor(cursor: SpanPlace | null): void
  setRange(range: Viewport | null): void
  /** Selects between two moments, of which keys may go on to move `head`, and keeps that one in view. */
  selectFrom(anchor: number, head: number): void
  setHover(hover: TimelineState['hover']): void
  setDrawn(drawn: Drawn): void
  windowOf(group: string): GroupWindow | null
  scene(): Scene
}

/** Whether a lane has a place in the stretch: it did something there, or at least lived before and after it. */
function livesIn({ rows }: IndexedLane, window: GroupWindow): boolean {
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  for (const row of rows) {
    const i = row.firstEndingAfter(window.from)
    if (i < row.length && row.start(i) < window.to) return true
    if (row.length > 0) {
      first = Math.min(first, row.start(0))
      last = Math.max(last, row.end(row.length - 1))
    }
  }
  return first < window.from && last > window.to
}

/** How many rows the stretch needs: those below the last that is used there stay away. */
function rowsIn({ rows }: IndexedLane, window: GroupWindow): number {
  const last = rows.findLastIndex((row) => {
    const i = row.firstEndingAfter(window.from)
    return i < row.length && row.start(i) < window.to
  })
  return last + 1
}

function layoutGroups(index: SpanIndex, focus: Focus, collapsed: ReadonlySet<string>): LayoutGroup[] {
  const groups = new Map<string, LayoutGroup>()
  for (const key of index.groups) {
    if (groupWindow(index, focus, key) === null && focus.round !== null) continue
    groups.set(key, { key, lanes: [], counters: [], collapsed: collapsed.has(key) })
  }
  for (const indexed of index.lanes.values()) {
    const { lane, rows } = indexed
    const window = groupWindow(index, focus, lane.group)
    if (window === null || (focus.round !== null && !livesIn(indexed, window))) continue
    groups
      .get(lane.group)
      ?.lanes.push({ id: lane.id, rows: focus.round === null ? rows.length : rowsIn(indexed, window) })
  }
  for (const counter of index.counters.values()) groups.get(counter.group)?.counters.push(counter.id)
  return [...groups.values()]
}

export function createTimelineStore(): TimelineStore {
  const index = new SpanIndex()
  const everything: Focus = { round: null, linedUp: false }
  const store = createStore<TimelineState>(() => ({
    version: 0,
    layout: { blocks: [], height: 0, calmHeight: 0, rowHeight: METRICS.largestRow },
    bounds: { from: 0, to: 1000 },
    view: { from: 0, to: 1000 },
    following: true,
    live: false,
    focus: everything,
    kinds: ALL_KINDS,
    collapsed: new Set<string>(),
    tall: false,
    cursor: null,
    range: null,
    rangeAnchor: null,
    hover: null,
    drawn: { spans: 0, aggregated: 0, flows: 0, flowsLeftOut: 0 },
    size: { pixels: 0, room: 0, rem: 1 },
  }))

  const layout = (state: TimelineState): Layout => {
    const { rem } = state.size
    const scaled = Object.fromEntries(
      Object.entries(METRICS).map(([name, value]) => [name, Math.round(value * rem)]),
    ) as Record<keyof typeof METRICS, number>
    return layOut(layoutGroups(index, state.focus, state.collapsed), state.tall ? null : state.size.room, scaled)
  }
  const patch = (change: Partial<TimelineState>): void => {
    const next = { ...store.getState(), ...change }
    store.setState({ ...change, layout: layout(next) })
  }
  const boundsOf = (focus: Focus): Viewport => fitted(displayExtent(index, focus) ?? { from: 0, to: 1000 })

  const look = (view: Viewport): void => {
    const { bounds } = store.getState()
    const next = clamped(view, bounds)
    store.setState({ view: next, following: next.from <= bounds.from && next.to >= bounds.to })
  }

  return Object.assign(store, {
    index,
    readTrace(trace: Trace, live: boolean) {
      // An empty trace may stand here until the run's own is loaded.
      const first = index.spanCount === 0 && !store.getState().live
      index.update(trace)
      if (!live) index.settle()
      const { focus: before, following, view, version, cursor } = store.getState()
      let focus = before
      // A finished run opens with its first measured round, lined up: there the strategies can be compared at a glance.
      if (first && !live && index.groups.length > 1) {
        const measured = roundsOf(index).find((round) => round >= 0)
        if (measured !== undefined && index.rounds.size > 1) focus = { round: measured, linedUp: true }
      }
      const bounds = boundsOf(focus)
      const rows = cursor === null ? undefined : index.lanes.get(cursor.lane)?.rows
      patch({
        version: version + 1,
        live,
        focus,
        bounds,
        view: following ? bounds : clamped(view, bounds),
        cursor: cursor !== null && cursor.i < (rows?.[cursor.row]?.length ?? 0) ? cursor : null,
      })
    },
    resize(size: TimelineState['size']) {
      const before = store.getState().size
      if (before.pixels === size.pixels && before.room === size.room && before.rem === size.rem) return
      patch({ size })
    },
    look,
    fit() {
      store.setState({ view: store.getState().bounds, following: true })
    },
    focusOn(focus: Focus) {
      const bounds = boundsOf(focus)
      patch({ focus, bounds, view: bounds, following: true, range: null, rangeAnchor: null, cursor: null })
    },
    toggleKind(kind: number) {
      store.setState({ kinds: store.getState().kinds ^ (1 << kind) })
    },
    toggleGroup(group: string) {
      const collapsed = new Set(store.getState().collapsed)
      if (!collapsed.delete(group)) collapsed.add(group)
      patch({ collapsed })
    },
    setTall: (tall: boolean) => patch({ tall }),
    setCursor: (cursor: SpanPlace | null) => store.setState({ cursor, rangeAnchor: null }),
    setRange: (range: Viewport | null) => store.setState({ range, rangeAnchor: null }),
    selectFrom(anchor: number, head: number) {
      const { bounds, view } = store.getState()
      const end = Math.min(Math.max(head, bounds.from), bounds.to)
      store.setState({ range: { from: Math.min(anchor, end), to: Math.max(anchor, end) }, rangeAnchor: anchor })
      look(revealing(view, { from: end, to: end }, bounds))
    },
    setHover(hover: TimelineState['hover']) {
      if (hover !== null || store.getState().hover !== null) store.setState({ hover })
    },
    setDrawn: (drawn: Drawn) => store.setState({ drawn }),
    windowOf: (group: string) => groupWindow(index, store.getState().focus, group),
    scene(): Scene {
      const state = store.getState()
      return {
        index,
        layout: state.layout,
        view: state.view,
        pixels: Math.max(1, state.size.pixels),
        kinds: state.kinds,
        window: (group) => groupWindow(index, state.focus, group),
      }
    },
  })
}

/** Moves the view to where a button or a key sends it in a few frames, so that the eye can follow; at once where motion is unwanted. */
import type { TimelineStore } from './timeline-store.ts'
import type { Viewport } from './viewport.ts'

const MILLISECONDS = 140
const moves = new WeakMap<TimelineStore, number>()

export function stopGliding(store: TimelineStore): void {
  const frame = moves.get(store)
  if (frame !== undefined) cancelAnimationFrame(frame)
  moves.delete(store)
}

export function glideTo(store: TimelineStore, target: Viewport): void {
  stopGliding(store)
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) {
    store.look(target)
    return
  }
  const from = store.getState().view
  let began: number | null = null
  const frame = (now: number): void => {
    began ??= now
    const share = Math.min(1, (now - began) / MILLISECONDS)
    const eased = 1 - (1 - share) ** 3
    store.look({ from: from.from + (target.from - from.from) * eased, to: from.to + (target.to - from.to) * eased })
    if (share < 1) moves.set(store, requestAnimationFrame(frame))
    else moves.delete(store)
  }
  moves.set(store, requestAnimationFrame(frame))
}

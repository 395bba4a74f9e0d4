/** The one live run of the page: which run is followed, what is known of it, and how the stream is doing. */
import { create } from 'zustand'
import type { Run } from '../contract/run.ts'
import { applyEvents, type LiveRun, liveRunOf, type NumberedEvent } from './live-run.ts'
import type { Connection } from './run-events.ts'

interface LiveRunStore {
  live: LiveRun | null
  connection: Connection
  /** Starts anew with this record; of a run that is held already the stream knows more. */
  hold(run: Run): void
  apply(runId: string, events: readonly NumberedEvent[]): void
  setConnection(connection: Connection): void
  clear(): void
}

export const useLiveRun = create<LiveRunStore>()((set) => ({
  live: null,
  connection: 'closed',
  hold: (run) => set(({ live }) => (live?.run.id === run.id ? {} : { live: liveRunOf(run) })),
  apply: (runId, events) =>
    // Events of a run that is no longer shown may still be on their way.
    set(({ live }) => (live?.run.id === runId ? { live: applyEvents(live, events) } : {})),
  setConnection: (connection) => set({ connection }),
  clear: () => set({ live: null, connection: 'closed' }),
}))

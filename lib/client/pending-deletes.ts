/**
 * Deleting with undo: a run disappears at once from every list and is deleted for good a little later, when the notice about it
 * goes or the page is left. Until then it can be had back. A run that can't be deleted reappears.
 */
import { create } from 'zustand'
import type { ApiProblem } from './api.ts'
import { deleteRun } from './run-actions.ts'

interface PendingDeletes {
  /** Runs that lists leave out: to be deleted, or deleted. */
  hidden: ReadonlySet<string>
  /** Of these, the ones that can still be had back. */
  pending: ReadonlySet<string>
  hide(runId: string): void
  restore(runId: string): void
  /** Deletes for good what is still pending; tells what went wrong. */
  settle(runId: string): Promise<ApiProblem | null>
}

export const createPendingDeletes = (remove: typeof deleteRun) =>
  create<PendingDeletes>()((set, get) => ({
    hidden: new Set(),
    pending: new Set(),
    hide: (runId) =>
      set(({ hidden, pending }) => ({ hidden: new Set(hidden).add(runId), pending: new Set(pending).add(runId) })),
    restore: (runId) =>
      set(({ hidden, pending }) => ({ hidden: without(hidden, runId), pending: without(pending, runId) })),
    settle: async (runId) => {
      if (!get().pending.has(runId)) return null
      set(({ pending }) => ({ pending: without(pending, runId) }))
      const { problem } = await remove(runId)
      // Somebody else has deleted it: as wished.
      if (!problem || problem.status === 404) return null
      set(({ hidden }) => ({ hidden: without(hidden, runId) }))
      return problem
    },
  }))

/** Whoever leaves without undoing has meant it, whichever page is shown when the document goes. */
export const settleOnLeaving = (store: ReturnType<typeof createPendingDeletes>, page: EventTarget): void =>
  page.addEventListener('pagehide', () => {
    const { pending, settle } = store.getState()
    for (const runId of pending) void settle(runId)
  })

export const usePendingDeletes = createPendingDeletes(deleteRun)
// For as long as the document lives: the list that hid a run may be long gone by then.
if (typeof window !== 'undefined') settleOnLeaving(usePendingDeletes, window)

const without = (ids: ReadonlySet<string>, id: string): ReadonlySet<string> => {
  const rest = new Set(ids)
  rest.delete(id)
  return rest
}

/**
 * Which runs were started in this browser: only their predictions are the reader's own. Kept in the browser's storage and, where
 * that is refused, for as long as the page lives.
 */
const STORAGE_KEY = 'interleave.own-runs'
/** Older ones are forgotten, so that the browser's storage is not ours to fill. */
const KEPT = 500

const ofThisPage = new Set<string>()

export const rememberOwnRun = (storage: Storage | null, runId: string): void => {
  ofThisPage.add(runId)
  try {
    storage?.setItem(STORAGE_KEY, JSON.stringify([...readOwnRuns(storage), runId].slice(-KEPT)))
  } catch {
    // Full or forbidden: it is remembered until the page is left.
  }
}

export const isOwnRun = (storage: Storage | null, runId: string): boolean =>
  ofThisPage.has(runId) || readOwnRuns(storage).includes(runId)

const readOwnRuns = (storage: Storage | null): string[] => {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(STORAGE_KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}

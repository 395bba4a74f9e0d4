/**
 * Where a worker finds its next call. Threads claim from shared memory (shared-claims.ts), processes from a shared file
 * offset (log-claims.ts); what is done with a claimed call is the same for both (task-loop.ts).
 */
import type { Task } from './executor.ts'
import type { EntryId } from './protocol.ts'

export interface Claim extends EntryId {
  task: Task<unknown, unknown>
  args: unknown
  /** It was cancelled before anyone claimed it. */
  skipped: boolean
  /** What is behind it may be terminated: results that others wait for are handed over before it starts. */
  cancellable: boolean
  cancelled(): boolean
  /** The call has ended; its result is not handed over yet. */
  ended(): void
}

export interface Claims<Handout> {
  add(handout: Handout): void
  /** Null: nothing is left. `startedUs` is told to the caller's side, for a call whose worker will not tell it any more. */
  next(worker: number, startedUs: number): Claim | null
}

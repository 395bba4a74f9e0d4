/** One worker as its pool holds it: a thread (thread-link.ts) or a process (process-link.ts). */
import type { FromWorker, ToWorker } from './protocol.ts'

export interface LinkListener {
  message(message: FromWorker): void
  /** It is gone, and every message it sent has been received. `reason` says how it ended. */
  ended(reason: string): void
}

export interface WorkerLink<Handout> {
  send(message: ToWorker<Handout>): void
  /** Ends it in the middle of whatever it does. */
  stop(): void
}

/** Starts a worker whose first line of claims is `worker`. */
export type Connect<Handout> = (worker: number, listener: LinkListener) => WorkerLink<Handout>

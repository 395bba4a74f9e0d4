/** A failure as it is told to the runner: those of queue and database with their place, everything else as a crash. */
import type { FromParty } from './flow-messages.ts'
import { PartyFailure } from './party.ts'

export const failureMessage = (error: unknown): FromParty & { type: 'failed' } => ({
  type: 'failed',
  code: error instanceof PartyFailure ? error.code : 'crashed',
  message: error instanceof Error ? error.message : String(error),
})

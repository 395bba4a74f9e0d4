/**
 * Starts the server in the process it is for: settings from the environment, an end with the process's signals. Next.js's own
 * handlers of a signal come after ours: they end the process as soon as no connection is open, whatever else is going on.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { makeRequestsAnswerable } from './answerable-requests.ts'
import { type InterleaveServer, startServer } from './server.ts'
import { readSettings } from './settings.ts'

/** Whoever started this process kills it two seconds after the signal. */
const LONGEST_STOP_MS = 1_500
/** Next.js waits for connections that browsers keep open without asking anything; what is being answered is given so long. */
const LAST_ANSWERS_MS = 300

const endWith = (server: InterleaveServer): void => {
  let ending = false
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    const others = process.listeners(signal)
    process.removeAllListeners(signal)
    const end = async (): Promise<void> => {
      // Ctrl-C comes twice: from the terminal, and from the npm script that hands it on.
      if (ending) return
      ending = true
      const stopping = server.stop().catch((error) => console.error('Stopping failed:', error))
      await Promise.race([stopping, pause(LONGEST_STOP_MS)])
      for (const other of others) other(signal)
      if (others.length === 0) process.exit(1)
      setTimeout(() => process.exit(0), LAST_ANSWERS_MS).unref()
    }
    process.on(signal, () => void end())
  }
}

/** Prints why and exits where the server can't be: pages without it would be of no use. */
export const startProcess = (): void => {
  try {
    makeRequestsAnswerable()
    endWith(startServer(readSettings(process.env)))
  } catch (error) {
    console.error(`\nInterleave can't start. ${error instanceof Error ? error.message : error}\n`)
    process.exit(1)
  }
}

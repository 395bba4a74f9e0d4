/** How a command ends that could not do what it is for: what happened, and an exit code; of one that was stopped the signal's. */
import { Interrupted } from './stop-signal.js'

export const failWith = (what, error) => {
  console.error(`\n${what}: ${error.message}`)
  process.exitCode = error instanceof Interrupted ? error.exitCode : 1
}

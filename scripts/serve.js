/** Runs Next.js until it ends; being stopped is how a server ends, so that is no failure. */
import { nextProgram, nodeBinary } from './project.js'
import { runProgram } from './run-program.js'
import { Interrupted } from './stop-signal.js'

/** Answers the exit code of the whole command. */
export const serve = async (command, { host, port }, options = {}) => {
  try {
    const args = [nextProgram, command, '--port', String(port), '--hostname', host]
    return (await runProgram(nodeBinary, args, options)).code
  } catch (error) {
    if (error instanceof Interrupted) return 0
    throw error
  }
}

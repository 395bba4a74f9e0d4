/** Runs a command with Redis and PostgreSQL of its own: `node scripts/with-servers.js node --test some.test.ts`. */
import { ensureServers } from './ensure-servers.js'
import { failWith } from './fail-with.js'
import { runProgram } from './run-program.js'

const [command, ...args] = process.argv.slice(2)
let servers = null
try {
  servers = await ensureServers()
  for (const sentence of servers.missing) console.log(`Not to be had: ${sentence}`)
  process.exitCode = (await runProgram(command, args, { env: servers.env })).code
} catch (error) {
  failWith(command, error)
} finally {
  await servers?.stop()
}

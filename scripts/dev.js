/** `npm run dev`: the same server with changes shown as they are saved. */
import { readAddress, refuseOccupied } from './address.js'
import { ensureMovies } from './ensure-built.js'
import { ensureInstalled } from './ensure-installed.js'
import { nextProgram, nodeBinary } from './project.js'
import { runProgram } from './run-program.js'

try {
  const address = readAddress()
  await ensureInstalled()
  await ensureMovies()
  await refuseOccupied(address)
  const { code } = await runProgram(nodeBinary, [
    nextProgram,
    'dev',
    '--port',
    String(address.port),
    '--hostname',
    address.host,
  ])
  process.exitCode = code
} catch (error) {
  console.error(`\nInterleave could not start: ${error.message}`)
  process.exitCode = 1
}

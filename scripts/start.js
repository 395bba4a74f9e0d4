/** `npm start`: installs what is needed, builds when there is something to build, serves, and prints the address. */
import { readAddress, refuseOccupied } from './address.js'
import { ensureBuilt } from './ensure-built.js'
import { ensureInstalled } from './ensure-installed.js'
import { nextProgram, nodeBinary } from './project.js'
import { runProgram } from './run-program.js'

const announce = async (url, ended) => {
  while (!ended.aborted) {
    const response = await fetch(`${url}/api/health`).catch(() => null) // not listening yet: asked again below
    if (response?.ok) {
      console.log(`\n  Interleave is ready: ${url}\n  Ctrl-C ends it.\n`)
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

try {
  const address = readAddress()
  await ensureInstalled()
  await ensureBuilt()
  await refuseOccupied(address)
  const ended = new AbortController()
  const { code } = await runProgram(
    nodeBinary,
    [nextProgram, 'start', '--port', String(address.port), '--hostname', address.host],
    {
      env: { NODE_ENV: 'production' },
      onSpawn: () => void announce(address.url, ended.signal),
    },
  )
  ended.abort()
  process.exitCode = code
} catch (error) {
  console.error(`\nInterleave could not start: ${error.message}`)
  process.exitCode = 1
}

/** `npm start`: installs what is needed, builds when there is something to build, serves, and prints the address. */
import { readAddress, refuseOccupied } from './address.js'
import { ensureBuilt } from './ensure-built.js'
import { ensureInstalled } from './ensure-installed.js'
import { failWith } from './fail-with.js'
import { serve } from './serve.js'

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

const ended = new AbortController()
try {
  const address = readAddress()
  await ensureInstalled()
  await ensureBuilt()
  await refuseOccupied(address)
  process.exitCode = await serve('start', address, {
    env: { NODE_ENV: 'production' },
    onSpawn: () => void announce(address.url, ended.signal),
  })
} catch (error) {
  failWith('Interleave could not start', error)
} finally {
  ended.abort()
}

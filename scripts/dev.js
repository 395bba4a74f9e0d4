/** `npm run dev`: the same server with changes shown as they are saved. */
import { readAddress, refuseOccupied } from './address.js'
import { ensureMovies } from './ensure-built.js'
import { ensureInstalled } from './ensure-installed.js'
import { failWith } from './fail-with.js'
import { serve } from './serve.js'

try {
  const address = readAddress()
  await ensureInstalled()
  await ensureMovies()
  await refuseOccupied(address)
  process.exitCode = await serve('dev', address)
} catch (error) {
  failWith('Interleave could not start', error)
}

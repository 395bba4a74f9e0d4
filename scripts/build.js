/** `npm run build`: the film database and the pages, when their sources have changed. */
import { ensureBuilt } from './ensure-built.js'
import { ensureInstalled } from './ensure-installed.js'
import { failWith } from './fail-with.js'

try {
  await ensureInstalled()
  await ensureBuilt()
} catch (error) {
  failWith('Interleave could not be built', error)
}

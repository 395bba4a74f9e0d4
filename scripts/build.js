/** `npm run build`: the film database and the pages, when their sources have changed. */
import { ensureBuilt } from './ensure-built.js'
import { ensureInstalled } from './ensure-installed.js'

try {
  await ensureInstalled()
  await ensureBuilt()
} catch (error) {
  console.error(`\nInterleave could not be built: ${error.message}`)
  process.exitCode = 1
}

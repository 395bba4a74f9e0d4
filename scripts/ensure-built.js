/** Builds the pages and the film database when their sources have changed since the last build; otherwise takes some milliseconds. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { nextProgram, nodeBinary, root } from './project.js'
import { runProgram } from './run-program.js'

/** What `next build` reads. Workers run from source, so they need no build. */
const SOURCES = [
  'app',
  'components',
  'lib',
  'public',
  'proxy.ts',
  'instrumentation.ts',
  'next.config.js',
  'postcss.config.js',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]

const stamp = path.join(root, '.next', 'built-from')

const addToHash = (hash, file) => {
  const entries = readdirSync(file, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    const full = path.join(file, entry.name)
    if (entry.isDirectory()) addToHash(hash, full)
    else if (!entry.name.endsWith('.test.ts')) hash.update(path.relative(root, full)).update(readFileSync(full))
  }
}

const sourceHash = () => {
  const hash = createHash('sha256')
  for (const name of SOURCES) {
    const full = path.join(root, name)
    if (!existsSync(full)) continue
    if (path.extname(name)) hash.update(name).update(readFileSync(full))
    else addToHash(hash, full)
  }
  return hash.digest('hex')
}

export const ensureMovies = async () => {
  const { code } = await runProgram(nodeBinary, [path.join(root, 'scripts', 'build-movies.ts')])
  if (code !== 0) throw new Error('the film database could not be built (see above)')
}

export const ensureBuilt = async () => {
  await ensureMovies()
  const wanted = sourceHash()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.log('Building …')
  rmSync(stamp, { force: true })
  const { code } = await runProgram(nodeBinary, [nextProgram, 'build'], { graceMs: 5_000 })
  if (code !== 0) throw new Error(`the build ended with ${code} (see above)`)
  writeFileSync(stamp, wanted)
}

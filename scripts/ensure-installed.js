/** Installs the dependencies when they are missing or the lock file has changed since they were installed; otherwise takes no time. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { nodeBinary, root } from './project.js'
import { runProgram } from './run-program.js'

const stamp = path.join(root, 'node_modules', '.installed-from')

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex')

export const ensureInstalled = async () => {
  const wanted = lockHash()
  if (existsSync(stamp) && existsSync(nodeBinary) && readFileSync(stamp, 'utf8') === wanted) return
  console.log('Installing dependencies …')
  // npm's own program where npm started us: on Windows `npm` is no executable, and PATH may name another one.
  const npm = process.env.npm_execpath
  // Not `ci`: it insists on every optional package of every platform, and a registry that lags behind may lack some that
  // this machine doesn't need. The lock file still decides the versions, and `--no-save` leaves it as it is.
  const args = ['install', '--no-save', '--no-audit', '--no-fund']
  const { code } = npm
    ? await runProgram(process.execPath, [npm, ...args], { graceMs: 10_000 })
    : await runProgram('npm', args, { graceMs: 10_000 })
  if (code !== 0) throw new Error(`npm install ended with ${code}: the dependencies could not be installed (see above)`)
  if (!existsSync(nodeBinary)) {
    throw new Error(
      'the npm package "node" was installed without its binary: its install script was not allowed to run (npm config ignore-scripts?)',
    )
  }
  writeFileSync(stamp, wanted)
}

/**
 * Finds a Chromium for the end-to-end tests: Playwright's own if installed, else the system's, else tries to install one
 * (Playwright's, then the system's package manager where we are root), else fails with the one command to run.
 */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { nodeBinary, root } from './project.js'
import { runProgram } from './run-program.js'
import { Interrupted } from './stop-signal.js'

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

const playwrightOwn = async () => {
  const { chromium } = await import('@playwright/test')
  const own = chromium.executablePath()
  return own && existsSync(own) ? own : null
}

const systemOwn = () => {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    for (const name of SYSTEM_NAMES) {
      const full = path.join(folder, name)
      if (existsSync(full)) return full
    }
  }
  return null
}

const tryTo = async (label, command, args, env) => {
  console.log(label)
  try {
    return (await runProgram(command, args, { env })).code === 0
  } catch (error) {
    if (error instanceof Interrupted) throw error
    return false // no such program: the next way is tried
  }
}

/** The path of a Chromium's executable. */
export const ensureBrowser = async () => {
  const found = (await playwrightOwn()) ?? systemOwn()
  if (found) return found
  const cli = path.join(root, 'node_modules', '@playwright', 'test', 'cli.js')
  if (await tryTo('Installing a browser for the tests …', nodeBinary, [cli, 'install', 'chromium'])) {
    const own = await playwrightOwn()
    if (own) return own
  }
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    await tryTo('Playwright has none for here; asking the system …', 'apt-get', ['update', '-q'], env)
    await tryTo('Installing chromium …', 'apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], env)
  }
  const installed = systemOwn()
  if (installed) return installed
  throw new Error('no Chromium for the end-to-end tests. Run this once: npx playwright install --with-deps chromium')
}

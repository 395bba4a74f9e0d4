/**
 * `npm test`: installs what is needed, then type check, lint, unit tests, and the end-to-end tests against a production
 * build. Stops at the first stage that fails and closes with one line that counts the tests.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ensureBrowser } from './ensure-browser.js'
import { ensureBuilt, ensureMovies } from './ensure-built.js'
import { ensureInstalled } from './ensure-installed.js'
import { ensureServers } from './ensure-servers.js'
import { failWith } from './fail-with.js'
import { nextProgram, nodeBinary, root } from './project.js'
import { runProgram } from './run-program.js'
import { stopSignal } from './stop-signal.js'
import { countsOfOutput, countsOfReport } from './test-counts.js'

const counts = { passed: 0, failed: 0, skipped: 0 }
const folder = mkdtempSync(path.join(tmpdir(), 'interleave-test-'))
/** Redis and PostgreSQL of these tests' own. */
let servers = { env: {}, missing: [], stop: async () => undefined }
const bin = (name) => path.join(root, 'node_modules', '.bin', name)

const count = (more) => {
  for (const name of Object.keys(counts)) counts[name] += more[name]
}

const stages = [
  [
    'Type check',
    async () =>
      (await runProgram(nodeBinary, [nextProgram, 'typegen'])).code ||
      (await runProgram(bin('tsc'), ['--noEmit'])).code,
  ],
  ['Lint', async () => (await runProgram(bin('biome'), ['check', '.'])).code],
  [
    'Unit tests',
    async () => {
      let tail = ''
      const { code } = await runProgram(
        nodeBinary,
        [
          '--test',
          '--test-reporter=spec',
          '--test-timeout=180000',
          '{lib,workers,components,app,scripts}/**/*.test.ts',
        ],
        { env: servers.env, onOutput: (text) => (tail = (tail + text).slice(-20_000)) },
      )
      count(countsOfOutput(tail))
      return code
    },
  ],
  [
    'End-to-end tests',
    async () => {
      await ensureBuilt()
      const report = path.join(folder, 'e2e.json')
      const { code } = await runProgram(bin('playwright'), ['test'], {
        env: { ...servers.env, INTERLEAVE_CHROMIUM: await ensureBrowser(), PLAYWRIGHT_JSON_OUTPUT_FILE: report },
        graceMs: 10_000,
      })
      count(countsOfReport(report))
      return code
    },
  ],
]

try {
  await ensureInstalled()
  await ensureMovies()
  servers = await ensureServers()
  for (const sentence of servers.missing) console.log(`Tests that need it are skipped: ${sentence}`)
  for (const [name, run] of stages) {
    stopSignal.throwIfAborted()
    console.log(`\n=== ${name} ===\n`)
    const code = await run()
    if (code !== 0) throw new Error(`${name}: failed (exit code ${code})`)
  }
  // Told last: what can be tested without them has been.
  if (process.env.CI === 'true' && servers.missing.length > 0) {
    throw new Error(`in CI nothing may be skipped, and this was not to be had:\n  ${servers.missing.join('\n  ')}`)
  }
} catch (error) {
  failWith('npm test', error)
  counts.failed ||= 1
} finally {
  await servers.stop()
  rmSync(folder, { recursive: true, force: true })
  console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
}

/**
 * `npm test`: installs what is needed, then type check, lint, unit tests, and the end-to-end tests against a production
 * build. Stops at the first stage that fails and closes with one line that counts the tests.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { ensureBrowser } from './ensure-browser.js'
import { ensureBuilt, ensureMovies } from './ensure-built.js'
import { ensureInstalled } from './ensure-installed.js'
import { ensureServers } from './ensure-servers.js'
import { nextProgram, nodeBinary, root } from './project.js'
import { runProgram } from './run-program.js'

const counts = { passed: 0, failed: 0, skipped: 0 }
const folder = mkdtempSync(path.join(tmpdir(), 'interleave-test-'))
/** Redis and PostgreSQL of these tests' own. */
let servers = { env: {}, missing: [], stop: async () => undefined }
const bin = (name) => path.join(root, 'node_modules', '.bin', name)

const countLines = (output) => {
  const number = (word) => Number(output.match(new RegExp(`^. ${word} (\\d+)`, 'm'))?.[1] ?? 0)
  counts.passed += number('pass')
  counts.failed += number('fail') + number('cancelled')
  counts.skipped += number('skipped')
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
      countLines(stripVTControlCharacters(tail))
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
      const { stats } = JSON.parse(readFileSync(report, 'utf8'))
      counts.passed += stats.expected + stats.flaky
      counts.failed += stats.unexpected
      counts.skipped += stats.skipped
      return code
    },
  ],
]

try {
  await ensureInstalled()
  await ensureMovies()
  servers = await ensureServers()
  for (const sentence of servers.missing) console.log(`Tests that need it are skipped: ${sentence}`)
  if (process.env.CI === 'true' && servers.missing.length > 0) throw new Error('in CI every server is needed')
  for (const [name, run] of stages) {
    console.log(`\n=== ${name} ===\n`)
    const code = await run()
    if (code !== 0) throw new Error(`${name}: failed (exit code ${code})`)
  }
} catch (error) {
  console.error(`\n${error.message}`)
  counts.failed ||= 1
  process.exitCode = 1
} finally {
  await servers.stop()
  rmSync(folder, { recursive: true, force: true })
  console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
}

/**
 * `npm run lighthouse`: Lighthouse's figures for performance and accessibility of the production build, on a desktop, in both languages;
 * fails where one is below 95. Lighthouse is large, so it is installed into a temporary folder that is always removed; where it
 * can't be installed nothing is measured, and that is said.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ensureBrowser } from './ensure-browser.js'
import { ensureBuilt } from './ensure-built.js'
import { ensureInstalled } from './ensure-installed.js'
import { failWith } from './fail-with.js'
import { endServer, startProductionServer } from './production-server.js'
import { nodeBinary } from './project.js'
import { runProgram } from './run-program.js'
import { Interrupted, stopSignal } from './stop-signal.js'

const PACKAGE = 'lighthouse@13.5.0'
const WANTED = 95
const CATEGORIES = ['performance', 'accessibility']
const CHROME = '--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking'
const SHOWN = { experiment: 'movie-search', params: { query: 'star', latencyMs: 5, rounds: 6, warmup: 0 } }

const pause = () => new Promise((resolve) => setTimeout(resolve, 200))

/** The command-line program; null where it can't be installed. */
const install = async (folder) => {
  console.log(`Installing ${PACKAGE} into a temporary folder …`)
  const args = ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--loglevel=error', PACKAGE]
  const { code } = await runProgram('npm', args)
  const program = path.join(folder, 'node_modules', 'lighthouse', 'cli', 'index.js')
  return code === 0 && existsSync(program) ? program : null
}

/** Something to look at: a run that has succeeded. */
const runToEnd = async (url) => {
  const headers = { 'content-type': 'application/json' }
  const started = await fetch(`${url}/api/runs`, { method: 'POST', headers, body: JSON.stringify(SHOWN) })
  let run = await started.json()
  while (run.status === 'queued' || run.status === 'running') {
    stopSignal.throwIfAborted()
    await pause()
    run = await (await fetch(`${url}/api/runs/${run.id}`)).json()
  }
  if (run.status !== 'succeeded') throw new Error(`the run to be shown is ${run.status ?? started.status}`)
  return run.id
}

const measure = async (program, browser, folder, url) => {
  const file = path.join(folder, 'report.json')
  rmSync(file, { force: true })
  const only = `--only-categories=${CATEGORIES.join(',')}`
  const args = [program, url, '--preset=desktop', only, '--output=json', `--output-path=${file}`, '--quiet']
  const { code } = await runProgram(nodeBinary, [...args, `--chrome-flags=${CHROME}`], {
    env: { CHROME_PATH: browser },
  })
  if (code !== 0) throw new Error(`Lighthouse ended with ${code} at ${url}`)
  const { categories } = JSON.parse(readFileSync(file, 'utf8'))
  return CATEGORIES.map((category) => Math.round((categories[category].score ?? 0) * 100))
}

const measureAll = async (program, browser, folder) => {
  const server = await startProductionServer({ dataFolder: path.join(folder, 'data') })
  try {
    const id = await runToEnd(server.url)
    const paths = ['', '/movies', '/movies?query=star', '/labs/movie-search', `/runs/${id}`]
    const rows = []
    for (const page of ['en', 'ru'].flatMap((locale) => paths.map((end) => `/${locale}${end}`))) {
      rows.push({ page, scores: await measure(program, browser, folder, `${server.url}${page}`) })
    }
    return rows
  } finally {
    await endServer(server.process)
  }
}

const print = (rows) => {
  const width = Math.max(...rows.map(({ page }) => page.length))
  console.log(`\n${'page'.padEnd(width)}  ${CATEGORIES.join('  ')}`)
  for (const { page, scores } of rows) {
    console.log(
      `${page.padEnd(width)}  ${scores.map((score, i) => String(score).padStart(CATEGORIES[i].length)).join('  ')}`,
    )
  }
}

const folder = mkdtempSync(path.join(tmpdir(), 'interleave-lighthouse-'))
try {
  await ensureInstalled()
  await ensureBuilt()
  const program = await install(folder).catch((error) => {
    if (error instanceof Interrupted) throw error
    return null // there is no npm to install it with
  })
  if (program === null) console.log('Lighthouse could not be installed here: not measured.')
  else {
    const rows = await measureAll(program, process.env.INTERLEAVE_CHROMIUM || (await ensureBrowser()), folder)
    print(rows)
    if (rows.some(({ scores }) => scores.some((score) => score < WANTED))) {
      throw new Error(`a figure is below ${WANTED}`)
    }
  }
} catch (error) {
  failWith('Lighthouse', error)
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

/**
 * A production server of the bench's own: free port, empty data folder, ended with everything it started. What is measured
 * through it went the whole way of a run, from the HTTP request to the stored result.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Run, runSchema } from '#lib/contract/run.ts'
import { hasEnded } from '#lib/contract/run-status.ts'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const START_MS = 60_000
const POLL_MS = 50

export interface ProductServer extends AsyncDisposable {
  readonly url: string
  start(experiment: string, params: object): Promise<Run>
  /** Listens to the run's stream until it ends, as a page does, and asks for the run then; throws where it failed. */
  ended(id: string): Promise<Run>
  /** Asks until `done` says so of the run; throws where the run failed. */
  follow(id: string, done: (run: Run) => boolean): Promise<Run>
  /** Cancels the run and waits until nothing of it computes any more. */
  cancel(id: string): Promise<void>
}

const freePort = async (): Promise<number> => {
  const probe = net.createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address.port
}

const end = async (child: ChildProcess, dataFolder: string): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }
  await rm(dataFolder, { recursive: true, force: true })
}

/** Throws where there is no build, and where the server does not answer within a minute. */
export const startProductServer = async (): Promise<ProductServer> => {
  if (!existsSync(path.join(ROOT, '.next', 'BUILD_ID'))) {
    throw new Error('there is no build to measure: run `npm run build` first')
  }
  await using undo = new AsyncDisposableStack()
  const port = await freePort()
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'interleave-bench-'))
  const program = path.join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next')
  const child = spawn(process.execPath, [program, 'start', '-p', String(port), '-H', '127.0.0.1'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', TMDB_TOKEN: '', MOVIE_API_URL: '', INTERLEAVE_DATA_DIR: dataFolder },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  undo.defer(() => end(child, dataFolder))
  const url = `http://127.0.0.1:${port}`
  await untilHealthy(url, child)

  const ask = async (route: string, body?: object): Promise<Response> => {
    const response = await fetch(`${url}/api/runs${route}`, {
      method: body ? 'POST' : 'GET',
      headers: body ? { 'content-type': 'application/json' } : {},
      body: body && JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${route || 'a run'}: ${response.status} ${await response.text()}`)
    return response
  }
  const follow = async (id: string, done: (run: Run) => boolean): Promise<Run> => {
    while (true) {
      const run = runSchema.parse(await (await ask(`/${id}`)).json())
      if (run.status === 'failed') throw new Error(`the run failed: ${run.error?.code} ${run.error?.message}`)
      if (done(run)) return run
      await pause(POLL_MS)
    }
  }
  const ended = async (id: string): Promise<Run> => {
    await (await ask(`/${id}/events`)).arrayBuffer()
    return await follow(id, ({ status }) => hasEnded(status))
  }
  const cancel = async (id: string): Promise<void> => {
    await (await ask(`/${id}/commands`, { command: 'cancel' })).text()
    await follow(id, ({ status }) => hasEnded(status))
  }
  const kept = undo.move()
  return {
    url,
    start: async (experiment, params) => runSchema.parse(await (await ask('', { experiment, params })).json()),
    ended,
    follow,
    cancel,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

const untilHealthy = async (url: string, child: ChildProcess): Promise<void> => {
  const deadline = performance.now() + START_MS
  while (true) {
    const response = await fetch(`${url}/api/health`).catch(() => null) // not listening yet: asked again below
    if (response?.ok) return
    if (child.exitCode !== null || performance.now() > deadline) throw new Error('the server did not start')
    await pause(100)
  }
}

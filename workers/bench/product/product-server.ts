/**
 * A production server of the bench's own: free port, empty data folder, ended with everything it started. What is measured
 * through it went the whole way of a run, from the HTTP request to the stored result.
 */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Run, runSchema } from '#lib/contract/run.ts'
import { hasEnded } from '#lib/contract/run-status.ts'
import { endServer, startProductionServer } from '../../../scripts/production-server.js'

const ROOT = path.resolve(import.meta.dirname, '../../..')
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

/** Throws where there is no build, and where the server does not answer within a minute. */
export const startProductServer = async (): Promise<ProductServer> => {
  if (!existsSync(path.join(ROOT, '.next', 'BUILD_ID'))) {
    throw new Error('there is no build to measure: run `npm run build` first')
  }
  await using undo = new AsyncDisposableStack()
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'interleave-bench-'))
  undo.defer(() => rm(dataFolder, { recursive: true, force: true }))
  // The bench's own stdout is its table.
  const { url, process: server } = await startProductionServer({ dataFolder, stdout: process.stderr })
  undo.defer(() => endServer(server))

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

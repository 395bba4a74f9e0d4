/**
 * The `test` of every end-to-end file: each Playwright worker gets an Interleave server of its own (production build, free
 * port, empty data folder), ended with everything it started when the worker ends. Tests never meet a server that happens to run.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test as base } from '@playwright/test'

export interface Server {
  url: string
  process: ChildProcess
  dataFolder: string
  /** Everything that it has printed so far. */
  output(): string
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

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url)).ok
  } catch {
    return false // not listening yet
  }
}

/** Starts a server with these settings and waits until it answers. The caller ends it with `stopServer`. */
export const startServer = async (env: Record<string, string> = {}): Promise<Server> => {
  const port = await freePort()
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'interleave-e2e-'))
  const root = path.dirname(import.meta.dirname)
  const child = spawn(
    path.join(root, 'node_modules', 'node', 'bin', 'node'),
    [path.join(root, 'node_modules', 'next', 'dist', 'bin', 'next'), 'start', '-p', String(port), '-H', '127.0.0.1'],
    {
      cwd: root,
      env: {
        ...process.env,
        NODE_ENV: 'production',
        TMDB_TOKEN: '',
        MOVIE_API_URL: '',
        REDIS_URL: '',
        DATABASE_URL: '',
        INTERLEAVE_DATA_DIR: dataFolder,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let output = ''
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    from.setEncoding('utf8').on('data', (text: string) => {
      output += text
      to.write(text)
    })
  }
  const url = `http://127.0.0.1:${port}`
  const deadline = Date.now() + 60_000
  while (!(await answers(`${url}/api/health`))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the server did not start on ${url}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return { url, process: child, dataFolder, output: () => output }
}

/** Ends the server; its data stays. */
export const endServer = async (server: Server): Promise<void> => {
  if (server.process.exitCode !== null) return
  const ended = once(server.process, 'close')
  server.process.kill('SIGTERM')
  await ended
}

export const stopServer = async (server: Server): Promise<void> => {
  await endServer(server)
  await rm(server.dataFolder, { recursive: true, force: true })
}

export const test = base.extend<object, { server: Server }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs off this pattern and insists on one
    async ({}, use) => {
      const server = await startServer()
      try {
        await use(server)
      } finally {
        await stopServer(server)
      }
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ server }, use) => use(server.url),
})

export { expect } from '@playwright/test'

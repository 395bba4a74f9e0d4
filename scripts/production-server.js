/**
 * A server of the production build for programs that need one to themselves: on a free port, with settings of its own, none taken
 * from the environment that would lead it elsewhere. Whoever starts it ends it; what it keeps in its data folder stays.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { nextProgram, nodeBinary, root } from './project.js'

const START_MS = 60_000
const ASK_EVERY_MS = 100

/** @returns {Promise<number>} */
const freePort = async () => {
  const probe = net.createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address.port
}

const isHealthy = async (url) => {
  const response = await fetch(`${url}/api/health`).catch(() => null) // not listening yet
  return response?.ok === true
}

/**
 * Resolves when it answers. `onOutput` receives what it prints, beside the terminal: `stdout` is where its own goes there.
 * @param {{ dataFolder: string, env?: Record<string, string>, onOutput?: (text: string) => void, stdout?: NodeJS.WritableStream }} options
 * @returns {Promise<{ url: string, process: import('node:child_process').ChildProcess }>}
 */
export const startProductionServer = async ({
  dataFolder,
  env = {},
  onOutput = () => undefined,
  stdout = process.stdout,
}) => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = spawn(nodeBinary, [nextProgram, 'start', '-p', String(port), '-H', '127.0.0.1'], {
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
  })
  for (const [from, to] of [
    [child.stdout, stdout],
    [child.stderr, process.stderr],
  ]) {
    from.setEncoding('utf8').on('data', (text) => {
      onOutput(text)
      to.write(text)
    })
  }
  const deadline = performance.now() + START_MS
  while (!(await isHealthy(url))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      child.kill('SIGKILL')
      throw new Error(`the server did not start on ${url}`)
    }
    await pause(ASK_EVERY_MS)
  }
  return { url, process: child }
}

/**
 * Resolves when it has ended with everything that it started; of one that has ended already, at once.
 * @param {import('node:child_process').ChildProcess} child
 */
export const endServer = async (child) => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'close')
  child.kill('SIGTERM')
  await ended
}

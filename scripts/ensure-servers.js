/**
 * Redis and PostgreSQL for the tests, of the tests' own: those that are installed, or that can be installed here (root on Debian), started
 * on free loopback ports with their data in a temporary folder, and stopped afterwards. No service of the machine is touched.
 * What can't be had is told by name and reason: tests that need it are skipped, and with CI=true that is a failure.
 */
import { execFile, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { runProgram } from './run-program.js'
import { stopSignal } from './stop-signal.js'

const START_MS = 30_000
const STOP_MS = 5_000
/** Debian asks it whether a package may start its service; 101 says no. */
const POLICY = '/usr/sbin/policy-rc.d'

const isRoot = () => process.getuid?.() === 0

const inFolders = (folders, name) => folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file))

const onPath = (name) => inFolders((process.env.PATH ?? '').split(path.delimiter), name) ?? null

/** Debian keeps PostgreSQL's programs off the PATH, a folder for each version; the newest one first. */
const postgresProgram = (name) => {
  const versions = '/usr/lib/postgresql'
  const folders = existsSync(versions)
    ? readdirSync(versions)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => path.join(versions, version, 'bin'))
    : []
  return inFolders(folders, name) ?? onPath(name)
}

const install = async (name) => {
  if (!isRoot() || !existsSync('/usr/bin/apt-get')) return
  console.log(`Installing ${name} for the tests …`)
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const forbids = !existsSync(POLICY)
  if (forbids) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    const one = ['install', '-y', '-q', '--no-install-recommends', name]
    const { code } = await runProgram('apt-get', one, { env })
    if (code === 0) return
    await runProgram('apt-get', ['update', '-q'], { env })
    await runProgram('apt-get', one, { env })
  } finally {
    if (forbids) rmSync(POLICY, { force: true })
  }
}

const freePort = async () => {
  const probe = net.createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address()
  probe.close()
  await once(probe, 'close')
  return port
}

const listens = (port) =>
  new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
    socket.setTimeout(1_000, () => socket.destroy(new Error('no answer')))
  })

/** Starts a program and waits until it listens; throws with its last words when it doesn't. */
const startProgram = async (file, args, port, options = {}) => {
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
  let words = ''
  const keep = (text) => {
    words = (words + text).slice(-2_000)
  }
  child.stdout.setEncoding('utf8').on('data', keep)
  child.stderr.setEncoding('utf8').on('data', keep)
  child.on('error', (error) => keep(error.message))
  const deadline = Date.now() + START_MS
  while (!(await listens(port))) {
    if (child.exitCode !== null || child.pid === undefined || Date.now() > deadline) {
      child.kill('SIGKILL')
      throw new Error(words.trim().split('\n').slice(-3).join(' '))
    }
    if (stopSignal.aborted) {
      await stopProgram(child, 'SIGKILL')
      stopSignal.throwIfAborted()
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return child
}

const stopProgram = async (child, signal) => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
  await ended
  clearTimeout(timer)
}

const startRedis = async (folder) => {
  if (!onPath('redis-server')) await install('redis-server')
  const file = onPath('redis-server')
  if (!file) throw new Error('redis-server is not installed')
  const port = await freePort()
  const password = randomBytes(12).toString('hex')
  // The password by a file: arguments can be read by everybody on the machine.
  const settings = path.join(folder, 'redis.conf')
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    'save ""',
    'appendonly no',
    `dir ${folder}`,
    `requirepass ${password}`,
  ]
  writeFileSync(settings, lines.join('\n'), { mode: 0o600 })
  const child = await startProgram(file, [settings], port)
  return { url: `redis://default:${password}@127.0.0.1:${port}`, stop: () => stopProgram(child, 'SIGTERM') }
}

const startPostgres = async (folder) => {
  if (!postgresProgram('postgres')) await install('postgresql')
  const programs = { initdb: postgresProgram('initdb'), postgres: postgresProgram('postgres') }
  if (!programs.initdb || !programs.postgres) throw new Error('postgresql is not installed')
  // It refuses to run as root; the package has made a user for it.
  const owner = {}
  if (isRoot()) {
    owner.uid = Number(execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' }))
    owner.gid = Number(execFileSync('id', ['-g', 'postgres'], { encoding: 'utf8' }))
    chownSync(folder, owner.uid, owner.gid)
  }
  const port = await freePort()
  const password = randomBytes(12).toString('hex')
  const data = path.join(folder, 'data')
  const passwordFile = path.join(folder, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (isRoot()) chownSync(passwordFile, owner.uid, owner.gid)
  const options = { cwd: folder, ...owner }
  const init = ['-D', data, '-U', 'interleave', '--pwfile', passwordFile, '--auth', 'scram-sha-256', '--no-sync']
  await promisify(execFile)(programs.initdb, init, { ...options, signal: stopSignal })
  const args = ['-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1']
  const child = await startProgram(programs.postgres, args, port, options)
  return {
    url: `postgres://interleave:${password}@127.0.0.1:${port}/postgres`,
    stop: () => stopProgram(child, 'SIGINT'),
  }
}

/**
 * `env` has INTERLEAVE_TEST_REDIS_URL and INTERLEAVE_TEST_DATABASE_URL for those that run, `missing` a sentence for each that
 * doesn't. `stop` ends them and removes their data. Rejects when it is told to stop, with nothing left running.
 */
export const ensureServers = async () => {
  const env = {}
  const missing = []
  const running = []
  const folders = []
  const attempt = async (name, variable, start) => {
    const folder = mkdtempSync(path.join(tmpdir(), `interleave-${name}-`))
    folders.push(folder)
    try {
      const server = await start(folder)
      running.push(server)
      env[variable] = server.url
    } catch (error) {
      stopSignal.throwIfAborted()
      missing.push(`${name}: ${error.message}`)
    }
  }
  const stop = async () => {
    await Promise.all(running.map((server) => server.stop()))
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  }
  try {
    await attempt('redis', 'INTERLEAVE_TEST_REDIS_URL', startRedis)
    await attempt('postgres', 'INTERLEAVE_TEST_DATABASE_URL', startPostgres)
    stopSignal.throwIfAborted()
  } catch (error) {
    await stop()
    throw error
  }
  return { env, missing, stop }
}

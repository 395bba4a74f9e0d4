/** The server ends in time: within two seconds of SIGTERM, with an open stream, a run going on and all it started. */
import { once } from 'node:events'
import { childrenOf, isAlive } from './processes.ts'
import { QUICK } from './report.ts'
import { expect, startServer, stopServer, test } from './server.ts'

test('SIGTERM ends the server, an open stream and every process within two seconds', async () => {
  const server = await startServer()
  try {
    const pid = server.process.pid ?? 0
    const started = await fetch(`${server.url}/api/runs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ experiment: 'movie-search', params: { ...QUICK, rounds: 50 } }),
    })
    const { id } = await started.json()
    const stream = await fetch(`${server.url}/api/runs/${id}/events`)
    const reader = stream.body?.getReader()
    await reader?.read()
    await expect.poll(() => childrenOf(pid, 'runner.ts').length).toBe(1)
    const below = childrenOf(pid, '')
    const ended = once(server.process, 'exit')
    const at = performance.now()
    server.process.kill('SIGTERM')
    await ended
    expect(performance.now() - at).toBeLessThan(2_000)
    await expect.poll(() => below.filter((child) => isAlive(child))).toEqual([])
    await reader?.cancel().catch(() => undefined) // the connection is gone, which is the point
  } finally {
    await stopServer(server)
  }
})

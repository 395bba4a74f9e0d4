/** What becomes of a run when its server is killed: nothing may stay behind that nobody would ever end. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import test from 'node:test'
import { isRunning, untilGone } from './running-process-fixture.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')

/** A server with a run that starts a stubborn process of its own, whose id it tells. */
const SERVER = `
  import { startServer } from './lib/runs/server.ts'
  import { readSettings } from './lib/runs/settings.ts'
  import { findExperiment } from './workers/test-experiments/registry.ts'
  const server = startServer(readSettings(process.env), {
    runner: { arguments: ['--registry', 'workers/test-experiments/registry.ts', '--handlers', 'workers/test-experiments'] },
    experiments: { ids: ['probe'], find: findExperiment },
  })
  const run = server.runs.start({ experiment: 'probe', params: { behaviour: 'grandchild' } })
  for await (const { event, data } of server.runs.events(run.value.id, 0, new AbortController().signal)) {
    if (event === 'sample') process.send(JSON.parse(data).pid)
  }
`

test('the processes and the folder of a run are gone soon after its server was killed', {
  skip: process.platform !== 'linux',
}, async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'interleave-orphan-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const server = spawn(process.execPath, ['--input-type=module', '--eval', SERVER], {
    cwd: ROOT,
    env: { ...process.env, INTERLEAVE_DATA_DIR: folder, MOVIE_API_URL: 'http://127.0.0.1:1/3' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const [grandchild] = await once(server, 'message')
  assert.ok(isRunning(grandchild))
  assert.equal(readdirSync(path.join(folder, 'tmp')).length, 1)
  server.kill('SIGKILL')
  await once(server, 'exit')
  await untilGone(grandchild)
  assert.deepEqual(readdirSync(path.join(folder, 'tmp')), [])
})

/** A temporary folder that is not there is said to be what it is, whichever experiment needs it. */
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import test from 'node:test'
import { type FromRunner, fromRunnerSchema, type StartMessage } from '#lib/contract/runner-message.ts'
import { findExperiment } from '#lib/experiments/registry.ts'

const RUNNER = path.join(import.meta.dirname, 'runner.ts')

const startOf = (experiment: string, params: object, folder: string): StartMessage => ({
  type: 'start',
  runId: 'aaaaaaaaaaaa',
  experiment,
  params: { ...findExperiment(experiment)?.params.parse(params) },
  machine: { cpus: 2, model: '', memoryBytes: 1e9, os: '', node: '' },
  folder,
  movieApi: { mode: 'embedded', baseUrl: 'http://127.0.0.1:9/3', token: '', requestsPerSecond: 0 },
})

/** The error that the run ends with, in a process whose temporary folder is `temporary`. */
const errorOf = async (experiment: string, params: object, temporary: string) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'interleave-storage-'))
  const child = fork(RUNNER, [], {
    env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  try {
    return await new Promise<object>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`ended with ${code} and said nothing`)))
      child.on('message', (raw) => {
        const message: FromRunner = fromRunnerSchema.parse(raw)
        if (message.type === 'event' && message.event.type === 'error') resolve(message.event.data)
        if (message.type === 'event' && message.event.type === 'result') reject(new Error('it succeeded'))
      })
      child.send(startOf(experiment, params, folder))
    })
  } finally {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}

test('a temporary folder that is missing fails a run as storage', async () => {
  const missing = path.join(tmpdir(), 'interleave-no-such-folder')
  const short = { rounds: 1, warmup: 0 }
  for (const [experiment, params] of [
    ['isolation', short],
    ['scheduling', { ...short, durationMs: 1_000, kinds: ['multiprocess'] }],
    ['movie-search', { ...short, strategies: ['processes'], workers: 1 }],
  ] as const) {
    const error = await errorOf(experiment, params, missing)
    assert.partialDeepStrictEqual(error, { code: 'storage' }, experiment)
    assert.match(JSON.stringify(error), /interleave-no-such-folder/)
  }
})

/** What tests of the routes share: a server with a real runner that executes the tests' experiment, and the routes as functions. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after } from 'node:test'
import { problemSchema } from '#lib/contract/problem.ts'
import { type Run, runSchema } from '#lib/contract/run.ts'
import { startServer } from '#lib/runs/server.ts'
import { readSettings } from '#lib/runs/settings.ts'
import { findExperiment } from '#workers/test-experiments/registry.ts'
import './server-only-in-tests.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const TESTS = path.join(ROOT, 'workers/test-experiments')

const dataFolder = mkdtempSync(path.join(tmpdir(), 'interleave-routes-'))
const environment = {
  NODE_ENV: 'test',
  INTERLEAVE_DATA_DIR: dataFolder,
  MOVIE_API_URL: 'http://127.0.0.1:1/3',
} as const
export const server = startServer(readSettings(environment, ROOT), {
  runner: { arguments: ['--registry', path.join(TESTS, 'registry.ts'), '--handlers', TESTS] },
  experiments: { ids: ['probe'], find: findExperiment },
})
after(async () => {
  await server.stop()
  rmSync(dataFolder, { recursive: true, force: true })
})

export type Handler = (
  request: Request,
  context: { params: Promise<Record<string, never>> },
) => Promise<Response> | Response
export type Method = 'GET' | 'POST' | 'DELETE' | 'PUT'

/** What Next.js does with `file`, for a request to `url`. */
export const call = async (
  method: Method,
  file: string,
  { params = {}, query = '', body, headers = {} }: CallOptions = {},
): Promise<Response> => {
  const module: Partial<Record<Method, Handler>> = await import(`./${file}/route.ts`)
  const handler = module[method]
  assert.ok(handler, `${file} has no ${method}`)
  const request = new Request(`http://localhost/api/${file}${query}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
  })
  // Next.js gives each route the parameters that its folder names.
  return handler(request, { params: Promise.resolve(params as Record<string, never>) })
}

export interface CallOptions {
  params?: Record<string, string>
  query?: string
  body?: unknown
  headers?: Record<string, string>
}

export const problemOf = async (response: Response): Promise<{ status: number; fields: string[] }> => {
  assert.equal(response.headers.get('content-type'), 'application/problem+json')
  const problem = problemSchema.parse(await response.json())
  assert.equal(problem.status, response.status)
  return { status: problem.status, fields: (problem.errors ?? []).map(({ path }) => path) }
}

export const startRun = async (params: Record<string, unknown>, more: Record<string, unknown> = {}): Promise<Run> => {
  const response = await call('POST', 'runs', { body: { experiment: 'probe', params, ...more } })
  assert.equal(response.status, 201)
  const run = runSchema.parse(await response.json())
  assert.equal(response.headers.get('location'), `/api/runs/${run.id}`)
  return run
}

export const finished = async (run: Run): Promise<Run> => {
  await (await call('GET', 'runs/[runId]/events', { params: { runId: run.id } })).text()
  return runSchema.parse(await (await call('GET', 'runs/[runId]', { params: { runId: run.id } })).json())
}

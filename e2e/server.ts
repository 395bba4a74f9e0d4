/**
 * The `test` of every end-to-end file: each Playwright worker gets an Interleave server of its own (production build, free
 * port, empty data folder), ended with everything it started when the worker ends. Tests never meet a server that happens to run.
 */
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test as base } from '@playwright/test'
import { endServer as endProcess, startProductionServer } from '../scripts/production-server.js'

export interface Server {
  url: string
  process: ChildProcess
  dataFolder: string
  /** Everything that it has printed so far. */
  output(): string
}

/** Starts a server with these settings and waits until it answers. The caller ends it with `stopServer`. */
export const startServer = async (env: Record<string, string> = {}): Promise<Server> => {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'interleave-e2e-'))
  let output = ''
  const onOutput = (text: string): void => {
    output += text
  }
  const server = await startProductionServer({ dataFolder, env, onOutput })
  return { ...server, dataFolder, output: () => output }
}

/** Ends the server; its data stays. */
export const endServer = (server: Server): Promise<void> => endProcess(server.process)

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

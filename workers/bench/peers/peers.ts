/** The published pools, each behind the same three calls, started as their documentation says. */
import { fileURLToPath } from 'node:url'
import Piscina from 'piscina'
import { FixedClusterPool, FixedThreadPool } from 'poolifier'
import Tinypool from 'tinypool'
import workerpool from 'workerpool'
import type { PrimesArgs } from '../../workloads/primes.ts'

export type PeerArgs = PrimesArgs | null

export interface Peer extends AsyncDisposable {
  readonly name: string
  map(list: readonly PeerArgs[]): Promise<unknown>
}

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

const CLOSE_WITHIN_MS = 5000

/** Some of them now and then wait for ever for a worker that has ended; its idle remains don't disturb the next figure. */
const closed = async (name: string, closing: Promise<unknown>): Promise<void> => {
  const late = Promise.withResolvers<void>()
  const timer = setTimeout(() => {
    console.error(`${name} did not close within ${CLOSE_WITHIN_MS} ms`)
    late.resolve()
  }, CLOSE_WITHIN_MS)
  try {
    await Promise.race([closing, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

const piscina = (workers: number): Peer => {
  const pool = new Piscina({ filename: here('./exported-task.ts'), minThreads: workers, maxThreads: workers })
  return {
    name: 'piscina',
    map: (list) => Promise.all(list.map((args) => pool.run(args))),
    [Symbol.asyncDispose]: () => closed('piscina', pool.close({ force: true })),
  }
}

const tinypool = (workers: number, runtime: 'worker_threads' | 'child_process'): Peer => {
  const pool = new Tinypool({ filename: here('./exported-task.ts'), minThreads: workers, maxThreads: workers, runtime })
  return {
    name: 'tinypool',
    map: (list) => Promise.all(list.map((args) => pool.run(args))),
    [Symbol.asyncDispose]: () => closed('tinypool', pool.destroy()),
  }
}

const workerpoolPeer = (workers: number, workerType: 'thread' | 'process'): Peer => {
  const pool = workerpool.pool(here('./workerpool-worker.ts'), { minWorkers: workers, maxWorkers: workers, workerType })
  return {
    name: 'workerpool',
    map: (list) => Promise.all(list.map((args) => pool.exec('task', [args]))),
    [Symbol.asyncDispose]: () => closed('workerpool', Promise.resolve(pool.terminate())),
  }
}

const poolifier = (workers: number, kind: 'thread' | 'process'): Peer => {
  const pool =
    kind === 'thread'
      ? new FixedThreadPool<PeerArgs, unknown>(workers, here('./poolifier-thread.ts'))
      : new FixedClusterPool<PeerArgs, unknown>(workers, here('./poolifier-process.ts'))
  return {
    name: 'poolifier',
    map: (list) => pool.mapExecute(list),
    [Symbol.asyncDispose]: () => closed('poolifier', pool.destroy()),
  }
}

export const threadPeers = (workers: number): Peer[] => [
  piscina(workers),
  tinypool(workers, 'worker_threads'),
  workerpoolPeer(workers, 'thread'),
  poolifier(workers, 'thread'),
]

export const processPeers = (workers: number): Peer[] => [
  tinypool(workers, 'child_process'),
  workerpoolPeer(workers, 'process'),
  poolifier(workers, 'process'),
]

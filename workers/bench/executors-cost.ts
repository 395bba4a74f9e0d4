/** What a pool costs: for a task that does nothing, and until it can take the first one. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { createExecutor } from '../executors/create-executor.ts'
import { emptyTask } from './bench-tasks.ts'
import type { Figure } from './figure.ts'
import { interleaved, ratio, timed } from './interleaved.ts'
import { threadPeers } from './peers/peers.ts'
import { echoThread, rawRoundTrips } from './peers/raw.ts'

const WORKERS = 2
const TASKS = 10_000
/** Fewer, since each takes the time of many tasks; their time is scaled. */
const ROUND_TRIPS = 2000

const RAW = 'raw'
const MAP = 'map'
const SUBMIT = 'submit'

const perTask: Figure = {
  name: 'cost-per-task',
  run: async (options) => {
    await using owned = new AsyncDisposableStack()
    const pool = owned.use(createExecutor('threads', { workers: WORKERS }))
    await pool.start()
    const echo = owned.adopt(echoThread(), async (worker) => {
      await worker.terminate()
    })
    const peers = threadPeers(WORKERS)
    for (const peer of peers) owned.use(peer)
    const list = Array.from({ length: TASKS }, () => null)
    const samples = await interleaved(
      {
        [RAW]: async () => ((await timed(() => rawRoundTrips(echo, ROUND_TRIPS))) * TASKS) / ROUND_TRIPS,
        [MAP]: () => timed(() => pool.map(emptyTask, list)),
        [SUBMIT]: () => timed(() => Promise.all(list.map(() => pool.submit(emptyTask, null)))),
        ...Object.fromEntries(peers.map((peer) => [peer.name, () => timed(() => peer.map(list))])),
      },
      options,
    )
    const cost = (name: string) => ratio(samples, name, RAW)
    const estimates = peers
      .map(({ name }) => ({ name, estimate: cost(name) }))
      .sort((a, b) => a.estimate.value - b.estimate.value)
    const what = '10,000 empty tasks ÷ as many postMessage round trips'
    return [
      { figure: `map, ${what}`, ours: cost(MAP), peers: estimates, target: { atMost: 0.05 } },
      { figure: `submit, ${what}`, ours: cost(SUBMIT), peers: estimates, target: { atMost: 0.7 } },
    ]
  },
}

/** The cheapest thread there is: nothing to read from disk, nothing to resolve. */
const startRaw = async (): Promise<number> => {
  const from = performance.now()
  const workers = Array.from(
    { length: WORKERS },
    () => new Worker(`require('node:worker_threads').parentPort.postMessage(null)`, { eval: true }),
  )
  await Promise.all(workers.map((worker) => once(worker, 'message')))
  const elapsed = performance.now() - from
  await Promise.all(workers.map((worker) => worker.terminate()))
  return elapsed
}

const startOurs = async (): Promise<number> => {
  await using pool = createExecutor('threads', { workers: WORKERS })
  return await timed(() => pool.start())
}

const startup: Figure = {
  name: 'start-up',
  run: async (options) => {
    const samples = await interleaved({ [RAW]: startRaw, ours: startOurs }, options)
    return [
      {
        figure: 'start-up of 2 workers ÷ of 2 raw worker_threads',
        ours: ratio(samples, 'ours', RAW),
        peers: [],
        target: { atMost: 1.1 },
      },
    ]
  },
}

export const costFigures: Figure[] = [perTask, startup]

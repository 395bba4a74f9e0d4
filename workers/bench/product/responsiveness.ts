/** Does the server still answer while a run occupies every core? Asked by a process outside, idle and loaded in turns. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { median } from '#lib/statistics/median.ts'
import { percentilesOf } from '#lib/statistics/percentiles.ts'
import type { Figure } from '../figure.ts'
import { interleaved, ratio } from '../interleaved.ts'
import type { AskerAnswer, AskerOrder } from './asker.ts'
import { type ProductServer, startProductServer } from './product-server.ts'

/** What is asked, how often, and for how many requests a stretch: enough that a 99th percentile is not the slowest one. */
const ASKED = [
  { path: '/api/health', everyMs: 10, requests: 300 },
  { path: '/en', everyMs: 50, requests: 120 },
] as const

/** Longer than a stretch, so that it is cancelled and never ends by itself. */
const LOAD = { workload: 'primes', size: 'large', strategies: ['threads'], tasks: 64, rounds: 50, warmup: 0 }

interface Asker extends AsyncDisposable {
  p99Ms(order: AskerOrder): Promise<number>
}

const startAsker = (): Asker => {
  const child = fork(fileURLToPath(new URL('./asker.ts', import.meta.url)), { execArgv: [] })
  return {
    p99Ms: async (order) => {
      child.send(order)
      const [answer]: AskerAnswer[] = await once(child, 'message')
      const percentiles = percentilesOf(answer?.latenciesMs ?? [])
      if (!answer || !percentiles || answer.failures.length > 0) {
        throw new Error(`requests for ${order.url} failed: ${[...new Set(answer?.failures)].join(', ')}`)
      }
      return percentiles.p99
    },
    [Symbol.asyncDispose]: async () => {
      const exited = once(child, 'exit')
      child.kill()
      await exited
    },
  }
}

const whileComputing = async (server: ProductServer, measure: () => Promise<number>): Promise<number> => {
  const { id } = await server.start('strategies', LOAD)
  // Started threads are warm and busy once a first round is over.
  await server.follow(id, (run) => run.progress.done > 0)
  try {
    return await measure()
  } finally {
    await server.cancel(id)
  }
}

const responsiveness: Figure = {
  name: 'responsiveness',
  run: async (options) => {
    await using server = await startProductServer()
    await using asker = startAsker()
    const stretch = ({ path, ...order }: (typeof ASKED)[number]) => asker.p99Ms({ ...order, url: server.url + path })
    const samples = await interleaved(
      Object.fromEntries(
        ASKED.flatMap((asked) => [
          [`${asked.path} idle`, () => stretch(asked)],
          [`${asked.path} loaded`, () => whileComputing(server, () => stretch(asked))],
        ]),
      ),
      options,
    )
    return ASKED.map(({ path }) => {
      const [idleMs, loadedMs] = ['idle', 'loaded'].map((how) => median(samples.get(`${path} ${how}`) ?? []))
      return {
        figure: `${path} while a run computes on every core: p99 (${loadedMs?.toFixed(1)} ms) ÷ idle (${idleMs?.toFixed(1)} ms)`,
        ours: ratio(samples, `${path} loaded`, `${path} idle`),
        peers: [],
        target: { atMost: 3 },
      }
    })
  },
}

export const responsivenessFigures: Figure[] = [responsiveness]

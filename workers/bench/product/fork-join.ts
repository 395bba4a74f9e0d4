/** The fork–join figures by the product's own way: a run of `strategies` over the API, read off the result that a page shows. */
import { availableParallelism } from 'node:os'
import { hasEnded } from '#lib/contract/run-status.ts'
import { strategiesResultSchema } from '#lib/experiments/strategies.ts'
import type { Figure, FigureRow } from '../figure.ts'
import { startProductServer } from './product-server.ts'

const WORKERS = 2
const TASKS = 64
const WARMUP = 2

const TARGETS = { threads: 0.975, processes: 0.97 } as const

const forkJoinOfTheProduct: Figure = {
  name: 'product-fork-join',
  run: async ({ rounds, seed, signal }) => {
    if (availableParallelism() < WORKERS) throw new Error('a speed-up on two workers needs two cores')
    await using server = await startProductServer()
    const strategies = ['sequential', 'threads', 'processes']
    const params = {
      workload: 'primes',
      size: 'medium',
      tasks: TASKS,
      workers: WORKERS,
      strategies,
      rounds,
      warmup: WARMUP,
    }
    const { id } = await server.start('strategies', { ...params, seed })
    const { result } = await server.follow(id, ({ status }) => {
      signal.throwIfAborted()
      return hasEnded(status)
    })
    const { comparison } = strategiesResultSchema.parse(result)
    return (['threads', 'processes'] as const).map((strategy): FigureRow => {
      const entry = comparison.entries.find(({ key }) => key === strategy)
      if (!entry) throw new Error(`the run says nothing of ${strategy}`)
      const { value, ci95 } = entry.speedup
      return {
        figure: `${TASKS} prime chunks on ${WORKERS} ${strategy}, a run over the API: speed-up ÷ ${WORKERS}`,
        ours: { value: value / WORKERS, ci95: ci95 && [ci95[0] / WORKERS, ci95[1] / WORKERS] },
        peers: [],
        target: { atLeast: TARGETS[strategy] },
      }
    })
  },
}

export const productForkJoinFigures: Figure[] = [forkJoinOfTheProduct]

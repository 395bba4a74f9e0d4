/**
 * The fork–join figures by the product's own way: runs of `strategies` over the API, each round's time read off the result that a
 * page shows, in turns with a bare worker and the published pools on the same tasks.
 */
import { availableParallelism } from 'node:os'
import { strategiesResultSchema } from '#lib/experiments/strategies.ts'
import { primesWork, primesWorkload } from '../../workloads/primes.ts'
import { NO_INPUT } from '../../workloads/workload.ts'
import type { BenchOptions, Figure, FigureRow } from '../figure.ts'
import { raceAgainstPeers } from '../peers/against-peers.ts'
import { type ProductServer, startProductServer } from './product-server.ts'

const WORKERS = 2
const SIZE = 'medium'
const TASKS = 64
const SEED = 1
/** In each run, whose workers are new: the others' workers are warm too when a round counts. */
const WARMUP = 2
const OURS = 'interleave, over the API'

/** One run with one counted round, from the first task to the end of the join. */
const runMs = async (server: ProductServer, strategy: string, signal: AbortSignal): Promise<number> => {
  const work = { workload: 'primes', size: SIZE, tasks: TASKS, workers: WORKERS, seed: SEED }
  const { id } = await server.start('strategies', { ...work, strategies: [strategy], rounds: 1, warmup: WARMUP })
  const { result } = await server.ended(id)
  signal.throwIfAborted()
  const [sample] = strategiesResultSchema.parse(result).comparison.entries[0]?.samplesMs ?? []
  if (sample === undefined) throw new Error(`the run says nothing of ${strategy}`)
  return sample
}

const forkJoinOfTheProduct = (name: string, kind: 'threads' | 'processes', target: FigureRow['target']): Figure => ({
  name,
  run: async (options: BenchOptions) => {
    if (availableParallelism() < WORKERS) throw new Error('a speed-up on two workers needs two cores')
    await using server = await startProductServer()
    const cut = primesWorkload.cut({ size: SIZE, tasks: TASKS, seed: SEED, memory: 'copied', input: NO_INPUT })
    const measured = { [OURS]: () => runMs(server, kind, options.signal) }
    const { fraction, peers, bound } = await raceAgainstPeers(
      { kind, workers: WORKERS, list: cut.argsList, sizes: cut.argsList.map(primesWork), measured },
      options,
    )
    const figure = `${TASKS} prime chunks on ${WORKERS} ${kind}, runs over the API: speed-up ÷ ${WORKERS}`
    return [{ figure, ours: fraction(OURS), peers, bound, target }]
  },
})

export const productForkJoinFigures: Figure[] = [
  forkJoinOfTheProduct('product-fork-join', 'threads', { atLeast: 0.975, notBelowPeers: true }),
  forkJoinOfTheProduct('product-fork-join-processes', 'processes', { atLeast: 0.97, notBelowPeers: true }),
]

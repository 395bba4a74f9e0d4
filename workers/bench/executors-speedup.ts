/** How much of two cores' worth a pool of two gets out of: equal chunks, fine tasks, uneven ones, and a heavy one at the end. */
import { availableParallelism } from 'node:os'
import { createExecutor } from '../executors/create-executor.ts'
import type { Executor } from '../executors/executor.ts'
import type { PrimesArgs } from '../workloads/primes.ts'
import { FINE, FORK_JOIN, HEAVY_LAST, primesTask, sizesOf, UNEVEN } from './bench-tasks.ts'
import type { BenchOptions, Figure, FigureRow } from './figure.ts'
import { ratio, timed } from './interleaved.ts'
import { raceAgainstPeers } from './peers/against-peers.ts'

const WORKERS = 2
const OURS = 'interleave'
const UNTRACED = 'interleave, trace: false'

const execute = async (executor: Executor, list: readonly PrimesArgs[], sizes?: readonly number[]): Promise<void> => {
  const outcomes = await executor.map(primesTask, list, { sizes })
  const failed = outcomes.find((outcome) => !outcome.ok)
  if (failed && !failed.ok) throw new Error(`a task of the bench failed: ${failed.error.message}`)
}

interface Setting {
  kind: 'threads' | 'processes'
  list: readonly PrimesArgs[]
  sizes?: readonly number[]
  /** Compare with our own pool that doesn't trace. */
  untraced?: boolean
}

const measure = async (setting: Setting, options: BenchOptions) => {
  await using owned = new AsyncDisposableStack()
  const { kind, list, sizes } = setting
  const ours = owned.use(createExecutor(kind, { workers: WORKERS }))
  const untraced = owned.use(createExecutor(kind, { workers: WORKERS, trace: false }))
  await ours.start()
  const measured: Record<string, () => Promise<number>> = { [OURS]: () => timed(() => execute(ours, list, sizes)) }
  if (setting.untraced) measured[UNTRACED] = () => timed(() => execute(untraced, list, sizes))
  return await raceAgainstPeers({ kind, workers: WORKERS, list, sizes: sizesOf(list), measured }, options)
}

const figure = (name: string, label: string, setting: Setting, target: FigureRow['target']): Figure => ({
  name,
  run: async (options) => {
    if (availableParallelism() < WORKERS) throw new Error('a speed-up on two workers needs two cores')
    const { samples, fraction, peers, bound } = await measure(setting, options)
    const rows: FigureRow[] = [
      { figure: `${label}: speed-up ÷ ${WORKERS}`, ours: fraction(OURS), peers, bound, target },
    ]
    if (setting.untraced) {
      rows.push({
        figure: `${label}: elapsed with tracing ÷ without`,
        ours: ratio(samples, OURS, UNTRACED),
        peers: [],
        target: { atMost: 1.02 },
      })
    }
    return rows
  },
})

export const speedupFigures: Figure[] = [
  figure(
    'fork-join',
    '64 prime chunks on 2 threads',
    { kind: 'threads', list: FORK_JOIN },
    { atLeast: 0.975, notBelowPeers: true },
  ),
  figure(
    'fork-join-processes',
    '64 prime chunks on 2 processes',
    { kind: 'processes', list: FORK_JOIN },
    { atLeast: 0.97 },
  ),
  figure(
    'fine',
    '4,000 tasks of 31 µs on 2 threads',
    { kind: 'threads', list: FINE, untraced: true },
    { atLeast: 0.9 },
  ),
  figure(
    'uneven',
    '64 chunks alternating 36:1 on 2 threads',
    { kind: 'threads', list: UNEVEN },
    { atLeast: 0.975, notBelowPeers: true },
  ),
  figure(
    'uneven-processes',
    '64 chunks alternating 36:1 on 2 processes',
    { kind: 'processes', list: UNEVEN },
    { atLeast: 0.97 },
  ),
  figure(
    'heavy-last',
    '64 chunks and one of 24 times the work last, with sizes, on 2 threads',
    { kind: 'threads', list: HEAVY_LAST, sizes: sizesOf(HEAVY_LAST) },
    { atLeast: 0.95 },
  ),
]

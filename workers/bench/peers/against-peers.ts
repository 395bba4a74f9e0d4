/**
 * The fork–join race: a bare worker as the baseline, what is measured, and the published pools, all over the same list in the same
 * interleaved rounds. Each is told as a fraction of the speed-up that so many workers could give. Beside them as many bare workers,
 * to which a fixed share was given beforehand: what a pool loses beyond theirs it loses itself, the rest is the machine's.
 */
import type { PrimesArgs } from '../../workloads/primes.ts'
import type { BenchOptions, Estimate } from '../figure.ts'
import { interleaved, ratio, timed } from '../interleaved.ts'
import { fairShares } from './fair-shares.ts'
import { processPeers, threadPeers } from './peers.ts'
import { rawProcess, rawThread } from './raw.ts'

const ALONE = 'one bare worker'
const SHARED = 'bare workers, a share each'

export interface Race {
  kind: 'threads' | 'processes'
  workers: number
  list: readonly PrimesArgs[]
  /** An estimate of each task's work. */
  sizes: readonly number[]
  /** What is measured, by name: each executes the whole list once and answers how many milliseconds it took. */
  measured: Readonly<Record<string, () => Promise<number>>>
}

export interface RaceResult {
  samples: Map<string, number[]>
  /** Speed-up over the bare worker ÷ workers. */
  fraction(name: string): Estimate
  /** The same of every published pool, best first. */
  peers: { name: string; estimate: Estimate }[]
  /** The same of bare workers that share the list without a pool. */
  bound: { name: string; estimate: Estimate }
}

export const raceAgainstPeers = async (race: Race, options: BenchOptions): Promise<RaceResult> => {
  await using owned = new AsyncDisposableStack()
  const { kind, workers, list, sizes, measured } = race
  const bare = kind === 'threads' ? rawThread : rawProcess
  const alone = owned.use(bare())
  const sharing = fairShares(list, sizes, workers).map((share) => ({ worker: owned.use(bare()), share }))
  const peers = kind === 'threads' ? threadPeers(workers) : processPeers(workers)
  for (const peer of peers) owned.use(peer)
  const samples = await interleaved(
    {
      [ALONE]: () => timed(() => alone.execute(list)),
      [SHARED]: () => timed(() => Promise.all(sharing.map(({ worker, share }) => worker.execute(share)))),
      ...measured,
      ...Object.fromEntries(peers.map((peer) => [peer.name, () => timed(() => peer.map(list))])),
    },
    options,
  )
  const fraction = (name: string) => ratio(samples, ALONE, name, 1 / workers)
  return {
    samples,
    fraction,
    bound: { name: SHARED, estimate: fraction(SHARED) },
    peers: peers
      .map(({ name }) => ({ name, estimate: fraction(name) }))
      .sort((a, b) => b.estimate.value - a.estimate.value),
  }
}

/**
 * The fork–join race: a bare worker as the baseline, what is measured, and the published pools, all over the same list in the same
 * interleaved rounds. Each is told as a fraction of the speed-up that so many workers could give.
 */
import type { PrimesArgs } from '../../workloads/primes.ts'
import type { BenchOptions, Estimate } from '../figure.ts'
import { interleaved, ratio, timed } from '../interleaved.ts'
import { processPeers, threadPeers } from './peers.ts'
import { type RawWorker, rawProcess, rawThread } from './raw.ts'

const ALONE = 'one bare worker'

export interface Race {
  kind: 'threads' | 'processes'
  workers: number
  list: readonly PrimesArgs[]
  /** What is measured, by name: each executes the whole list once and answers how many milliseconds it took. */
  measured: Readonly<Record<string, () => Promise<number>>>
}

export interface RaceResult {
  samples: Map<string, number[]>
  /** Speed-up over the bare worker ÷ workers. */
  fraction(name: string): Estimate
  /** The same of every published pool, best first. */
  peers: { name: string; estimate: Estimate }[]
}

export const raceAgainstPeers = async (race: Race, options: BenchOptions): Promise<RaceResult> => {
  await using owned = new AsyncDisposableStack()
  const { kind, workers, list, measured } = race
  const alone: RawWorker = owned.use(kind === 'threads' ? rawThread() : rawProcess())
  const peers = kind === 'threads' ? threadPeers(workers) : processPeers(workers)
  for (const peer of peers) owned.use(peer)
  const samples = await interleaved(
    {
      [ALONE]: () => timed(() => alone.execute(list)),
      ...measured,
      ...Object.fromEntries(peers.map((peer) => [peer.name, () => timed(() => peer.map(list))])),
    },
    options,
  )
  const fraction = (name: string) => ratio(samples, ALONE, name, 1 / workers)
  return {
    samples,
    fraction,
    peers: peers
      .map(({ name }) => ({ name, estimate: fraction(name) }))
      .sort((a, b) => b.estimate.value - a.estimate.value),
  }
}

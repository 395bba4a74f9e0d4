/** The mutex alone against two bare atomics, and four threads contending for it against one that has it to itself. */
import { once } from 'node:events'
import { setTimeout as pauseFor } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { Lock } from '#lib/primitives/lock.ts'
import { Mutex } from '#lib/primitives/mutex.ts'
import { TicketLock } from '#lib/primitives/ticket-lock.ts'
import { jainFairness } from '#lib/statistics/jain-fairness.ts'
import { median } from '#lib/statistics/median.ts'
import { medianInterval } from '#lib/statistics/median-interval.ts'
import type { Estimate, Figure } from '../figure.ts'
import { interleaved, ratio, timed } from '../interleaved.ts'
import type { ContentionOrder } from './mutex-contender.ts'

const PAIRS = 1_000_000

const twoAtomics = async (words: Int32Array): Promise<void> => {
  for (let i = 0; i < PAIRS; i++) {
    Atomics.compareExchange(words, 0, 0, 1)
    Atomics.compareExchange(words, 0, 1, 0)
  }
}

const acquireAndRelease = async (lock: Mutex | Lock): Promise<void> => {
  for (let i = 0; i < PAIRS; i++) {
    lock.acquire()
    lock.release()
  }
}

const uncontended: Figure = {
  name: 'mutex-uncontended',
  run: async (options) => {
    const words = new Int32Array(new SharedArrayBuffer(64))
    const [mutex, lock] = [new Mutex(), new Lock()]
    const samples = await interleaved(
      {
        atomics: () => timed(() => twoAtomics(words)),
        mutex: () => timed(() => acquireAndRelease(mutex)),
        lock: () => timed(() => acquireAndRelease(lock)),
      },
      options,
    )
    return [
      {
        figure: 'mutex that knows its owner, uncontended: acquire + release ÷ two atomic read-modify-writes',
        ours: ratio(samples, 'mutex', 'atomics'),
        peers: [{ name: 'Lock, without owner', estimate: ratio(samples, 'lock', 'atomics') }],
        target: { atMost: 1.4 },
      },
    ]
  },
}

const THREADS = 4
const ROUND_MS = 300
const WORDS = { Mutex: Mutex.WORDS, Lock: Lock.WORDS, TicketLock: TicketLock.WORDS }
const ALONE = 'alone'

const estimateOf = (values: readonly number[]): Estimate => ({ value: median(values), ci95: medianInterval(values) })

const contended: Figure = {
  name: 'mutex-contended',
  run: async (options) => {
    const workers = Array.from({ length: THREADS }, () => new Worker(new URL('mutex-contender.ts', import.meta.url)))
    const fairness = new Map<string, number[]>()

    /** Milliseconds for each acquisition of any of the threads. */
    const contend = async (key: string, lock: ContentionOrder['lock'], threads: number): Promise<number> => {
      const words = new Int32Array(new SharedArrayBuffer(4 * WORDS[lock]))
      const shared = new Int32Array(new SharedArrayBuffer(16))
      const chosen = workers.slice(0, threads)
      const answers = Promise.all(chosen.map((worker) => once(worker, 'message')))
      for (const worker of chosen) worker.postMessage({ lock, words, shared } satisfies ContentionOrder)
      Atomics.store(shared, 0, 1)
      Atomics.notify(shared, 0)
      const from = performance.now()
      await pauseFor(ROUND_MS)
      Atomics.store(shared, 1, 1)
      const elapsed = performance.now() - from
      const acquisitions = (await answers).map(([own]) => Number(own))
      const sum = acquisitions.reduce((total, own) => total + own, 0)
      if (sum !== shared[3]) throw new Error(`${lock}: ${sum} acquisitions, ${shared[3]} counted inside`)
      fairness.set(key, [...(fairness.get(key) ?? []), jainFairness(acquisitions)])
      return elapsed / sum
    }

    try {
      const samples = await interleaved(
        {
          [ALONE]: () => contend(ALONE, 'Mutex', 1),
          mutex: () => contend('mutex', 'Mutex', THREADS),
          'Lock, which does not spin': () => contend('Lock, which does not spin', 'Lock', THREADS),
          'TicketLock, strictly FIFO': () => contend('TicketLock, strictly FIFO', 'TicketLock', THREADS),
        },
        options,
      )
      const peers = ['Lock, which does not spin', 'TicketLock, strictly FIFO']
      // The warm-up rounds come first and don't count.
      const fair = (key: string): Estimate => estimateOf((fairness.get(key) ?? []).slice(-options.rounds))
      const what = `mutex, ${THREADS} threads, about 1 µs held`
      return [
        {
          figure: `${what}: throughput ÷ one thread's`,
          ours: ratio(samples, ALONE, 'mutex'),
          peers: peers.map((name) => ({ name, estimate: ratio(samples, ALONE, name) })),
          target: { atLeast: 0.9 },
        },
        {
          figure: `${what}: Jain's fairness`,
          ours: fair('mutex'),
          peers: peers.map((name) => ({ name, estimate: fair(name) })),
          target: { atLeast: 0.95 },
        },
      ]
    } finally {
      await Promise.all(workers.map((worker) => worker.terminate()))
    }
  },
}

export const mutexFigures: Figure[] = [uncontended, contended]

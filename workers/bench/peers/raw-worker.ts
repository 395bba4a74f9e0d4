/** A bare worker thread or process: it executes a whole list that comes in one message. The baseline of speed-ups. */
import { parentPort } from 'node:worker_threads'
import type { PrimesArgs } from '../../workloads/primes.ts'
import { primesAlone } from '../bench-tasks.ts'

const answer = (list: PrimesArgs[]): unknown[] => list.map(primesAlone)

if (parentPort) {
  const port = parentPort
  port.on('message', (list: PrimesArgs[]) => port.postMessage(answer(list)))
} else process.on('message', (list: PrimesArgs[]) => process.send?.(answer(list)))

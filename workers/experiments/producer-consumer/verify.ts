/** Verifies in a thread of its own; what can't be verified is a failure in words. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { workerEnvironment } from '../../executors/compile-cache.ts'
import type { VerificationRequest } from './verify-rows.ts'
import type { FromVerifier } from './verify-thread.ts'

const PROGRAM = new URL('./verify-thread.ts', import.meta.url)

export const verifyRows = async (workerData: VerificationRequest, signal: AbortSignal): Promise<FromVerifier> => {
  const worker = new Worker(PROGRAM, { workerData, env: workerEnvironment(), name: 'verifier' })
  try {
    const [answer] = (await once(worker, 'message', { signal })) as [FromVerifier]
    return answer
  } catch (error) {
    signal.throwIfAborted()
    return { failure: error instanceof Error ? error.message : String(error) }
  } finally {
    await worker.terminate()
  }
}

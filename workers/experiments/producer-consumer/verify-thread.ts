/** The program of the thread that verifies: a million rows take their time, and the runner has to answer meanwhile. */
import { parentPort, workerData } from 'node:worker_threads'
import { verifyPostgres } from './postgres-database.ts'
import { databaseUrl } from './service-urls.ts'
import { failureMessage } from './tell-failure.ts'
import { type Verification, type VerificationRequest, verifySqlite } from './verify-rows.ts'

export type FromVerifier = { verification: Verification } | { failure: string }

/** A million rows are read in a few seconds. */
const TIMEOUT_MS = 60_000

const verify = async (request: VerificationRequest): Promise<FromVerifier> => {
  try {
    const { database } = request
    if (database.kind === 'postgres') {
      const place = { url: databaseUrl(), schema: database.schema, durability: 'full' as const, timeoutMs: TIMEOUT_MS }
      return { verification: await verifyPostgres(place, request) }
    }
    return { verification: verifySqlite(database.file, request) }
  } catch (error) {
    return { failure: failureMessage(error).message }
  }
}

// Trusted: written by verify.ts.
parentPort?.postMessage(await verify(workerData as VerificationRequest))

/**
 * Requests to the embedded movie API's process, over real HTTP on loopback, under an emulated latency: the films' details,
 * one request a task, none cached. A film that doesn't come fails its task with the client's reason.
 */

import { defineTask, type TaskContext } from '../executors/executor.ts'
import { requestDetails } from '../movies/movie-requests.ts'
import type { WorkerClient } from '../movies/worker-clients.ts'
import { checksumOfText } from './checksum.ts'
import type { Cut, CutOptions, Joined, Workload, WorkloadSize } from './workload.ts'

export interface HttpArgs {
  client: WorkerClient
  movieId: number
}

/** Checksum of the film as it came. */
export type HttpPart = string

/** Emulated latency per request, in milliseconds, without jitter: what varies is the machine. */
export const HTTP_LATENCY_MS: Record<WorkloadSize, number> = { small: 20, medium: 60, large: 200 }

/** The film database has ids from 1 to this. */
const MOVIES = 3_201

export const http = async (args: HttpArgs, context: TaskContext): Promise<HttpPart> => {
  const answer = await requestDetails(args, context)
  if (!answer.ok) throw new Error(`film ${args.movieId}: ${answer.failure.code}: ${answer.failure.message}`)
  return checksumOfText(JSON.stringify(answer.value))
}

export const joinHttp = ({ parts }: { parts: HttpPart[] }): Joined => ({
  checksum: checksumOfText(parts.join()),
  artefact: null,
})

const httpTask = defineTask<HttpArgs, HttpPart>(import.meta.url, 'http')
const joinTask = defineTask<{ parts: HttpPart[] }, Joined>(import.meta.url, 'joinHttp')

/** @param client one connection per task in flight on that worker */
export const createHttpWorkload = (client: WorkerClient): Workload<HttpArgs, HttpPart> => ({
  id: 'http',
  kind: 'io',
  cut({ tasks, seed }: CutOptions): Cut<HttpArgs, HttpPart> {
    return {
      task: httpTask,
      argsList: Array.from({ length: tasks }, (_, i) => ({ client, movieId: 1 + ((seed * 97 + i * 13) % MOVIES) })),
      joinTask,
      joinArgs: {},
      copiedBytes: { toWorkers: 0, fromWorkers: 0 },
    }
  },
})

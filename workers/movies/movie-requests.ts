/**
 * The requests of a search as tasks: one page of results, one film's details with credits. Every strategy executes these
 * same functions; each worker keeps one client, without a cache, for all its requests under the same settings.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { Movie } from '#lib/contract/movie.ts'
import type { Fetched } from '#lib/movies/fetched.ts'
import type { MovieClient, MoviePage, MovieQuery } from '#lib/movies/movie-client.ts'
import { defineTask, type TaskContext } from '../executors/executor.ts'
import { type WorkerClient, WorkerClients } from './worker-clients.ts'

export interface PageRequest {
  client: WorkerClient
  query: MovieQuery
}

export interface DetailsRequest {
  client: WorkerClient
  movieId: number
  language?: string
}

const clientOf = (client: WorkerClient, context: TaskContext): MovieClient =>
  context.resource(import.meta.url, () => new WorkerClients(context.worker)).of(client)

export const requestPage = ({ client, query }: PageRequest, context: TaskContext): Promise<Fetched<MoviePage>> =>
  clientOf(client, context).search(query, { signal: context.signal, observer: context })

export const requestDetails = async (
  { client, movieId, language }: DetailsRequest,
  context: TaskContext,
): Promise<Fetched<Movie>> => {
  const options = { signal: context.signal, observer: context }
  const details = await clientOf(client, context).movie(movieId, language, options)
  return details.ok ? { ok: true, value: details.value.movie } : details
}

/** Holds its worker for that many milliseconds. When it begins, this module and the client are loaded, which is what it is for. */
export const prepare = async (holdMs: number, { signal }: TaskContext): Promise<null> => {
  try {
    return await delay(holdMs, null, { signal })
  } catch (error) {
    if (signal.aborted) return null
    throw error
  }
}

export const prepareTask = defineTask<number, null>(import.meta.url, 'prepare')
export const pageTask = defineTask<PageRequest, Fetched<MoviePage>>(import.meta.url, 'requestPage')
export const detailsTask = defineTask<DetailsRequest, Fetched<Movie>>(import.meta.url, 'requestDetails')

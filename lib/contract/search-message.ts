/**
 * What the server and the search host say to each other over IPC. Every request carries its own id, its deadline and where
 * the movie API is (with the key, so these messages are never logged); every id is answered exactly once, a cancelled one too.
 */
import { z } from 'zod'
import { movieDetailsSchema, movieFailureSchema, movieSearchResponseSchema } from './movie.ts'
import { strategySchema } from './strategy.ts'

const asked = {
  id: z.int().nonnegative(),
  deadlineMs: z.number().positive(),
  movieApi: z.object({
    mode: z.enum(['embedded', 'tmdb', 'custom']),
    baseUrl: z.string(),
    token: z.string(),
    requestsPerSecond: z.number().nullable(),
  }),
}

export const searchRequestSchema = z.object({
  ...asked,
  type: z.literal('search'),
  query: z.string(),
  page: z.int().positive(),
  year: z.int().optional(),
  language: z.string(),
  strategy: strategySchema,
  workers: z.int().positive(),
  /** false: the one search request and no more. */
  details: z.boolean(),
})
export type SearchRequest = z.infer<typeof searchRequestSchema>

export const detailsRequestSchema = z.object({
  ...asked,
  type: z.literal('details'),
  movieId: z.int().positive(),
  language: z.string(),
})
export type DetailsRequest = z.infer<typeof detailsRequestSchema>

export const toSearchHostSchema = z.discriminatedUnion('type', [
  searchRequestSchema,
  detailsRequestSchema,
  z.object({ type: z.literal('cancel'), id: z.int().nonnegative() }),
])
export type ToSearchHost = z.infer<typeof toSearchHostSchema>

const failureSchema = z.object({
  code: movieFailureSchema.shape.code,
  message: z.string(),
  retryAfterMs: z.number().nonnegative().optional(),
})

export const fromSearchHostSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('found'), id: z.int(), response: movieSearchResponseSchema }),
  z.object({ type: z.literal('film'), id: z.int(), movie: movieDetailsSchema }),
  z.object({ type: z.literal('failed'), id: z.int(), failure: failureSchema }),
])
export type FromSearchHost = z.infer<typeof fromSearchHostSchema>
